// What a person agreed to, and attempts to make it more (security contract 2.8).

import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { allow, signIn, submit } from '../support/person-journey.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { readHidden } from '../support/user-agent.ts';
import { askSilently, createRequest, findStep, getWithdrawal, getForm, obtainTokens, openAccountPage, visit } from '../support/visits.ts';

const only = (...names: readonly string[]): Readonly<Record<string, string>> => ({
  claims: JSON.stringify({ userinfo: Object.fromEntries(names.map((name) => [name, null])) }),
});

describe('a consent', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const infoOf = async (tokens: { readonly body: Readonly<Record<string, unknown>> }) =>
    (await fetchUserInfo(at.issuer, tokens.body['access_token'])).body;

  test('CO-01 one more attribute than was decided about is asked for, never released in silence', async () => {
    const traveller = await at.newPerson();
    const narrow = await obtainTokens(traveller, 'permit', { extra: only('given_name') });
    expect(Object.keys(await infoOf(narrow))).not.toContain('family_name');
    expect((await askSilently(traveller, 'permit', only('given_name'))).has('code')).toBe(true);
    const wider = await at.changesNothing(async () => askSilently(traveller, 'permit', only('given_name', 'family_name')));
    expect(wider.get('error')).toBe('consent_required');
    const page = await traveller.agent.get(createRequest(at.issuer, 'permit', only('given_name', 'family_name')).url);
    expect(findStep(page)).toBe('decide');
    const tokens = await obtainTokens(traveller, 'permit', { extra: only('given_name', 'family_name') });
    expect(await infoOf(tokens)).toMatchObject({ given_name: 'سارة', family_name: 'القحطاني' });
    expect(Object.keys(await infoOf(narrow))).not.toContain('family_name');
  });

  test('CO-02 attributes smuggled in by either member of claims, by scope or as essential are asked for and limited to the purpose', async () => {
    const traveller = await at.newPerson();
    await obtainTokens(traveller, 'permit', { extra: only('given_name') });
    const smuggled = [
      { claims: JSON.stringify({ id_token: { family_name: { essential: true } } }) },
      { claims: JSON.stringify({ userinfo: { family_name: { essential: true, value: 'x' } } }) },
      { scope: 'openid profile email' },
    ];
    for (const extra of smuggled) {
      expect((await askSilently(traveller, 'permit', extra)).get('error')).toBe('consent_required');
    }
    const all = { scope: 'openid profile email phone address', claims: JSON.stringify({ id_token: { national_id: { essential: true } } }) };
    const tokens = await obtainTokens(traveller, 'permit', { extra: all, attributes: ['email', 'birthdate'] });
    const idToken = await readIdToken(at.issuer, tokens.body['id_token']);
    const released = Object.keys({ ...(await infoOf(tokens)), ...idToken }).map((name) => name.split('#')[0]);
    for (const name of ['national_id', 'gender', 'phone_number', 'address']) {
      expect(released).not.toContain(name);
    }
    expect(Object.keys(idToken).filter((name) => ['given_name', 'email', 'birthdate'].includes(name))).toEqual([]);
  });

  test('CO-03 a declined attribute stays declined however often the service asks: it is absent, and nothing fails', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    for (const extra of [
      {},
      only('email'),
      { claims: JSON.stringify({ userinfo: { email: { essential: true } } }) },
      { scope: 'openid email' },
    ]) {
      expect((await askSilently(traveller, 'permit', extra)).has('code')).toBe(true);
      const tokens = await obtainTokens(traveller, 'permit', { extra });
      expect(await infoOf(tokens)).not.toHaveProperty('email');
    }
    const asked = await traveller.agent.get(createRequest(at.issuer, 'permit', { prompt: 'consent' }).url);
    expect(findStep(asked)).toBe('decide');
  });

  test('CO-04 an edited form is refused: an attribute that was not offered, a required one as a choice, a doubled field, a stale version', async () => {
    const traveller = await at.newPerson();
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
    await at.changesNothing(async () => {
      for (const attribute of ['national_id', 'gender', 'given_name', 'nonsense', '']) {
        const edited = await submit(traveller, page, { decision: 'allow', attribute: ['email', attribute] });
        expect([attribute, edited.status, findErrorCode(edited)]).toEqual([attribute, 400, 'consent/attribute-not-offered']);
      }
      for (const name of ['version', 'decision', 'token']) {
        const fields = { ...readHidden(page.body), decision: 'allow' };
        const value = Object.entries(fields).find(([key]) => key === name)?.[1] ?? '';
        const doubled = await submit(traveller, page, { decision: 'allow', [name]: [value, value] });
        expect([name, doubled.status, findErrorCode(doubled)]).toEqual([name, 400, 'request/invalid']);
      }
      for (const version of ['9.9', '1.1', '', '0.2']) {
        const stale = await submit(traveller, page, { decision: 'allow', version });
        expect([version, findStep(stale)]).toEqual([version, 'decide']);
      }
    });
    const named = await submit(traveller, page, { decision: 'allow', client_id: 'moh-clinic', purpose: 'job-fair', person: 'somebody' });
    expect(named.url).toContain('http://localhost:3001/callback?code=');
    const stored = at.database.rows('SELECT client_id, purpose_id, attributes FROM consents ORDER BY created_at DESC LIMIT 1')[0];
    expect([stored?.['client_id'], stored?.['purpose_id']]).toEqual(['mol-work-permit', 'permit-renewal']);
  });

  test('CO-05 a decision from another site, without its token, or pressed twice counts for nothing or once', async () => {
    const traveller = await at.newPerson();
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
    const form = getForm(page, /\/decision$/);
    const post = async (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) =>
      traveller.agent.send(form.action, { method: 'POST', body: new URLSearchParams({ ...fields, decision: 'allow' }), headers });
    await at.changesNothing(async () => {
      for (const site of ['cross-site', 'same-site']) {
        expect((await post(form.fields, { 'sec-fetch-site': site })).status).toBe(403);
      }
      expect((await post({ ...form.fields, token: '' }, {})).status).toBe(409);
      expect((await post({ ...form.fields, token: 'A'.repeat(43) }, {})).status).toBe(409);
    });
    const versions = (): number => at.database.rows('SELECT version FROM consent_versions').length;
    const before = versions();
    const pressed = await Promise.all([post(form.fields, {}), post(form.fields, {}), post(form.fields, {})]);
    expect(pressed.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect(versions()).toBe(before + 1);
    const [went] = pressed.filter(({ status }) => status === 303);
    const arrived = await traveller.agent.get(new URL(went?.headers.get('location') ?? '', at.issuer).href);
    expect(arrived.url).toContain('code=');
    const back = await post(form.fields, {});
    expect([back.status < 500, versions()]).toEqual([true, before + 1]);
  });

  test('CO-06 the page names whoever asks in the words of the register alone, set apart from the text around them, and nothing of it is markup', async () => {
    const { agencies } = at.world.storage;
    const [clinic] = (await agencies.listServices()).filter(({ service }) => service.clientId === 'moh-clinic');
    if (clinic === undefined) {
      throw new Error('the sample service is missing');
    }
    const change = { agencies: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };
    const name = { ar: '<b>\u202Eوزارة</b>', en: '<b>\u202EBank</b> "verified"' };
    // Past the check of names, as a damaged register would have it: the page alone has to stand it.
    await agencies.saveChanges({ ...change, services: [{ ...clinic.service, name }] });
    const traveller = await at.newPerson();
    const extra = { ui_locales: 'en', client_name: 'Another bank' };
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'clinic', extra).url));
    await agencies.saveChanges({ ...change, services: [clinic.service] });
    expect(findStep(page)).toBe('decide');
    expect(page.body).toContain('<bdi>&lt;b&gt;\u202EBank&lt;/b&gt; &quot;verified&quot;</bdi>');
    expect([page.body.includes('<b>'), page.body.includes('Another bank')]).toEqual([false, false]);
  });

  test('CO-07 the text that was decided on is kept in the language it was read in, and is the one its digest in receipt and entry names', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'clinic', { extra: { ui_locales: 'en' } });
    const [version] = at.database.rows('SELECT jws FROM consent_versions ORDER BY rowid DESC LIMIT 1');
    const said = Buffer.from(String(version?.['jws']).split('.')[1] ?? '', 'base64url').toString();
    const digest = /"rendered_sha256":"([\w-]+)"/.exec(said)?.[1] ?? '';
    const [notice] = at.database.rows('SELECT text, language FROM notices WHERE digest = ?', digest);
    expect(hash('sha256', String(notice?.['text']), 'base64url')).toBe(digest);
    expect([notice?.['language'], /"language":"(\w+)"/.exec(said)?.[1]]).toEqual(['en', 'en']);
    expect(at.database.rows('SELECT id FROM entries WHERE body LIKE ?', `%"notice_sha256":"${digest}"%`).length).toBeGreaterThan(0);
  });

  test('CO-08 the same request again asks nothing, and is recorded all the same', async () => {
    const traveller = await at.newPerson();
    await obtainTokens(traveller, 'permit');
    const entries = (type: string): number => at.database.rows('SELECT id FROM entries WHERE type = ?', type).length;
    const before = [entries('service.entered'), entries('data.released'), entries('consent.given')];
    const page = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    expect(page.url).toContain('code=');
    await infoOf(await obtainTokens(traveller, 'permit'));
    expect([entries('service.entered'), entries('data.released'), entries('consent.given')]).toEqual([
      (before[0] ?? 0) + 1,
      (before[1] ?? 0) + 1,
      before[2],
    ]);
  });

  test('CO-14 a record of an earlier version of the purpose that asked less gives no grant, silently or by refresh', async () => {
    const traveller = await at.newPerson();
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const [permit] = (await at.world.storage.agencies.listServices()).filter(({ service }) => service.clientId === 'mol-work-permit');
    const purpose = permit?.purposes.find(({ isDefault }) => isDefault);
    if (purpose === undefined) {
      throw new Error('the sample purpose is missing');
    }
    const change = { agencies: [], services: [], endedPurposes: [], defaultPurposes: [], events: [] };
    const longer = { ...purpose, version: purpose.version + 1, retention: 'P30Y' };
    await at.world.storage.agencies.saveChanges({ ...change, purposes: [longer] });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
    expect((await requestTokens(at.issuer, refresh)).body['error']).toBe('invalid_grant');
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
    await at.world.storage.agencies.saveChanges({ ...change, purposes: [{ ...purpose, version: purpose.version + 2 }] });
  });

  test('CO-16 offline access needs prompt=consent and the approval of the service', async () => {
    const traveller = await at.newPerson();
    const plain = await obtainTokens(traveller, 'permit', { extra: { scope: 'openid offline_access' } });
    expect(plain.body).not.toHaveProperty('refresh_token');
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    expect((await obtainTokens(traveller, 'permit', { extra: offline })).body).toHaveProperty('refresh_token');
    const [clinic] = (await at.world.storage.agencies.listServices()).filter(({ service }) => service.clientId === 'moh-clinic');
    if (clinic === undefined) {
      throw new Error('the sample service is missing');
    }
    const metadata = { ...clinic.service.metadata, grant_types: ['authorization_code'] };
    const change = { agencies: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };
    await at.world.storage.agencies.saveChanges({ ...change, services: [{ ...clinic.service, metadata }] });
    const unapproved = await obtainTokens(traveller, 'clinic', { extra: offline });
    expect(unapproved.body).not.toHaveProperty('refresh_token');
    await at.world.storage.agencies.saveChanges({ ...change, services: [clinic.service] });
  });

  test('CO-17 nothing optional is ticked beforehand, and leaving all of it out fails nothing', async () => {
    const traveller = await at.newPerson();
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
    const boxes = [...page.body.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)].map(([box]) => box);
    expect([boxes.length, boxes.filter((box) => /\schecked/.test(box)).length]).toEqual([2, 0]);
    for (const action of ['allow', 'refuse']) {
      expect(page.body).toMatch(new RegExp(`<button class="button button-second"[^>]*data-action="${action}"`));
    }
    expect((await allow(traveller, page)).url).toContain('code=');
  });

  test('CO-19 nobody sees, downloads or withdraws the consent of somebody else', async () => {
    const [traveller, other] = [await at.newPerson(), await at.newPerson()];
    const tokens = await obtainTokens(other, 'permit');
    const form = await getWithdrawal(other, 'permit');
    const service = await other.agent.get(`${at.issuer}/account/services/mol-work-permit`);
    const receipt = /\/account\/receipts\/[^"]*\.json/.exec(service.body)?.[0] ?? '';
    const own = await openAccountPage(traveller);
    const token = readHidden(own.body)['token'] ?? '';
    await at.changesNothing(async () => {
      const tries = [
        await traveller.agent.post(form.action, { token }),
        await traveller.agent.get(`${at.issuer}${receipt}`),
        await traveller.agent.get(form.action.replace(/withdraw$/, 'withdrawn')),
        await traveller.agent.get(`${at.issuer}/account/services/mol-work-permit`),
      ];
      expect(tries.map((page) => [page.status, findErrorCode(page)])).toEqual(tries.map(() => [404, 'consent/not-found']));
      const foreignToken = await traveller.agent.post(form.action, form.fields);
      expect([foreignToken.status, findErrorCode(foreignToken)]).toEqual([409, 'request/form-outdated']);
    });
    expect(own.body).not.toContain('data-service="mol-work-permit"');
    expect((await other.agent.get(`${at.issuer}${receipt}`)).status).toBe(200);
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
  });
});
