// A consent holds for the terms it was given on, and a token for what was asked with it.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleServices } from '../support/sample-services.ts';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import {
  createEnrolled,
  createRequest,
  findForms,
  findStep,
  findWithdrawals,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
} from '../support/visits.ts';
import { refuse, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { toObject } from '../support/raw-request.ts';
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

describe('what the log keeps of a request', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    traveller = await createEnrolled(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  it('names attributes only, whatever a service writes as the name of a claim', async () => {
    const claims = JSON.stringify({
      userinfo: { given_name: null, email_verified: null, phone_number_verified: null, 'sara-1000000008': null },
    });
    const tokens = await obtainTokens(traveller, 'permit', { extra: { claims } });
    await fetchUserInfo(world.issuer, tokens.body['access_token']);
    const entries = database.rows("SELECT attributes FROM entries WHERE type = 'data.over_ask'");
    const named = { attributes: JSON.stringify(['phone_number', 'unlisted']) };
    expect(entries).toEqual([named, named]);
  });

  it('tells a refusal beside a standing consent by what was refused, and leaves the consent as it was', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: { prompt: 'consent' }, attributes: ['email'] });
    const claims = JSON.stringify({ userinfo: { birthdate: null } });
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { prompt: 'consent', claims }).url);
    const answer = await refuse(traveller, page);
    expect(new URL(answer.url).searchParams.get('error')).toBe('access_denied');
    const [entry] = database.rows("SELECT attributes, body FROM entries WHERE type = 'consent.refused'");
    expect(entry?.['attributes']).toBe('[]');
    expect(toObject(String(entry?.['body']))['payload']).toMatchObject({ declined: ['birthdate'] });
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).body).toHaveProperty('email');
  });

  it('has no withdrawal of what stands by law, and the page offers none', async () => {
    const byLaw = sampleServices.purposes
      .filter(({ clientId }) => clientId === 'moh-clinic')
      .map((purpose): Purpose => ({ ...purpose, version: 2, legalBasis: { type: 'legal_obligation', lawRef: 'Health Law, art. 3' } }));
    await world.storage.agencies.saveChanges({
      agencies: [],
      services: [],
      purposes: byLaw,
      endedPurposes: [],
      defaultPurposes: [],
      events: [],
    });
    const notice = await traveller.agent.get(createRequest(world.issuer, 'clinic').url);
    await submit(traveller, notice, { decision: 'continue' });
    const account = await openAccountPage(traveller);
    expect(findForms(account, /\/withdraw$/).length).toBe(1);
    const [record] = database.rows("SELECT id FROM consents WHERE client_id = 'moh-clinic'");
    const { token = '' } = getForm(account, /\/withdraw$/).fields;
    const answer = await traveller.agent.post(`${world.issuer}/account/consents/${String(record?.['id'])}/withdraw`, { token });
    expect([answer.status, database.rows('SELECT state FROM consents ORDER BY state')]).toEqual([
      409,
      [{ state: 'given' }, { state: 'notified' }],
    ]);
  });
});

describe('a withdrawal that is pressed more than once', () => {
  it('is one withdrawal, and every press is told that it is done', async () => {
    const world = await createWorld();
    const database = openWorldDatabase(world);
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit');
    const [form] = await findWithdrawals(traveller, 'permit');
    const press = () => traveller.agent.post(form?.action ?? '', form?.fields ?? {});
    const answers = [...(await Promise.all([press(), press(), press()])), await press()];
    expect(answers.map(({ status, url }) => [status, url.endsWith('/withdrawn')])).toEqual(answers.map(() => [200, true]));
    expect(database.rows("SELECT id FROM entries WHERE type = 'consent.withdrawn'").length).toBe(1);
    database.close();
    await world.close();
  });
});
