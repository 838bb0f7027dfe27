// The same races where two processes really write at the same time.

import { afterAll, describe, expect, it } from 'vitest';
import { createSchema } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { describeRaces } from './races.contract.ts';
import { describeWithdrawalRaces } from './withdrawal-races.contract.ts';

const server = await startPostgres('the races of two processes on PostgreSQL');

describe('A PostgreSQL server for races', () => {
  afterAll(async () => {
    await server?.stop();
  });

  it('runs, or its absence was reported', () => {
    expect(server === undefined || server.url.startsWith('postgres')).toBe(true);
  });

  if (server !== undefined) {
    const open = async (env = {}): Promise<World> => createWorld({ env, database: (await createSchema(server)).url });
    describeRaces('PostgreSQL', open);
    describeWithdrawalRaces('PostgreSQL', async () => open());
  }
});
