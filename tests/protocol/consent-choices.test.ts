// What a person chose stays chosen: for each purpose by itself, and whatever the service asks on top.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { signIn, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { exchangeCode, fetchUserInfo } from '../support/service.ts';
import { readIdToken } from '../support/id-token.ts';
import {
  askSilently,
  createEnrolled,
  createRequest,
  exchange,
  findStep,
  findWithdrawals,
  goThrough,
  obtainTokens,
  openAccountPage,
  signOut,
  visit,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('what a person chose to share', () => {
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

  const infoOf = async (tokens: { readonly body: Readonly<Record<string, unknown>> }) =>
    (await fetchUserInfo(world.issuer, tokens.body['access_token'])).body;

  it('does not include a declined optional attribute, and is not asked again', async () => {
    const first = await obtainTokens(traveller, 'permit', { attributes: ['birthdate'] });
    expect(await infoOf(first)).not.toHaveProperty('email');
    const again = createRequest(world.issuer, 'permit');
    const arrived = await traveller.agent.get(again.url);
    expect(arrived.url).toContain('code=');
    const info = await infoOf(await exchangeCode(world.issuer, arrived.url, again.verifier));
    expect(info).toMatchObject({ birthdate: '1990-05-17' });
    expect(info).not.toHaveProperty('email');
    const insisting = { claims: JSON.stringify({ userinfo: { email: { essential: true } } }) };
    const insisted = await askSilently(traveller, 'permit', insisting);
    expect(insisted.has('code')).toBe(true);
  });

  it('may be nothing yet: put off, the service hears so and receives nothing, and the page comes again', async () => {
    const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    const left = await submit(traveller, page, { decision: 'later', attribute: ['email'] });
    const answer = new URL(left.url).searchParams;
    expect([answer.get('error'), answer.get('error_description'), answer.has('code')]).toEqual([
      'access_denied',
      'consent_deferred',
      false,
    ]);
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
    const kept = database.rows('SELECT state, attributes FROM consents ORDER BY created_at DESC, id DESC LIMIT 1');
    expect(kept).toEqual([{ state: 'deferred', attributes: '[]' }]);
    await openAccountPage(traveller);
    const activity = await traveller.agent.get(`${world.issuer}/account/activity?kind=decided`);
    expect(activity.body).toContain('أجّلت طلب خدمة');
    const again = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect([findStep(again), /<input[^>]*name="attribute"[^>]*\schecked/.test(again.body)]).toEqual(['decide', false]);
  });

  it('stays as it was when a page that comes again is put off', async () => {
    await obtainTokens(traveller, 'permit', { attributes: ['birthdate'] });
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { prompt: 'consent' }).url);
    const left = await submit(traveller, page, { decision: 'later', attribute: ['email'] });
    expect(new URL(left.url).searchParams.get('error_description')).toBe('consent_deferred');
    const silent = createRequest(world.issuer, 'permit', { prompt: 'none' });
    const info = await infoOf(await exchangeCode(world.issuer, (await traveller.agent.get(silent.url)).url, silent.verifier));
    expect([Object.hasOwn(info, 'birthdate'), Object.hasOwn(info, 'email')]).toEqual([true, false]);
  });

  it('can be opened again by the service with prompt=consent, with the earlier choice as it was', async () => {
    await visit(traveller, 'permit', { attributes: ['birthdate'] });
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { prompt: 'consent' }).url);
    expect(findStep(page)).toBe('decide');
    const boxes = [...page.body.matchAll(/<input[^>]*name="attribute"[^>]*>/g)].map(([box]) => box);
    const ticked = boxes.filter((box) => /\schecked/.test(box)).map((box) => /value="([^"]*)"/.exec(box)?.[1]);
    expect([boxes.length, ticked]).toEqual([2, ['birthdate']]);
  });

  it('lives side by side for two purposes of one service, tokens included', async () => {
    const renewal = await obtainTokens(traveller, 'permit');
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { purpose: 'job-fair' }).url);
    expect(findStep(page)).toBe('decide');
    const fair = await obtainTokens(traveller, 'permit', { extra: { purpose: 'job-fair' } });
    expect(Object.keys(await infoOf(renewal))).not.toContain('email');
    expect(await infoOf(fair)).toMatchObject({ email: 'sara@example.test' });
    expect(await infoOf(fair)).not.toHaveProperty('given_name');
    expect(await infoOf(renewal)).toMatchObject({ given_name: 'سارة' });
    expect(await findWithdrawals(traveller, 'permit')).toHaveLength(2);
  });

  it('ends for one purpose alone when that one is withdrawn', async () => {
    const renewal = await obtainTokens(traveller, 'permit');
    const fair = await obtainTokens(traveller, 'permit', { extra: { purpose: 'job-fair' } });
    const forms = await findWithdrawals(traveller, 'permit');
    const record = database.rows("SELECT id FROM consents WHERE purpose_id = 'job-fair' ORDER BY created_at DESC")[0]?.['id'];
    const form = forms.find(({ action }) => action.includes(String(record)));
    expect((await traveller.agent.post(form?.action ?? '', form?.fields ?? {})).status).toBe(200);
    expect((await fetchUserInfo(world.issuer, fair.body['access_token'])).status).toBe(401);
    expect((await fetchUserInfo(world.issuer, renewal.body['access_token'])).status).toBe(200);
    expect((await askSilently(traveller, 'permit', { purpose: 'job-fair' })).get('error')).toBe('consent_required');
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  it('outlives signing out only here and the replay of a code, which end the tokens of both purposes', async () => {
    const fair = { purpose: 'job-fair' };
    const tokens = await obtainTokens(traveller, 'permit');
    const others = await obtainTokens(traveller, 'permit', { extra: fair });
    await signOut(traveller, 'permit', 'here');
    for (const each of [tokens, others]) {
      expect((await fetchUserInfo(world.issuer, each.body['access_token'])).status).toBe(401);
    }
    const back = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect(findStep(back)).toBe('continue');
    await goThrough(traveller, back);
    const replayed = await obtainTokens(traveller, 'permit');
    const beside = await obtainTokens(traveller, 'permit', { extra: fair });
    expect((await exchange(replayed.visit, world.issuer)).body['error']).toBe('invalid_grant');
    for (const each of [replayed, beside]) {
      expect((await fetchUserInfo(world.issuer, each.body['access_token'])).status).toBe(401);
    }
    for (const extra of [{}, fair]) {
      expect((await askSilently(traveller, 'permit', extra)).has('code')).toBe(true);
    }
  });

  it('is limited to the purpose: what the claims parameter asks beyond it is dropped and recorded', async () => {
    const claims = JSON.stringify({ userinfo: { given_name: null, phone_number: { essential: true } }, id_token: { national_id: null } });
    const tokens = await obtainTokens(traveller, 'permit', { extra: { claims }, attributes: [] });
    const info = await infoOf(tokens);
    expect(Object.keys(info).toSorted()).toEqual(['given_name', 'given_name#ar', 'given_name#en', 'sub']);
    const entries = database.rows("SELECT attributes FROM entries WHERE type = 'data.over_ask'").map((row) => row['attributes']);
    // When the person was asked, and when the service fetched.
    expect(entries).toEqual([JSON.stringify(['phone_number', 'national_id']), JSON.stringify(['phone_number', 'national_id'])]);
  });

  it('counts as asked when it is named for the ID token, and leaves through UserInfo only', async () => {
    const claims = JSON.stringify({ id_token: { email: { essential: true } } });
    const tokens = await obtainTokens(traveller, 'permit', { extra: { claims }, attributes: ['email'] });
    const idToken = await readIdToken(world.issuer, tokens.body['id_token']);
    expect(Object.keys(idToken).filter((name) => name.startsWith('email') || name.startsWith('given'))).toEqual([]);
    expect(await infoOf(tokens)).toMatchObject({ email: 'sara@example.test' });
  });

  it('is never asked for under a purpose that the service does not have', async () => {
    const arrived = await traveller.agent.get(createRequest(world.issuer, 'permit', { purpose: 'curiosity' }).url);
    const answer = new URL(arrived.url).searchParams;
    expect([answer.get('error'), answer.get('iss')]).toEqual(['invalid_request', world.issuer]);
    expect(arrived.url.startsWith('http://localhost:3001/callback?')).toBe(true);
  });
});
