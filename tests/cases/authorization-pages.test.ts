// The pages of an authorization request and the way between them, under attack (security contract 2.1).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAltered, createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setServiceStatus } from '../support/change-standing.ts';
import { allow, createTraveller, signIn, submit } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { clinicRedirect, permitRedirect } from '../support/sample-services.ts';
import { fetchUserInfo } from '../support/service.ts';
import { readAttribute, readHidden } from '../support/user-agent.ts';
import {
  askSilently,
  createOtherBrowser,
  createRequest,
  exchange,
  findStep,
  getForm,
  goThrough,
  obtainTokens,
  visit,
} from '../support/visits.ts';

describe('pages of an authorization request', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const refusedPost = async (page: { readonly status: number; readonly body: string }, codes: readonly string[]): Promise<void> => {
    expect({ status: page.status >= 400 && page.status < 500, code: findErrorCode(page) }).toEqual({
      status: true,
      code: expect.toBeOneOf([...codes]),
    });
  };

  test('AZ-22 an interaction begun in one browser cannot be shown, answered or resumed in another', async () => {
    const [attacker, victim] = [await at.newPerson(), await at.newPerson()];
    const page = await attacker.agent.get(createRequest(at.issuer, 'permit').url);
    const form = getForm(page, /\/decision$/);
    await at.changesNothing(async () => {
      await refusedPost(await victim.agent.get(page.url), ['interaction/expired']);
      await refusedPost(await victim.agent.post(form.action, { ...form.fields, decision: 'leave' }), ['interaction/expired']);
      await refusedPost(await victim.agent.get(page.url.replace('/interaction/', '/auth/')), ['interaction/expired']);
    });
    expect((await goThrough(attacker, page)).url).toContain('code=');
  });

  test('AZ-23 what proves interaction A does not finish interaction B', async () => {
    const traveller = await at.newPerson();
    const a = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    const b = await traveller.agent.get(createRequest(at.issuer, 'clinic').url);
    const begun = await traveller.agent.postJson(
      new URL(readAttribute(a.body, 'data-options-url'), at.issuer).href,
      readAttribute(a.body, 'data-token'),
      {},
    );
    const { ceremony, options } = toObject(begun.body);
    const answer = { ceremony, response: traveller.authenticator.authenticate(options, at.issuer) };
    const verify = new URL(readAttribute(b.body, 'data-verify-url'), at.issuer).href;
    await at.changesNothing(async () => {
      const swapped = await traveller.agent.postJson(verify, readAttribute(a.body, 'data-token'), answer);
      expect([swapped.status, toObject(JSON.stringify(toObject(swapped.body)['error']))['code']]).toEqual([409, 'interaction/stale']);
      const crossed = await traveller.agent.postJson(verify, readAttribute(b.body, 'data-token'), answer);
      expect([crossed.status, toObject(JSON.stringify(toObject(crossed.body)['error']))['code']]).toEqual([
        400,
        'passkey/challenge-unknown',
      ]);
    });
    expect(at.world.logLines.some((line) => line.includes('passkey/challenge-unknown'))).toBe(true);
    const good = await signIn(traveller, b);
    const consentA = await signIn(traveller, a);
    await at.changesNothing(async () => {
      const stolen = await traveller.agent.post(getForm(consentA, /\/decision$/).action, { ...readHidden(good.body), decision: 'allow' });
      await refusedPost(stolen, ['interaction/stale']);
    });
    expect((await allow(traveller, good)).url).toContain(`${clinicRedirect}?code=`);
  });

  test('AZ-24 jumping to the end or posting nothing passes no step', async () => {
    const traveller = await at.newPerson();
    const page = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    const decision = getForm(page, /\/decision$/);
    const verify = new URL(readAttribute(page.body, 'data-verify-url'), at.issuer).href;
    const token = readAttribute(page.body, 'data-token');
    await at.changesNothing(async () => {
      for (const body of [{}, { ceremony: 'x', response: {}, personId: 'somebody' }]) {
        const answered = await traveller.agent.postJson(verify, token, body);
        expect([answered.status, toObject(JSON.stringify(toObject(answered.body)['error']))['code']]).toEqual([400, 'request/invalid']);
      }
      for (const answer of ['allow', 'continue', 'refuse', 'later', '']) {
        await refusedPost(await traveller.agent.post(decision.action, { ...decision.fields, decision: answer }), ['request/invalid']);
      }
      await refusedPost(await traveller.agent.post(decision.action, { decision: 'allow' }), ['interaction/stale']);
      await refusedPost(await traveller.agent.post(decision.action, {}), ['interaction/stale']);
      const jumped = await traveller.agent.get(page.url.replace('/interaction/', '/auth/'));
      expect([jumped.url.startsWith(at.issuer), findStep(jumped)]).toEqual([true, expect.toBeOneOf(['sign-in', 'error'])]);
    });
    const again = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    expect((await goThrough(traveller, again)).url).toContain('code=');
  });

  test('AZ-25 no page can be framed, and only our own pages may start a ceremony', async () => {
    const traveller = await at.newPerson();
    const signInPage = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    const consentPage = await signIn(traveller, signInPage);
    await allow(traveller, consentPage);
    const pages = [
      signInPage,
      consentPage,
      await traveller.agent.get(`${at.issuer}/account`),
      await traveller.agent.get(`${at.issuer}/session/end?client_id=mol-work-permit`),
      await traveller.agent.get(createAltered(at.issuer, 'permit', { redirect_uri: 'http://evil.tld/' })),
      await traveller.agent.get(`${at.issuer}/`),
      await traveller.agent.get(`${at.issuer}/nowhere`),
    ];
    for (const { url, headers } of pages) {
      const policy = headers.get('content-security-policy') ?? '';
      expect([url, /frame-ancestors 'none'/.test(policy), headers.get('x-frame-options')]).toEqual([url, true, 'DENY']);
      expect(headers.get('permissions-policy')).toContain('publickey-credentials-get=(self)');
      expect([url, /unsafe-inline|unsafe-eval|\*/.test(policy)]).toEqual([url, false]);
    }
  });

  test('AZ-26 what a request carries is never markup on a page of ours', async () => {
    const attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    const tries = [
      'state',
      'nonce',
      'login_hint',
      'ui_locales',
      'claims_locales',
      'acr_values',
      'id_token_hint',
      'purpose',
      'scope',
      'claims',
    ];
    const urls = [
      ...tries.map((name) => createAltered(at.issuer, 'clinic', { [name]: attack })),
      createAltered(at.issuer, 'clinic', { redirect_uri: `${clinicRedirect}${attack}` }),
      createAltered(at.issuer, 'clinic', { client_id: attack }),
      `${at.issuer}/?lang=${encodeURIComponent(attack)}`,
      `${at.issuer}/${encodeURIComponent(attack)}`,
      `${at.issuer}/interaction/${encodeURIComponent(attack)}`,
      `${at.issuer}/enrol/${encodeURIComponent(attack)}`,
      `${at.issuer}/session/end?state=${encodeURIComponent(attack)}&post_logout_redirect_uri=${encodeURIComponent(attack)}`,
      `${at.issuer}/auth?error_description=${encodeURIComponent(attack)}`,
    ];
    for (const url of urls) {
      const page = await traveller.agent.get(url);
      expect([url, page.status < 500, /<script>alert|onerror=alert\(1\)>/.test(page.body)]).toEqual([url, true, false]);
    }
    expect(findStep(await traveller.agent.get(createRequest(at.issuer, 'clinic').url))).toBe('decide');
  });

  test('AZ-27 line breaks, null and lone surrogates in state and nonce split no header', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    for (const [name, value] of [
      ['state', 'a%0D%0ASet-Cookie:%20x=1'],
      ['nonce', 'a%0D%0ASet-Cookie:%20x=1'],
      ['state', 'a%00b'],
      ['state', '%ED%A0%80'],
      ['nonce', '%ED%A0%80'],
      ['state', '%FF%FE'],
    ] as const) {
      const url = createAltered(at.issuer, 'permit', { [name]: 'REPLACED' }).replace('REPLACED', value);
      const answered = await traveller.agent.send(url);
      const location = answered.headers.get('location') ?? '';
      expect([
        url,
        answered.status < 500,
        ['\r', '\n', '\0'].some((letter) => location.includes(letter)),
        answered.headers.get('set-cookie')?.includes('x=1') ?? false,
      ]).toEqual([url, true, false, false]);
    }
    expect((await askSilently(traveller, 'permit', { state: 'plain' })).get('state')).toBe('plain');
  });

  test('AZ-29 the authorization endpoint knows GET, answers POST with 303 to the same by GET, and no other method or origin', async () => {
    const { url } = createRequest(at.issuer, 'permit');
    const headers = { origin: 'http://localhost:3001', 'access-control-request-method': 'GET' };
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
      const answered = await fetch(url, { method, headers, redirect: 'manual' });
      expect([method, answered.status, answered.headers.get('access-control-allow-origin')]).toEqual([method, 405, null]);
    }
    const posted = await fetch(`${at.issuer}/auth`, { method: 'POST', body: new URL(url).searchParams, headers, redirect: 'manual' });
    expect([posted.status, posted.headers.get('access-control-allow-origin')]).toEqual([303, null]);
    const got = await fetch(url, { headers, redirect: 'manual' });
    expect([got.status, got.headers.get('access-control-allow-origin')]).toEqual([303, null]);
  });

  test('AZ-30 after a form the browser is always sent on with 303', async () => {
    const traveller = await at.newPerson();
    const consentPage = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
    const post = async (action: string, fields: Readonly<Record<string, string>>) =>
      traveller.agent.send(action, { method: 'POST', body: new URLSearchParams(fields) });
    const form = getForm(consentPage, /\/decision$/);
    const decided = await post(form.action, { ...form.fields, decision: 'allow' });
    const resumed = await traveller.agent.send(new URL(decided.headers.get('location') ?? '', at.issuer).href);
    expect([decided.status, resumed.status]).toEqual([303, 303]);
    const out = getForm(await traveller.agent.get(`${at.issuer}/session/end?client_id=mol-work-permit`), /confirm$/);
    expect((await post(out.action, { ...out.fields, logout: 'yes' })).status).toBe(303);
  });

  test('AZ-31 a suspended service starts nothing, is shown nothing mid-flow, resumes nothing and exchanges nothing', async () => {
    const traveller = await at.newPerson();
    const consentPage = await signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));
    const other = await at.newPerson();
    const pending = await visit(other, 'permit');
    await setServiceStatus(at.world, 'permit', 'suspended');
    await at.changesNothing(async () => {
      const started = await other.agent.get(createRequest(at.issuer, 'permit').url);
      expect([started.status, findErrorCode(started)]).toEqual([400, 'service/unknown']);
      await refusedPost(await submit(traveller, consentPage, { decision: 'allow' }), ['service/unknown']);
      const resumed = await traveller.agent.get(consentPage.url.replace('/interaction/', '/auth/'));
      expect([resumed.status, resumed.url.startsWith(at.issuer)]).toEqual([400, true]);
      expect((await exchange(pending, at.issuer)).body['error']).toBe('invalid_client');
    });
    await setServiceStatus(at.world, 'permit', 'active');
    expect((await visit(traveller, 'permit')).answer.has('code')).toBe(true);
  });

  test('AZ-33 two services in two tabs of one browser, step by step in turns, both end well and nothing is mixed', async () => {
    const traveller = await at.newPerson();
    const [permit, clinic] = [createRequest(at.issuer, 'permit'), createRequest(at.issuer, 'clinic')];
    const [first, second] = [await traveller.agent.get(permit.url), await traveller.agent.get(clinic.url)];
    const firstConsent = await signIn(traveller, first);
    const secondConsent = await signIn(traveller, second);
    const secondCallback = await allow(traveller, secondConsent, ['gender']);
    const firstCallback = await allow(traveller, firstConsent, ['email']);
    expect([firstCallback.url.startsWith(permitRedirect), secondCallback.url.startsWith(clinicRedirect)]).toEqual([true, true]);
    const states = [firstCallback, secondCallback].map(({ url }) => new URL(url).searchParams.get('state'));
    expect(states).toEqual([permit.state, clinic.state]);
    const infoOf = async (place: 'permit' | 'clinic', request: typeof permit, callback: string) => {
      const answer = new URL(callback).searchParams;
      const tokens = await exchange({ place, request, callback, answer }, at.issuer);
      return (await fetchUserInfo(at.issuer, tokens.body['access_token'])).body;
    };
    const permitInfo = await infoOf('permit', permit, firstCallback.url);
    const clinicInfo = await infoOf('clinic', clinic, secondCallback.url);
    expect([permitInfo['email'], permitInfo['gender'], clinicInfo['email'], clinicInfo['gender']]).toEqual([
      'sara@example.test',
      undefined,
      undefined,
      'female',
    ]);
    expect((await obtainTokens(createOtherBrowser(traveller), 'permit')).status).toBe(200);
    expect(createTraveller(at.issuer).agent.cookies.size).toBe(0);
  });
});
