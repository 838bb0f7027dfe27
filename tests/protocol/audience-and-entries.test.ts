// What a service may not learn, what is not renewed unseen, and what leaves an entry.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLog } from '../support/read-log.ts';
import { createTraveller, enrol, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { noChanges } from '../support/store-samples.ts';
import {
  askSilently,
  createEnrolled,
  createEnrolledPerson,
  createRequest,
  findStep,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
  places,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a service for other kinds of person', () => {
  let world: World;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    const registered = await world.storage.agencies.findService('moh-clinic');
    if (registered === undefined) {
      throw new Error('the clinic is not there');
    }
    const service = { ...registered.service, audience: ['resident'] as const };
    await world.storage.agencies.saveChanges({ ...noChanges, services: [service] });
    traveller = createTraveller(world.issuer);
    await enrol(traveller, await world.invite(await world.addPerson('citizen')));
  });

  afterAll(async () => {
    await world.close();
  });

  it('is told of a citizen what it would be told of anybody who has not decided; the page tells the person', async () => {
    await obtainTokens(traveller, 'permit');
    expect((await askSilently(traveller, 'clinic')).get('error')).toBe('consent_required');
    const page = await traveller.agent.get(createRequest(world.issuer, 'clinic').url);
    expect([page.status, findStep(page)]).toEqual([403, 'error']);
    expect(page.body).toContain('data-error="service/not-for-this-person"');
    expect(page.body).toMatch(/data-served>[^<]*حجز العيادات[^<]*مقيم/u);
    expect(page.body).toMatch(new RegExp(`class="button" href="${new URL(places.clinic.redirectUri).origin}/"`));
  });
});

describe('a service that is changed after a person agreed', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it.each([
    ['for other kinds of person', { audience: ['resident'] }],
    ['to demand a stronger sign-in', { minimumLevel: 'high' }],
  ] as const)('%s receives nothing more under what they agreed to before', async (_what, changes) => {
    const traveller = await createEnrolled(world);
    const tokens = await obtainTokens(traveller, 'permit', { extra: { scope: 'openid offline_access', prompt: 'consent' } });
    const fields = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
    const refreshed = await requestTokens(world.issuer, fields);
    expect((await fetchUserInfo(world.issuer, refreshed.body['access_token'])).status).toBe(200);
    const registered = await world.storage.agencies.findService('mol-work-permit');
    if (registered === undefined) {
      throw new Error('the permit office is not there');
    }
    const { service } = registered;
    await world.storage.agencies.saveChanges({ ...noChanges, services: [{ ...service, ...changes }] });
    expect((await fetchUserInfo(world.issuer, refreshed.body['access_token'])).status).toBe(401);
    expect((await requestTokens(world.issuer, fields)).body['error']).toBe('invalid_grant');
    await world.storage.agencies.saveChanges({ ...noChanges, services: [service] });
  });
});

describe('a decision about a narrower request', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it('does not renew what its page did not show', async () => {
    const { traveller, person } = await createEnrolledPerson(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    const [first] = await world.storage.consents.listConsents(person.id);
    world.clock.advance(1_000);
    const claims = JSON.stringify({ userinfo: { given_name: null } });
    const request = createRequest(world.issuer, 'permit', { prompt: 'consent', claims });
    await goThrough(traveller, await traveller.agent.get(request.url));
    const [second] = await world.storage.consents.listConsents(person.id);
    expect(second?.version).toBe(2);
    expect(second?.expiresAt).toBe(first?.expiresAt);
  });

  it('that takes an attribute out is told as narrowed', async () => {
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { prompt: 'consent' }).url);
    await submit(traveller, page, { decision: 'allow' });
    const types = (await readLog(world)).map((entry) => entry.type);
    expect(types).toContain('consent.narrowed');
  });

  it('that takes one out of a paused consent is told to the agency, which owes an answer for it', async () => {
    const { traveller, person } = await createEnrolledPerson(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email', 'birthdate'] });
    await openAccountPage(traveller);
    const own = await traveller.agent.get(`${world.issuer}/account/services/mol-work-permit`);
    const { action, fields } = getForm(own, /\/pause$/);
    await traveller.agent.post(action, fields);
    await goThrough(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url), ['birthdate']);
    expect(await world.storage.consents.listConsents(person.id)).toMatchObject([{ state: 'given', change: 'renewed' }]);
    expect(await world.storage.duties.listDuties(person.id)).toMatchObject([{ kind: 'narrowed', attributes: ['email'], state: 'open' }]);
  });

  it('and a token given back leave an entry each', async () => {
    const traveller = await createEnrolled(world);
    const tokens = await obtainTokens(traveller, 'permit');
    const before = (await readLog(world)).filter((entry) => entry.type === 'token.revoked').length;
    const response = await fetch(`${world.issuer}/token/revocation`, {
      method: 'POST',
      body: new URLSearchParams({
        token: String(tokens.body['access_token']),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: createAssertion(world.issuer),
      }),
    });
    expect(response.status).toBe(200);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await readLog(world)).filter((entry) => entry.type === 'token.revoked')).toHaveLength(before + 1);
  });
});
