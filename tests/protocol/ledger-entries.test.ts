// No token without its entry: for a code, and by a refresh.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { requestTokens } from '../support/service.ts';
import { createEnrolled, exchange, obtainTokens, openAccountPage, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a token and its entry', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const issued = (): number => database.rows("SELECT id FROM entries WHERE type IN ('service.entered', 'token.refreshed')").length;

  it.each(['entries', 'entry_secrets'])('leave together or not at all when a code is exchanged while %s takes no row', async (table) => {
    const visited = await visit(await createEnrolled(world), 'permit');
    const before = issued();
    const refused = await whileInsertFails(database, table, () => exchange(visited, world.issuer));
    expect([refused.status, Object.keys(refused.body).toSorted()]).toEqual([503, ['error', 'error_description']]);
    expect(issued()).toBe(before);
    expect((await exchange(visited, world.issuer)).status).toBe(200);
    expect(issued()).toBe(before + 1);
  });

  it('leave together or not at all when a token is refreshed', async () => {
    const extra = { scope: 'openid offline_access', prompt: 'consent' };
    const tokens = await obtainTokens(await createEnrolled(world), 'permit', { extra });
    const refresh = () => requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) });
    const before = issued();
    const refused = await whileInsertFails(database, 'entries', refresh);
    expect([refused.status, refused.body['access_token'], issued()]).toEqual([503, undefined, before]);
    expect([(await refresh()).status, issued()]).toEqual([200, before + 1]);
  });

  it('are none of the log where a person opens the own page', async () => {
    const before = issued();
    expect((await openAccountPage(await createEnrolled(world))).status).toBe(200);
    expect(issued()).toBe(before);
  });
});
