// A person or a service that is suspended is so at the next request, whatever was issued before.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { createNode } from '../../src/app.ts';
import type { PersonStatus, StoredPerson } from '../../src/domain/people/person.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { setPersonStatus, setServiceStatus } from '../support/change-standing.ts';
import { signIn, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import {
  askSilently,
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  exchange,
  findStep,
  findWithdrawals,
  goThrough,
  obtainTokens,
  openAccountPage,
  parkSignIn,
  visit,
} from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const offline = { scope: 'openid offline_access', prompt: 'consent' };
const endings: readonly PersonStatus[] = ['suspended', 'frozen', 'deceased', 'emigrated'];

describe('a change of status', () => {
  let world: World;
  let traveller: Traveller;
  let person: StoredPerson;

  beforeAll(async () => {
    world = await createWorld();
  });

  beforeEach(async () => {
    ({ traveller, person } = await createEnrolledPerson(world));
  });

  afterAll(async () => {
    await world.close();
  });

  const refresh = (token: unknown) =>
    requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: typeof token === 'string' ? token : '' });

  it.each(endings)('of the person to %s ends session, code, tokens and refresh at the next request', async (status) => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const pending = await visit(traveller, 'permit');
    await openAccountPage(traveller);
    await setPersonStatus(world, person, status);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await refresh(tokens.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await exchange(pending, world.issuer)).body['error']).toBe('invalid_grant');
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    expect(findStep(await traveller.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    const back = createOtherBrowser(traveller);
    await expect(goThrough(back, await back.agent.get(createRequest(world.issuer, 'permit').url))).rejects.toThrow(/passkey\/refused/);
  });

  it.each(['suspended', 'frozen'] as const)('to %s and back ends a sign-in that was answered before and not followed', async (status) => {
    const follow = await parkSignIn(createOtherBrowser(traveller));
    await setPersonStatus(world, person, status);
    await setPersonStatus(world, person, 'active');
    expect(findErrorCode(await follow())).toBe('session/ended');
    expect(findStep(await (await parkSignIn(createOtherBrowser(traveller)))())).not.toBe('sign-in');
  });

  it('of the person while the consent page is open lets nothing be decided', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'clinic').url);
    const consentPage = await signIn(traveller, page);
    await setPersonStatus(world, person, 'suspended');
    const answered = await submit(traveller, consentPage, { decision: 'allow' });
    expect(answered.url).not.toContain('code=');
    await setPersonStatus(world, person, 'active');
    expect(await world.storage.consents.listConsents(person.id)).toEqual([]);
  });

  it('back to active brings no session and no token back, but finds the consent standing, so that nothing is asked again', async () => {
    const tokens = await obtainTokens(traveller, 'permit');
    await setPersonStatus(world, person, 'frozen');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    await setPersonStatus(world, person, 'active');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    const other = createOtherBrowser(traveller);
    expect((await signIn(other, await other.agent.get(createRequest(world.issuer, 'permit').url))).url).toContain('code=');
  });

  it('of the service refuses start, exchange, refresh and UserInfo, and leaves the other service alone', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const pending = await visit(traveller, 'permit');
    const others = await obtainTokens(traveller, 'clinic');
    await setServiceStatus(world, 'permit', 'suspended');
    const started = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect([started.status, started.url.startsWith(world.issuer)]).toEqual([400, true]);
    expect((await exchange(pending, world.issuer)).body['error']).toBe('invalid_client');
    expect((await refresh(tokens.body['refresh_token'])).body['error']).toBe('invalid_client');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await fetchUserInfo(world.issuer, others.body['access_token'])).status).toBe(200);
    await setServiceStatus(world, 'permit', 'active');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
  });

  it.each(['permit', 'clinic'] as const)('made by another process counts at the next request too, there and back (%s)', async (place) => {
    const elsewhere = openStorage(world.config.database);
    const operator = { ...world, storage: elsewhere };
    for (let round = 0; round < 3; round += 1) {
      const tokens = await obtainTokens(traveller, place);
      await setServiceStatus(operator, place, 'suspended');
      expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
      expect((await traveller.agent.get(createRequest(world.issuer, place).url)).status).toBe(400);
      await setServiceStatus(operator, place, 'active');
      expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
      await setPersonStatus(operator, person, 'frozen');
      expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
      await setPersonStatus(operator, person, 'active');
      expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    }
    await elsewhere.close();
  });

  it('of the service while the consent page is open sends nobody back to it', async () => {
    await visit(traveller, 'clinic');
    const consentPage = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect(findStep(consentPage)).toBe('decide');
    await setServiceStatus(world, 'permit', 'suspended');
    const answered = await submit(traveller, consentPage, { decision: 'allow' });
    expect([answered.status, answered.url.startsWith(world.issuer)]).toEqual([400, true]);
    await setServiceStatus(world, 'permit', 'active');
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
  });

  it('of the service to retired whose command was killed releases nothing from then on, and the next node that starts ends what stood', async () => {
    const tokens = await obtainTokens(traveller, 'clinic');
    await setServiceStatus(world, 'clinic', 'retired');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect(await world.storage.consents.listConsents(person.id)).toMatchObject([{ state: 'given' }]);
    const config = { ...world.config, listen: { ...world.config.listen, port: await findFreePort() } };
    const storage = openStorage(config.database);
    const node = createNode({ ...world, config, storage, log: createLog('error', { write: () => undefined }) });
    await node.start();
    await expect
      .poll(async () => world.storage.consents.listConsents(person.id))
      .toMatchObject([{ state: 'revoked', actedBy: 'authority' }]);
    await node.stop();
    expect(await findWithdrawals(traveller, 'clinic')).toEqual([]);
    const [receipt] = await world.storage.consents.listReceipts(person.id);
    expect(receipt?.version).toBe(2);
  });
});
