// While the person is away: a service that is approved for it may refresh, for as long as the consent stands and never longer.

import { z } from 'zod';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { days, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { noChanges } from '../support/store-samples.ts';
import {
  createEnrolled,
  createEnrolledPerson,
  createRequest,
  obtainTokens,
  openAccountPage,
  signOut,
  visit,
  withdraw,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe('offline access', () => {
  let world: World;
  let traveller: Traveller;
  let time: ShiftedTime;

  beforeAll(async () => {
    world = await createWorld();
  });

  beforeEach(async () => {
    time = shiftTime();
    traveller = await createEnrolled(world);
  });

  afterEach(() => {
    time.restore();
  });

  afterAll(async () => {
    await world.close();
  });

  const refresh = (token: unknown) =>
    requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: typeof token === 'string' ? token : '' });

  it('gives a refresh token for prompt=consent only, and refreshed tokens release what was consented to', async () => {
    const without = await obtainTokens(traveller, 'permit', { extra: { scope: 'openid offline_access' }, attributes: ['email'] });
    expect(without.body).not.toHaveProperty('refresh_token');
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline, attributes: ['email'] });
    const refreshed = await refresh(tokens.body['refresh_token']);
    expect(refreshed.status).toBe(200);
    const info = await fetchUserInfo(world.issuer, refreshed.body['access_token']);
    expect(info.body).toMatchObject({ email: 'sara@example.test', given_name: 'سارة' });
    expect(info.body).not.toHaveProperty('birthdate');
  });

  it('is no part of a purpose that is served only while the person is there, and its page says so', async () => {
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const changed = (registered?.purposes ?? []).filter(({ id }) => id === 'job-fair');
    const purposes = changed.map((purpose) => ({
      ...purpose,
      version: purpose.version + 1,
      terms: { ...purpose.terms, fetch: 'session' as const },
    }));
    await world.storage.agencies.saveChanges({ ...noChanges, purposes });
    const extra = { ...offline, purpose: 'job-fair' };
    await obtainTokens(traveller, 'permit');
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', extra).url);
    expect(page.body).toContain(page.body.includes('lang="ar"') ? 'أثناء وجودك فقط' : 'Only while you are there');
    const tokens = await obtainTokens(traveller, 'permit', { extra });
    expect(tokens.body).not.toHaveProperty('refresh_token');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
  });

  it('stands in the record that is signed and on the own page, and a narrower visit takes it not back', async () => {
    const { traveller: own, person } = await createEnrolledPerson(world);
    const isAway = async (): Promise<boolean> => {
      await openAccountPage(own);
      return (await own.agent.get(`${world.issuer}/account/services/mol-work-permit?lang=en`)).body.includes('While you are away');
    };
    const readTerms = async () => {
      const [receipt] = await world.storage.consents.listReceipts(person.id);
      const record: unknown = JSON.parse(Buffer.from(receipt?.jws.split('.')[1] ?? '', 'base64url').toString());
      return z.object({ record: z.object({ terms: z.object({ offline_access: z.boolean() }) }) }).parse(record).record.terms.offline_access;
    };
    await obtainTokens(own, 'permit');
    expect([await isAway(), await readTerms()]).toEqual([false, false]);
    const tokens = await obtainTokens(own, 'permit', { extra: offline });
    expect([await isAway(), await readTerms()]).toEqual([true, true]);
    await obtainTokens(own, 'permit', { extra: { prompt: 'consent' } });
    expect([await isAway(), await readTerms()]).toEqual([true, true]);
    expect((await refresh(tokens.body['refresh_token'])).status).toBe(200);
  });

  it('ends where the person agrees to new terms on a page that says nothing of it', async () => {
    const { traveller: own } = await createEnrolledPerson(world);
    const tokens = await obtainTokens(own, 'clinic', { extra: offline });
    const registered = await world.storage.agencies.findService('moh-clinic');
    const purposes = (registered?.purposes ?? []).map((purpose) => ({ ...purpose, version: purpose.version + 1, retention: 'P5Y' }));
    await world.storage.agencies.saveChanges({ ...noChanges, purposes });
    await obtainTokens(own, 'clinic');
    const old = await requestTokens(
      world.issuer,
      { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) },
      'clinic',
    );
    expect(old.body['error']).toBe('invalid_grant');
    const said = await own.agent.get(`${world.issuer}/account/services/moh-clinic?lang=en`);
    expect(said.body).not.toContain('While you are away');
  });

  it('goes on after the session: signed out here, signed out everywhere, idle for a day', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    await signOut(traveller, 'permit', 'here');
    expect((await refresh(tokens.body['refresh_token'])).status).toBe(200);
    await visit(traveller, 'permit');
    await signOut(traveller, 'permit', 'everywhere');
    const refreshed = await refresh(tokens.body['refresh_token']);
    expect((await fetchUserInfo(world.issuer, refreshed.body['access_token'])).status).toBe(200);
    time.advance(days(1));
    expect((await refresh(tokens.body['refresh_token'])).status).toBe(200);
  });

  it('ends with the withdrawal, and a new consent does not bring the old token back', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const refreshed = await refresh(tokens.body['refresh_token']);
    await withdraw(traveller, 'permit');
    expect((await refresh(tokens.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await fetchUserInfo(world.issuer, refreshed.body['access_token'])).status).toBe(401);
    await visit(traveller, 'permit');
    expect((await refresh(tokens.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await fetchUserInfo(world.issuer, refreshed.body['access_token'])).status).toBe(401);
  });

  it('ends 90 days after the consent at the latest, however often it was used', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    let current = tokens.body['refresh_token'];
    for (const span of [30, 30, 29]) {
      time.advance(days(span));
      const refreshed = await refresh(current);
      expect(refreshed.status).toBe(200);
      current = refreshed.body['refresh_token'] ?? current;
    }
    time.advance(days(1) + 1000);
    expect((await refresh(current)).body['error']).toBe('invalid_grant');
  });
});
