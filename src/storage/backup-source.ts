// Opens one moment of a live database for reading, beside the nodes that go on writing.

import pg from 'pg';
import type { Database } from '../config/config.ts';
import { createPostgresEngine } from './postgres.ts';
import { toPostgresFault } from './postgres-faults.ts';
import { toSession } from './postgres-pool.ts';
import type { Snapshot } from './read-tables.ts';
import { openSqlite } from './sqlite.ts';

export async function openSnapshot(database: Database): Promise<Snapshot> {
  return database.kind === 'sqlite' ? openSqliteSnapshot(database.path) : openPostgresSnapshot(database.url);
}

/**
 * Events are numbered in the order of appending. The moment is taken while nobody is in the middle of appending, so that no event of an unfinished
 * transaction could be missing before one that is there.
 */
async function begin(reader: pg.Client, url: string): Promise<void> {
  const gate = new pg.Client({ connectionString: url });
  await gate.connect();
  try {
    await gate.query("BEGIN; SET LOCAL lock_timeout = '10s'; LOCK TABLE entries IN SHARE MODE");
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0');
    await reader.query('SELECT 1 FROM migrations');
    await gate.query('COMMIT');
  } finally {
    await gate.end();
  }
}

/** A transaction that has read once sees that moment until it ends, and in WAL mode keeps nobody from writing. */
async function openSqliteSnapshot(path: string): Promise<Snapshot> {
  const engine = openSqlite(path);
  await engine.read({ text: 'BEGIN', values: [] });
  await engine.read({ text: 'SELECT number FROM migrations LIMIT 1', values: [] });
  return engine;
}

async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const reader = new pg.Client({ connectionString: url });
  // An error without a listener would end the process; the query under way fails by itself.
  reader.on('error', () => undefined);
  try {
    await reader.connect();
    await begin(reader, url);
  } catch (error) {
    await reader.end();
    throw toPostgresFault(error, false);
  }
  const session = toSession(reader);
  return createPostgresEngine({ use: async (work) => work(session), close: async () => reader.end() });
}
