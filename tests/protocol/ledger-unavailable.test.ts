// Evidence is primary: when an entry cannot be written, nothing that it would have proven happens, and nothing leaves.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTraveller, enrol, signIn, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createAssertion, fetchUserInfo } from '../support/service.ts';
import { createEnrolled, createRequest, exchange, findWithdrawals, goThrough, obtainTokens, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const stored = [
  'consents',
  'consent_versions',
  'outbox',
  'entries',
  'entry_secrets',
  'artefacts',
  'sessions',
  'ended_tokens',
  'passkeys',
  'replays',
];

describe('when the ledger cannot be written', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  beforeEach(async () => {
    traveller = await createEnrolled(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const consumed = (): readonly unknown[] =>
    database.rows('SELECT key FROM artefacts WHERE consumed_at IS NOT NULL OR ended_at IS NOT NULL');

  /** What `work` answers while entries cannot be written, having checked that no row came of it. */
  const whileBroken = async <T>(work: () => Promise<T>, table = 'entries'): Promise<T> => {
    const before = database.count(stored);
    const consumedBefore = consumed();
    const answered = await whileInsertFails(database, table, work);
    expect(database.count(stored)).toEqual(before);
    expect(consumed()).toEqual(consumedBefore);
    return answered;
  };

  it.each(['entries', 'entry_secrets'])('no consent is given while %s takes no row, and the same press works afterwards', async (table) => {
    const request = createRequest(world.issuer, 'permit');
    const page = await signIn(traveller, await traveller.agent.get(request.url));
    const refused = await whileBroken(() => submit(traveller, page, { decision: 'allow', attribute: ['email'] }), table);
    expect([refused.status, refused.body.includes('data-error="ledger/unavailable"')]).toEqual([503, true]);
    expect(refused.headers.get('location')).toBeNull();
    const answered = await submit(traveller, page, { decision: 'allow', attribute: ['email'] });
    expect(new URL(answered.url).searchParams.has('code')).toBe(true);
  });

  it('a refusal is not taken either, because it could not be proven', async () => {
    const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    const refused = await whileBroken(() => submit(traveller, page, { decision: 'refuse' }));
    expect(refused.status).toBe(503);
    const answered = await submit(traveller, page, { decision: 'refuse' });
    expect(new URL(answered.url).searchParams.get('error')).toBe('access_denied');
  });

  it('nobody is signed in', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    await expect(whileInsertFails(database, 'entries', () => signIn(traveller, page))).rejects.toThrow(/503/);
    expect(database.rows('SELECT uid FROM sessions WHERE person_id IS NOT NULL AND person_id = (SELECT max(id) FROM people)')).toEqual([]);
    expect((await goThrough(traveller, page)).url).toContain('code=');
  });

  it('no token is exchanged for a code, which still stands afterwards', async () => {
    const visited = await visit(traveller, 'permit');
    const refused = await whileBroken(() => exchange(visited, world.issuer));
    expect([refused.status, Object.keys(refused.body).toSorted()]).toEqual([503, ['error', 'error_description']]);
    expect((await exchange(visited, world.issuer)).status).toBe(200);
  });

  it('no code is issued when it cannot be stored, not even in a header of the refusal', async () => {
    await visit(traveller, 'permit');
    const request = createRequest(world.issuer, 'permit');
    const refused = await whileBroken(() => traveller.agent.send(request.url), 'artefacts');
    expect([refused.status, (await refused.text()).includes('data-error="store/unavailable"')]).toEqual([503, true]);
    expect(refused.headers.get('location')).toBeNull();
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect((await traveller.agent.get(request.url)).url).toContain('code=');
  });

  it('no token is exchanged for a code when tokens cannot be stored, and the code still stands', async () => {
    const visited = await visit(traveller, 'permit');
    const refused = await whileBroken(() => exchange(visited, world.issuer), 'artefacts');
    expect([refused.status, refused.body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(Object.keys(refused.body).toSorted()).toEqual(['error', 'error_description']);
    expect((await exchange(visited, world.issuer)).status).toBe(200);
  });

  it('no token is exchanged while another process holds the database longer than the product waits', async () => {
    const visited = await visit(traveller, 'clinic');
    database.run('BEGIN IMMEDIATE');
    const refused = await exchange(visited, world.issuer).finally(() => database.run('ROLLBACK'));
    expect([refused.status, refused.body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect((await exchange(visited, world.issuer)).status).toBe(200);
  });

  it('no attribute is released, and the same token releases them afterwards with exactly one entry', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    const releases = (): number => database.rows("SELECT id FROM entries WHERE type = 'data.released'").length;
    const before = releases();
    const refused = await whileBroken(() => fetchUserInfo(world.issuer, tokens.body['access_token']));
    expect([refused.status, Object.keys(refused.body).toSorted()]).toEqual([503, ['error', 'error_description']]);
    const released = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect([released.status, released.body['email']]).toEqual([200, 'sara@example.test']);
    expect(releases()).toBe(before + 1);
  });

  it('a withdrawal is not acknowledged, and what it would have ended goes on until it is', async () => {
    const tokens = await obtainTokens(traveller, 'permit');
    const [form] = await findWithdrawals(traveller, 'permit');
    const press = () => traveller.agent.post(form?.action ?? '', form?.fields ?? {});
    expect((await whileBroken(press)).status).toBe(503);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
    expect((await press()).status).toBe(200);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
  });

  it('no passkey is enrolled, and the link still works afterwards', async () => {
    const link = await world.invite(await world.addPerson());
    const stranger = createTraveller(world.issuer);
    await expect(whileBroken(() => enrol(stranger, link))).rejects.toThrow(/503/);
    expect((await enrol(stranger, link)).status).toBe(200);
  });

  it('an assertion that could not be remembered is not accepted', async () => {
    const fields = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: createAssertion(world.issuer),
    };
    const push = () =>
      fetch(`${world.issuer}/request`, {
        method: 'POST',
        body: new URLSearchParams({ ...Object.fromEntries(new URL(createRequest(world.issuer, 'permit').url).searchParams), ...fields }),
      });
    expect((await whileBroken(push, 'replays')).status).toBe(503);
    expect((await push()).status).toBe(201);
  });
});
