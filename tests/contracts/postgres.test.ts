import { describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { createPgliteDatabase } from '../support/pglite-database.ts';
import { createPostgresDatabase, createSchema } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { describeBrokenUpgrade } from './broken-upgrade.contract.ts';
import { describePostgresEngine } from './postgres-engine.contract.ts';
import { describePostgresRoles } from './postgres-roles.contract.ts';
import { describeStores } from './stores.contract.ts';

const server = await startPostgres('the contracts of the stores on PostgreSQL');

describe('A PostgreSQL server', () => {
  it('runs, or its absence was reported', () => {
    expect(server === undefined || server.url.startsWith('postgres')).toBe(true);
  });
});

if (server === undefined) {
  // It stands in for a server where none starts: the same statements, one connection, no roles.
  describeStores(createPgliteDatabase());
} else {
  describePostgresEngine(server);
  describeBrokenUpgrade(async () => {
    const { url, drop } = await createSchema(server);
    return { url, drop, open: () => openPostgres(url) };
  });
  describePostgresRoles(server);
  describeStores(createPostgresDatabase(server));
}
