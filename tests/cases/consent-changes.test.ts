// Consents over time: ended, withdrawn, changed, and decided twice at once (security contract 2.8, 2.9).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createSeeded, firstSeed } from '../support/counts.ts';
import { whileInsertFails } from '../support/open-database.ts';
import { allow, signIn, submit } from '../support/person-journey.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { days, shiftTime } from '../support/shift-time.ts';
import {
  askSilently,
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  exchange,
  findStep,
  getWithdrawal,
  goThrough,
  obtainTokens,
  visit,
  withdraw,
} from '../support/visits.ts';

const offline = { scope: 'openid offline_access', prompt: 'consent' };
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

describe('a consent over time', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  test('CO-09 a consent that ran out and a purpose that changed are asked about again', async () => {
    const time = shiftTime();
    try {
      const traveller = await at.newPerson();
      await visit(traveller, 'permit');
      time.advance(days(366));
      const later = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
      expect(findStep(later)).toBe('decide');
      await allow(traveller, later);
      expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
      const registered = await at.world.storage.agencies.findService('mol-work-permit');
      const purpose = registered?.purposes.find(({ id }) => id === 'permit-renewal');
      if (purpose === undefined) {
        throw new Error('the sample purpose is missing');
      }
      const changed = { ...purpose, version: 2, text: { ar: 'غرض آخر', en: 'Another purpose' } };
      await at.world.storage.agencies.saveChanges({
        agencies: [],
        services: [],
        purposes: [changed],
        endedPurposes: [],
        defaultPurposes: [],
        events: [],
      });
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
      expect(findStep(await traveller.agent.get(createRequest(at.issuer, 'permit').url))).toBe('decide');
    } finally {
      time.restore();
    }
  });

  test('CO-10 after the withdrawal access token, refresh token, pending code, open page and prompt=none are refused at once', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const refreshing = () => requestTokens(at.issuer, { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) });
    expect((await refreshing()).status).toBe(200);
    const other = createOtherBrowser(traveller);
    await visit(other, 'clinic');
    const open = await other.agent.get(createRequest(at.issuer, 'permit').url);
    expect(findStep(open)).toBe('continue');
    const pending = await visit(traveller, 'permit');
    await withdraw(traveller, 'permit');
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await refreshing()).body['error']).toBe('invalid_grant');
    expect((await exchange(pending, at.issuer)).body['error']).toBe('invalid_grant');
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
    const went = await submit(other, open, { decision: 'continue' });
    expect([went.url.includes('code='), findStep(went)]).toEqual([false, 'decide']);
    expect((await goThrough(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url))).url).toContain('code=');
  });

  test('CO-11 a withdrawal beside an exchange leaves no token alive, in any order', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'clinic');
    const form = await getWithdrawal(traveller, 'clinic');
    for (let seed = firstSeed; seed < firstSeed + 15; seed += 1) {
      const random = createSeeded(seed);
      const visited = await visit(traveller, 'clinic');
      const [withdrawn, tokens] = await Promise.all([
        wait(random() * 12).then(async () => traveller.agent.send(form.action, { method: 'POST', body: new URLSearchParams(form.fields) })),
        wait(random() * 12).then(async () => exchange(visited, at.issuer)),
      ]);
      expect([seed, withdrawn.status]).toEqual([seed, 303]);
      expect([seed, tokens.status === 200 || tokens.body['error'] === 'invalid_grant']).toEqual([seed, true]);
      const after = await fetchUserInfo(at.issuer, tokens.body['access_token'] ?? 'none');
      expect([seed, after.status]).toEqual([seed, 401]);
    }
  });

  test('CO-12 decisions at the same moment in several tabs come one after the other, and the last in the log is the one that stands', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const first = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
    const tabs = [
      first,
      ...(await Promise.all(Array.from({ length: 5 }, async () => traveller.agent.get(createRequest(at.issuer, 'permit').url)))),
    ];
    const choices = [['email'], [], ['birthdate'], ['email', 'birthdate'], [], ['email']];
    await Promise.all(tabs.map(async (tab, index) => submit(traveller, tab, { decision: 'allow', attribute: choices[index] ?? [] })));
    const consents = await at.world.storage.consents.listConsents(person.id);
    expect(consents.length).toBe(1);
    const versions = at.database.rows('SELECT version, attributes FROM consent_versions WHERE person_id = ? ORDER BY version', person.id);
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
    await expect.poll(() => at.database.rows('SELECT id FROM entries WHERE log_index IS NULL').length, { timeout: 3000 }).toBe(0);
    const decided = at.database.rows(
      `SELECT entries.body FROM entries JOIN entry_secrets ON entry_id = entries.id
        WHERE person_ref = ? AND type IN ('consent.given', 'consent.renewed') ORDER BY log_index`,
      person.id,
    );
    const order = decided.map(({ body }) => Number(/"version":(\d+)/.exec(String(body))?.[1]));
    expect(order).toEqual(versions.map(({ version }) => version));
    expect(JSON.stringify(consents[0]?.attributes)).toBe(versions.at(-1)?.['attributes']);
  });

  test('CO-13 there is no consent without its version, its receipt and its entry, wherever the writing failed', async () => {
    const traveller = await at.newPerson();
    const page = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'clinic').url));
    for (const table of ['consents', 'consent_versions', 'entries', 'entry_secrets']) {
      const failed = await at.changesNothing(async () =>
        whileInsertFails(at.database, table, async () => submit(traveller, page, { decision: 'allow' })),
      );
      expect([table, failed.status]).toEqual([table, 503]);
    }
    expect((await submit(traveller, page, { decision: 'allow' })).url).toContain('code=');
    const orphans = [
      'SELECT id FROM consents WHERE NOT EXISTS (SELECT 1 FROM consent_versions v WHERE v.consent_id = consents.id AND v.version = consents.version)',
      'SELECT consent_id FROM consent_versions WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.id = consent_versions.event_id)',
      "SELECT id FROM entries WHERE type LIKE 'consent.%' AND type NOT IN ('consent.requested', 'consent.expired') AND NOT EXISTS (SELECT 1 FROM consent_versions WHERE event_id = entries.id)",
    ];
    for (const query of orphans) {
      expect([query, at.database.rows(query)]).toEqual([query, []]);
    }
  });

  test('AL-21 while the ledger takes no entry, consent, tokens, attributes and withdrawal are all refused with 503', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'clinic');
    const consentPage = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    const pending = await visit(traveller, 'clinic');
    const form = await getWithdrawal(traveller, 'clinic');
    const statuses = await at.changesNothing(async () =>
      whileInsertFails(at.database, 'entries', async () => [
        (await submit(traveller, consentPage, { decision: 'allow' })).status,
        (await exchange(pending, at.issuer)).status,
        (await fetchUserInfo(at.issuer, tokens.body['access_token'])).status,
        (await traveller.agent.post(form.action, form.fields)).status,
      ]),
    );
    expect(statuses).toEqual([503, 503, 503, 503]);
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
  });
});
