// What the log says of data that was asked for: what left, in which form, by which token, what was withheld and why; and what was refused altogether.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import type { Traveller } from '../support/person-journey.ts';
import { refuse, signIn } from '../support/person-journey.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import {
  askSilently,
  createEnrolledPerson,
  createRequest,
  findForms,
  findStep,
  obtainTokens,
  openAccountPage,
  withdraw,
} from '../support/visits.ts';
import { noChanges } from '../support/store-samples.ts';
import type { Purpose } from '../../src/domain/agencies/agency.ts';

const bodySchema = z.looseObject({ reason: z.string().nullable(), payload: z.record(z.string(), z.unknown()) });
type Body = z.infer<typeof bodySchema>;

const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe('what the log keeps of a request for data', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const bodiesOf = (type: string, personId: string): readonly Body[] =>
    at.database
      .rows(
        'SELECT body FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE type = ? AND person_ref = ? ORDER BY entries.rowid',
        type,
        personId,
      )
      .map(({ body }) => bodySchema.parse(JSON.parse(String(body))));

  const reasonsOf = (personId: string): readonly string[] =>
    bodiesOf('data.denied', personId).map(({ payload, reason }) => `${String(reason)} ${String(payload['endpoint'])}`);

  const press = async (traveller: Traveller, change: 'pause' | 'resume'): Promise<number> => {
    await openAccountPage(traveller);
    const page = await traveller.agent.get(`${at.issuer}/account/services/mol-work-permit`);
    const [form] = findForms(page, new RegExp(`/${change}$`));
    return (await traveller.agent.post(form?.action ?? '', form?.fields ?? {})).status;
  };

  const changePurpose = async (id: string, changes: (purpose: Purpose) => Purpose): Promise<void> => {
    const registered = await at.world.storage.agencies.findService('mol-work-permit');
    const purpose = registered?.purposes.find((each) => each.id === id);
    if (purpose === undefined) {
      throw new Error('the sample purpose is missing');
    }
    await at.world.storage.agencies.saveChanges({ ...noChanges, purposes: [{ ...changes(purpose), version: purpose.version + 1 }] });
  };

  test('a release names forms, record, version, token and endpoint, and what was withheld with the reason', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const claims = JSON.stringify({ userinfo: { given_name: null, birthdate: null, national_id: null } });
    const tokens = await obtainTokens(traveller, 'permit', { extra: { claims } });
    await fetchUserInfo(at.issuer, tokens.body['access_token']);
    await fetchUserInfo(at.issuer, tokens.body['access_token']);
    const [first, second] = bodiesOf('data.released', person.id);
    expect(first).toMatchObject({
      attributes: ['given_name'],
      record: expect.any(String),
      payload: {
        endpoint: 'userinfo',
        forms: { given_name: 'raw' },
        record_version: 1,
        withheld: [
          { name: 'birthdate', reason: 'declined' },
          { name: 'national_id', reason: 'beyond-purpose' },
        ],
      },
    });
    await openAccountPage(traveller);
    const [path = ''] = /\/account\/activity\/[0-9a-f-]{36}/.exec(
      (await traveller.agent.get(`${at.issuer}/account/activity?lang=en&kind=shared`)).body,
    ) ?? [''];
    const [, withheld = ''] = (await traveller.agent.get(`${at.issuer}${path}?lang=en`)).body.split('data-withheld');
    expect(withheld).toMatch(/Date of birth<[\s\S]*You chose not to share it\.[\s\S]*It is outside the registered purpose\./);
    const refs = [first, second].map((body) => String(body?.payload['token_ref']));
    expect(refs[0]).toMatch(/^[\w-]{43}$/);
    expect(refs[0]).toBe(refs[1]);
    expect(JSON.stringify([first, second])).not.toContain(String(tokens.body['access_token']));
  });

  test('a request under a paused consent is refused and kept, once for each token; after the resumption only a new token opens, without a page', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const refresh = async () =>
      requestTokens(at.issuer, { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) });
    expect(await press(traveller, 'pause')).toBe(200);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
      expect((await refresh()).body['error']).toBe('invalid_grant');
    }
    expect(reasonsOf(person.id).toSorted()).toEqual(['paused token', 'paused userinfo']);
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
    expect(await press(traveller, 'resume')).toBe(200);
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
    expect(reasonsOf(person.id).toSorted()).toEqual(['ended userinfo', 'paused token', 'paused userinfo']);
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  test('a request after a withdrawal is kept, and one with a token that nobody knows is not', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const tokens = await obtainTokens(traveller, 'clinic');
    await withdraw(traveller, 'clinic');
    await fetchUserInfo(at.issuer, tokens.body['access_token']);
    await at.changesNothing(async () => fetchUserInfo(at.issuer, 'nobody-knows-this-token'));
    expect(reasonsOf(person.id)).toEqual(['withdrawn userinfo']);
  });

  test('a refused request names every detail that was asked and not sent, and what was beyond the purpose; its person reads them in words', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const claims = JSON.stringify({
      userinfo: { given_name: null, birthdate: null, national_id: { value: '1000000008' }, shoe_size: null },
    });
    const tokens = await obtainTokens(traveller, 'permit', { extra: { claims } });
    expect(await press(traveller, 'pause')).toBe(200);
    await fetchUserInfo(at.issuer, tokens.body['access_token']);
    await fetchUserInfo(at.issuer, tokens.body['access_token']);
    const denied = bodiesOf('data.denied', person.id);
    expect(denied).toMatchObject([{ attributes: ['given_name', 'birthdate'], reason: 'paused', payload: { record_version: 2 } }]);
    const beyond = bodiesOf('data.over_ask', person.id);
    const asked = { attributes: ['national_id', 'unlisted'], reason: 'beyond-purpose' };
    expect(beyond).toMatchObject([
      { ...asked, payload: { endpoint: 'authorization' } },
      { ...asked, payload: { endpoint: 'userinfo' } },
    ]);
    expect(JSON.stringify([denied, beyond])).not.toMatch(/1000000008|shoe_size/);
    const activity = (await traveller.agent.get(`${at.issuer}/account/activity?lang=en`)).body;
    const [, refused = ''] = activity.split('was refused: your consent no longer allowed it');
    expect(refused.slice(0, 400)).toContain('First name, Date of birth');
    const path = /href="(\/account\/activity\/[0-9a-f-]{36})"/.exec(refused)?.[1] ?? '';
    const entry = (await traveller.agent.get(`${at.issuer}${path}?lang=en`)).body;
    expect(entry).toContain('What was asked and not sent');
    expect(entry).toContain('Date of birth');
  });

  test('what was asked beyond the purpose stands in the log from the page on, also when the person refuses it', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const claims = JSON.stringify({ userinfo: { given_name: null, national_id: null } });
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit', { claims }).url));
    await traveller.agent.get(page.url);
    await refuse(traveller, page);
    expect(bodiesOf('data.over_ask', person.id)).toMatchObject([
      { attributes: ['national_id'], reason: 'beyond-purpose', payload: { endpoint: 'authorization' } },
    ]);
  });

  test('a refused refresh names what the refresh token was for', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const tokens = await obtainTokens(traveller, 'permit', {
      extra: { ...offline, scope: 'openid email offline_access' },
      attributes: ['email'],
    });
    await press(traveller, 'pause');
    await requestTokens(at.issuer, { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) });
    expect(bodiesOf('data.denied', person.id)).toMatchObject([{ attributes: ['email'], payload: { endpoint: 'token' } }]);
  });

  test('a consent for one use opens once; the next request is refused and kept, and the next visit asks anew', async () => {
    await changePurpose('permit-renewal', (purpose) => ({ ...purpose, terms: { ...purpose.terms, fetch: 'once' } }));
    const { traveller, person } = await createEnrolledPerson(at.world);
    const tokens = await obtainTokens(traveller, 'permit');
    const statuses = [];
    for (let use = 0; use < 2; use += 1) {
      statuses.push((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status);
    }
    expect([statuses, reasonsOf(person.id)]).toEqual([[200, 401], ['used-up userinfo']]);
    expect(findStep(await traveller.agent.get(createRequest(at.issuer, 'permit').url))).toBe('decide');
    const again = await obtainTokens(traveller, 'permit');
    expect((await fetchUserInfo(at.issuer, again.body['access_token'])).status).toBe(200);
  });

  test('a purpose that asks more ends what leaves under the earlier one at once; one that asks less does not', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    await changePurpose('permit-renewal', (purpose) => ({ ...purpose, terms: { ...purpose.terms, fetch: 'periodic' } }));
    const tokens = await obtainTokens(traveller, 'permit');
    await changePurpose('permit-renewal', (purpose) => ({ ...purpose, retention: 'P1M' }));
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
    await changePurpose('permit-renewal', (purpose) => ({ ...purpose, retention: 'P9Y' }));
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
    expect(reasonsOf(person.id)).toEqual(['superseded userinfo']);
  });

  test('a page that was shown is kept once for its request, with the digest of its words', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'clinic').url));
    expect(findStep(page)).toBe('decide');
    await traveller.agent.get(page.url);
    await traveller.agent.get(page.url);
    expect(bodiesOf('consent.requested', person.id)).toMatchObject([
      {
        actor: { kind: 'service', ref: 'moh-clinic' },
        record: null,
        payload: { language: 'ar', notice_sha256: expect.stringMatching(/^[\w-]{43}$/) },
      },
    ]);
  });
});
