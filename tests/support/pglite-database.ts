// PostgreSQL's own code without a server: one connection, so it shows that the SQL is right, not that races are.

import { PGlite } from '@electric-sql/pglite';
import { createPostgresEngine } from '../../src/storage/postgres.ts';
import type { PostgresSession, PostgresSessions } from '../../src/storage/postgres.ts';
import type { Row } from '../../src/storage/row.ts';
import { openDatabase } from './opened-database.ts';
import type { TestDatabase } from './opened-database.ts';

export function createPgliteDatabase(): TestDatabase {
  const server = new PGlite();
  const sessions = toSessions(server);
  let count = 0;
  return {
    name: 'PGlite',
    open: async () => {
      const schema = `test_${(count += 1)}`;
      await server.exec(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}`);
      return openDatabase(createPostgresEngine(sessions), async () => {
        await server.exec(`DROP SCHEMA ${schema} CASCADE`);
      });
    },
    stop: async () => server.close(),
  };
}

/** Callers take turns: on one connection a statement of another would fall into an open transaction. */
function toSessions(server: PGlite): PostgresSessions {
  const session: PostgresSession = {
    run: async ({ text, values }) => {
      const { rows } = await server.query<Row>(text, [...values]);
      return rows;
    },
    runScript: async (script) => {
      await server.exec(script);
    },
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    use: async (work) => {
      const turn = last.then(async () => work(session));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => undefined,
  };
}
