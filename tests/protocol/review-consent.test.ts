// A consent holds for the terms it was given on, and a token for what was asked with it.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleServices } from '../support/sample-services.ts';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createEnrolled, createRequest, findStep, goThrough, obtainTokens } from '../support/visits.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a purpose whose terms changed', () => {
  let world: World;
  let traveller: Traveller;

  beforeEach(async () => {
    world = await createWorld();
    traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email', 'birthdate'] });
    const changed = sampleServices.purposes
      .filter((purpose) => purpose.id === 'permit-renewal')
      .map((purpose): Purpose => ({ ...purpose, version: 2, retention: 'P20Y' }));
    await world.storage.agencies.saveChanges({
      agencies: [],
      services: [],
      purposes: changed,
      endedPurposes: [],
      defaultPurposes: [],
      events: [],
    });
  });

  afterEach(async () => {
    await world.close();
  });

  it('shows its choices unticked, because nobody chose them on these terms', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect(findStep(page)).toBe('decide');
    expect(page.body).toContain('value="birthdate"');
    expect(page.body).not.toMatch(/<input[^>]*name="attribute"[^>]* checked/);
  });

  it('carries over nothing that its page did not show', async () => {
    const claims = JSON.stringify({ userinfo: { given_name: null } });
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { claims }).url);
    expect(page.body).not.toContain('value="birthdate"');
    await goThrough(traveller, page);
    expect(findStep(await traveller.agent.get(createRequest(world.issuer, 'permit').url))).toBe('decide');
  });
});

describe('a token that was refreshed for fewer scopes', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it('opens nothing that the request did not ask for', async () => {
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email', 'birthdate'] });
    const extra = { scope: 'openid offline_access email', prompt: 'consent' };
    const tokens = await obtainTokens(traveller, 'permit', { extra, attributes: ['email'] });
    const fields = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
    const asked = await fetchUserInfo(world.issuer, (await requestTokens(world.issuer, fields)).body['access_token']);
    expect(Object.keys(asked.body).toSorted()).toEqual(['email', 'email_verified', 'sub']);
    for (const scope of ['openid', 'openid offline_access']) {
      const narrowed = await requestTokens(world.issuer, { ...fields, scope });
      const info = await fetchUserInfo(world.issuer, narrowed.body['access_token']);
      expect([info.status, Object.keys(info.body)]).toEqual([200, ['sub']]);
    }
  });
});
