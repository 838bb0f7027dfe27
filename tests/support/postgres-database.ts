// Schemas on a real PostgreSQL server, each as good as a database of its own.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { openDatabase } from './opened-database.ts';
import type { TestDatabase } from './opened-database.ts';
import type { PostgresServer } from './postgres-server.ts';

export type TestSchema = { readonly url: string; readonly drop: () => Promise<void> };

/** `url` opens the new, empty schema, from as many nodes as a test wants. */
export async function createSchema(server: PostgresServer): Promise<TestSchema> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runOnce(server.url, `CREATE SCHEMA ${name}`);
  const joint = server.url.includes('?') ? '&' : '?';
  return {
    url: `${server.url}${joint}options=${encodeURIComponent(`-c search_path=${name}`)}`,
    drop: async () => runOnce(server.url, `DROP SCHEMA ${name} CASCADE`),
  };
}

export function createPostgresDatabase(server: PostgresServer): TestDatabase {
  return {
    name: 'PostgreSQL',
    open: async () => {
      const schema = await createSchema(server);
      return openDatabase(openPostgres(schema.url), schema.drop);
    },
    stop: async () => server.stop(),
  };
}

async function runOnce(url: string, script: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(script);
  } finally {
    await client.end();
  }
}
