// Schemas on a real PostgreSQL server, each as good as a database of its own.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { createSchemas } from './emptied-schema.ts';
import type { Ask, Row } from './emptied-schema.ts';
import { openDatabase } from './opened-database.ts';
import type { TestDatabase } from './opened-database.ts';
import type { PostgresServer } from './postgres-server.ts';

export type TestSchema = { readonly url: string; readonly drop: () => Promise<void> };

const createName = (): string => `test_${randomBytes(8).toString('hex')}`;

function toUrl(server: PostgresServer, name: string): string {
  const joint = server.url.includes('?') ? '&' : '?';
  return `${server.url}${joint}options=${encodeURIComponent(`-c search_path=${name}`)}`;
}

const createIn = async (server: PostgresServer, name: string): Promise<void> =>
  runOnce(server.url, async (ask) => void (await ask(`CREATE SCHEMA ${name}`)));
const dropFrom = async (server: PostgresServer, name: string): Promise<void> =>
  runOnce(server.url, async (ask) => void (await ask(`DROP SCHEMA ${name} CASCADE`)));

/** `url` opens the new, empty schema, from as many nodes as a test wants. */
export async function createSchema(server: PostgresServer): Promise<TestSchema> {
  const name = createName();
  await createIn(server, name);
  return { url: toUrl(server, name), drop: async () => dropFrom(server, name) };
}

export function createPostgresDatabase(server: PostgresServer): TestDatabase {
  const schemas = createSchemas({
    create: async (name) => createIn(server, name),
    drop: async (name) => dropFrom(server, name),
    use: async (name, work) => runOnce(toUrl(server, name), work),
  });
  return {
    name: 'PostgreSQL',
    open: async () => schemas.open(async (name, dispose) => openDatabase(openPostgres(toUrl(server, name)), dispose)),
    stop: async () => server.stop(),
  };
}

async function runOnce<T>(url: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(async (text) => (await client.query<Row>(text)).rows);
  } finally {
    await client.end();
  }
}
