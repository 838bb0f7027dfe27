// An empty database that is filled and looked at before anybody else can see it, and then kept whole or not at all.

import { existsSync, rmSync } from 'node:fs';
import pg from 'pg';
import type { Database } from '../config/config.ts';
import type { Engine } from './engine.ts';
import { createPostgresEngine } from './postgres.ts';
import { toPostgresFault } from './postgres-faults.ts';
import { toSession } from './postgres-pool.ts';
import { openSqlite } from './sqlite.ts';

export type RestoreTarget = {
  readonly engine: Engine;
  /** PostgreSQL: from now on everybody sees it. SQLite: the file at its place is whole, durable and closed. */
  readonly keep: () => Promise<void>;
  /** Nothing of it remains. */
  readonly discard: () => Promise<void>;
};

/** Files that SQLite keeps for one database. */
export const sqliteFiles = (path: string): readonly string[] => [path, `${path}-wal`, `${path}-shm`];

function removeFiles(path: string): void {
  sqliteFiles(path).forEach((file) => rmSync(file, { force: true }));
}

/** What an interrupted attempt left at this place is removed: nobody else writes there. */
export function openSqliteTarget(path: string): RestoreTarget {
  removeFiles(path);
  const engine = openSqlite(path);
  return {
    engine,
    keep: async () => engine.close(),
    discard: async () => {
      await engine.close();
      removeFiles(path);
    },
  };
}

/** Everything happens inside one transaction, so acts become parts of it. */
const nested: Readonly<Record<string, string>> = { BEGIN: 'SAVEPOINT act', COMMIT: 'RELEASE act', ROLLBACK: 'ROLLBACK TO act' };

/** What was filled inside a transaction has no statistics yet: without this a table is read whole for each row that is sought in it. */
const byIndex = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

async function openPostgresTarget(url: string): Promise<RestoreTarget> {
  const client = new pg.Client({ connectionString: url });
  // An error without a listener would end the process; the query under way fails by itself.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`BEGIN; SET LOCAL statement_timeout = 0; ${byIndex}`);
  } catch (error) {
    await client.end();
    throw toPostgresFault(error, false);
  }
  const session = toSession(client);
  const inside = { ...session, runScript: async (script: string) => session.runScript(nested[script] ?? script) };
  const end = async (word: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
    try {
      await client.query(word);
    } finally {
      await client.end();
    }
  };
  return {
    engine: createPostgresEngine({ use: async (work) => work(inside), close: async () => undefined }),
    keep: async () => end('COMMIT'),
    discard: async () => end('ROLLBACK'),
  };
}

/** Where a database of ours is made before it stands at its own place. */
export const toBuildingPlace = (path: string): string => `${path}.restoring`;

export async function openRestoreTarget(database: Database): Promise<RestoreTarget> {
  return database.kind === 'sqlite' ? openSqliteTarget(toBuildingPlace(database.path)) : openPostgresTarget(database.url);
}

/** Whether something is there already that a restore would write over. */
export async function isOccupied(database: Database): Promise<boolean> {
  if (database.kind === 'sqlite') {
    return sqliteFiles(database.path).some((file) => existsSync(file));
  }
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly name: unknown }>("SELECT to_regclass('migrations') AS name");
    return rows[0]?.name !== null;
  } catch (error) {
    throw toPostgresFault(error, false);
  } finally {
    await client.end();
  }
}
