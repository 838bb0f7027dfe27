import { afterAll } from 'vitest';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { openDatabase } from '../support/opened-database.ts';
import { createSchema } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { createTestFolder } from '../support/sqlite-database.ts';
import { describeRaces } from './races.contract.ts';

const folder = createTestFolder();
const server = await startPostgres('races of two processes on PostgreSQL');

afterAll(async () => {
  folder.remove();
  await server?.stop();
});

describeRaces('one SQLite file', async () => {
  const path = folder.path('races.db');
  return { ...(await openDatabase(openSqlite(path), async () => undefined)), url: `sqlite:${path}` };
});

if (server !== undefined) {
  describeRaces('PostgreSQL', async () => {
    const schema = await createSchema(server);
    return { ...(await openDatabase(openPostgres(schema.url), schema.drop)), url: schema.url };
  });
}
