import { describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { describePostgresEngine } from './postgres-engine.contract.ts';
import { describeStores } from './stores.contract.ts';

const server = await startPostgres('the contracts of the stores on PostgreSQL');

describe('A PostgreSQL server', () => {
  it('runs, or its absence was reported', () => {
    expect(server === undefined || server.url.startsWith('postgres')).toBe(true);
  });
});

if (server !== undefined) {
  describePostgresEngine(server);
  describeStores(createPostgresDatabase(server));
}
