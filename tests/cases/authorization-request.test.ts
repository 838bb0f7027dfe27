// Authorization requests that are wrong, each beside the right one (security contract 2.1).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAltered, createCaseWorld, findErrorCode, readAnswer } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { createTraveller } from '../support/person-journey.ts';
import { clinicRedirect, permitRedirect } from '../support/sample-services.ts';
import { requestTokens } from '../support/service.ts';
import { readReturned } from '../support/signed-request.ts';
import { askSilently, createRequest, exchange, findStep, obtainTokens, visit } from '../support/visits.ts';

describe('authorization requests', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  /** The page or the redirect that a browser without a session gets. */
  const ask = async (url: string) => createTraveller(at.issuer).agent.get(url);

  const expectOwnErrorPage = async (url: string, code = 'service/return-address-unknown'): Promise<void> => {
    const page = await at.changesNothing(async () => ask(url));
    expect({ url, status: page.status, own: page.url.startsWith(at.issuer), code: findErrorCode(page) }).toEqual({
      url,
      status: 400,
      own: true,
      code,
    });
  };

  const expectErrorAtService = async (url: string, error: string): Promise<void> => {
    const arrived = await at.changesNothing(async () => ask(url));
    expect({ url, at: arrived.url.split(/[?#]/)[0], error: readAnswer(arrived.url).get('error') }).toEqual({
      url,
      at: permitRedirect,
      error,
    });
  };

  const withRedirect = (redirectUri: string): string => createAltered(at.issuer, 'permit', { redirect_uri: redirectUri });

  const rightOne = async (): Promise<string | undefined> => findStep(await ask(withRedirect(permitRedirect)));

  test('AZ-01 a redirect_uri that differs by one character, case, slash, query, dot segment or port is refused on our own page', async () => {
    expect(await rightOne()).toBe('sign-in');
    const near = [
      'http://localhost:3001/callbacK',
      'http://localhost:3001/callbac',
      'http://localhost:3001/callback/',
      'http://localhost:3001/callback?x=1',
      'http://localhost:3001/callback?',
      'http://localhost:3001/callback#x',
      'http://localhost:3001/x/../callback',
      'http://localhost:3001/x/%2e%2e/callback',
      'http://localhost:3001/%63allback',
      'http://LOCALHOST:3001/callback',
      'http://localhost:80/callback',
      'http://localhost/callback',
      'http://127.0.0.1:3001/callback',
      'https://localhost:3001/callback',
      ' http://localhost:3001/callback',
      'http://localhost:3001/callback ',
    ];
    for (const redirectUri of near) {
      await expectOwnErrorPage(withRedirect(redirectUri));
    }
    await expectOwnErrorPage(createAltered(at.issuer, 'permit', { redirect_uri: undefined }), 'service/refused');
  });

  test('AZ-02 user information, a backslash host, a tab or a line break inside a redirect_uri is refused on our own page', async () => {
    expect(await rightOne()).toBe('sign-in');
    const odd = [
      'http://localhost:3001@evil.example/callback',
      'http://localhost:3001\\@evil.example/callback',
      'http://evil.example\\.localhost:3001/callback',
      'http://localhost:3001/call\tback',
      'http://localhost:3001/callback\n',
      'http://localhost:3001/callback\u0000',
      'javascript:alert(1)',
      '//localhost:3001/callback',
    ];
    for (const redirectUri of odd) {
      await expectOwnErrorPage(withRedirect(redirectUri));
    }
  });

  test('AZ-03 a redirect_uri that only begins with, ends with or contains the registered one is refused on our own page', async () => {
    expect(await rightOne()).toBe('sign-in');
    const wider = [
      'http://localhost:3001.evil.tld/callback',
      'http://evil.tld/?to=http://localhost:3001/callback',
      'http://evil.tld/http://localhost:3001/callback',
      'http://localhost:30011/callback',
      'http://localhost:3001/callback.evil.tld',
      'http://*:3001/callback',
      clinicRedirect,
    ];
    for (const redirectUri of wider) {
      await expectOwnErrorPage(withRedirect(redirectUri));
    }
  });

  test('AZ-04 a parameter that comes twice is invalid_request, never the first and never the last', async () => {
    expect(await rightOne()).toBe('sign-in');
    const url = createRequest(at.issuer, 'permit').url;
    for (const name of ['client_id', 'redirect_uri'] as const) {
      const value = new URL(url).searchParams.get(name) ?? '';
      await expectOwnErrorPage(`${url}&${name}=${encodeURIComponent(value)}`, 'service/refused');
    }
    for (const name of ['scope', 'state', 'nonce', 'response_type', 'code_challenge', 'purpose']) {
      const value = new URL(url).searchParams.get(name) ?? 'permit-renewal';
      const doubled = name === 'purpose' ? `${url}&purpose=job-fair` : url;
      const arrived = await at.changesNothing(async () => ask(`${doubled}&${name}=${encodeURIComponent(value)}`));
      const error = arrived.url.startsWith(at.issuer) ? findErrorCode(arrived) : readAnswer(arrived.url).get('error');
      expect([name, error]).toEqual([name, arrived.url.startsWith(at.issuer) ? 'service/refused' : 'invalid_request']);
    }
  });

  test('AZ-05 any response_type but code is unsupported, and a flow under way cannot be given another', async () => {
    await expectErrorAtService(createAltered(at.issuer, 'permit', { response_type: 'none' }), 'unsupported_response_type');
    // These answer in the fragment unless they say otherwise, and that mode is refused before the type is looked at.
    for (const type of ['token', 'id_token', 'code id_token', 'code token']) {
      await expectErrorAtService(createAltered(at.issuer, 'permit', { response_type: type }), 'invalid_request');
    }
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    const page = await traveller.agent.get(createAltered(at.issuer, 'clinic', {}));
    const resumed = await traveller.agent.get(
      `${page.url.replace('/interaction/', '/auth/')}?response_type=token&redirect_uri=http://evil.tld/`,
    );
    expect(resumed.url.includes('evil.tld') || resumed.url.includes('access_token')).toBe(false);
  });

  test('AZ-06 a response_mode that is not registered for the service is invalid_request', async () => {
    expect(findStep(await ask(createAltered(at.issuer, 'permit', { response_mode: 'query' })))).toBe('sign-in');
    const permit = { issuer: at.issuer, clientId: 'mol-work-permit' };
    for (const mode of ['form_post', 'fragment', 'query.jwt', 'jwt', 'web_message', 'nonsense']) {
      const url = createAltered(at.issuer, 'permit', { response_mode: mode });
      const arrived = await at.changesNothing(async () => ask(url));
      expect([mode, findStep(arrived)]).not.toEqual([mode, 'sign-in']);
      const isOurs = arrived.url.startsWith(at.issuer);
      // A refusal of a known mode is still delivered in it, signed where the mode is, to the registered address and nowhere else.
      const returned = mode.endsWith('jwt') && !isOurs ? await readReturned(permit, arrived.url) : readAnswer(arrived.url);
      const error = /name="error" value="([^"]*)"/.exec(arrived.body)?.[1] ?? (isOurs ? findErrorCode(arrived) : returned.get('error'));
      expect([mode, error]).toEqual([
        mode,
        expect.stringMatching(/^(invalid_request|unsupported_response_mode|unauthorized_client|service\/refused)$/),
      ]);
    }
  });

  test('AZ-07 PKCE that is absent, plain, malformed or half is invalid_request before anybody signs in', async () => {
    expect(await rightOne()).toBe('sign-in');
    const challenge = new URL(createRequest(at.issuer, 'permit').url).searchParams.get('code_challenge') ?? '';
    const faults: readonly Readonly<Record<string, string | undefined>>[] = [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge: undefined },
      { code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
      { code_challenge_method: 's256' },
      { code_challenge: challenge.slice(0, 42) },
      { code_challenge: `${challenge}${challenge}${challenge}${challenge}` },
      { code_challenge: `${challenge.slice(0, 42)}!` },
    ];
    for (const fault of faults) {
      await expectErrorAtService(createAltered(at.issuer, 'permit', fault), 'invalid_request');
    }
  });

  test('AZ-08 a challenge stripped from the request is noticed at both ends', async () => {
    await expectErrorAtService(
      createAltered(at.issuer, 'permit', { code_challenge: undefined, code_challenge_method: undefined }),
      'invalid_request',
    );
    const traveller = await at.newPerson();
    await visit(traveller, 'clinic');
    const arrived = await traveller.agent.get(
      createAltered(at.issuer, 'clinic', { code_challenge: undefined, code_challenge_method: undefined }),
    );
    const code = readAnswer(arrived.url).get('code') ?? '';
    const fields = { grant_type: 'authorization_code', code, redirect_uri: clinicRedirect };
    const downgraded = await requestTokens(at.issuer, { ...fields, code_verifier: 'v'.repeat(43) }, 'clinic');
    expect(downgraded.body['error']).toBe('invalid_grant');
    expect((await requestTokens(at.issuer, fields, 'clinic')).status).toBe(200);
  });

  test('AZ-15 iss names the issuer byte for byte in success and in error', async () => {
    const traveller = await at.newPerson();
    const silent = await askSilently(traveller, 'permit');
    expect([silent.get('error'), silent.get('iss')]).toEqual(['login_required', at.issuer]);
    const visited = await visit(traveller, 'permit');
    expect(visited.answer.getAll('iss')).toEqual([at.issuer]);
    const refused = readAnswer((await ask(createAltered(at.issuer, 'permit', { prompt: 'none login' }))).url);
    expect([refused.get('error'), refused.get('iss')]).toEqual(['invalid_request', at.issuer]);
  });

  test('AZ-16 prompt=none shows nothing and leaves nothing behind, without a session and without a consent', async () => {
    const traveller = await at.newPerson();
    const nobody = await at.changesNothing(async () => askSilently(createTraveller(at.issuer), 'permit'));
    expect(nobody.get('error')).toBe('login_required');
    await visit(traveller, 'permit');
    const unasked = await at.changesNothing(async () => askSilently(traveller, 'clinic'));
    expect(unasked.get('error')).toBe('consent_required');
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  test('AZ-17 prompt=none beside another and an unknown prompt are invalid_request', async () => {
    for (const prompt of ['none login', 'none consent', 'login none', 'create', 'nonsense']) {
      await expectErrorAtService(createAltered(at.issuer, 'permit', { prompt }), 'invalid_request');
    }
    expect(findStep(await ask(createAltered(at.issuer, 'permit', { prompt: 'login consent' })))).toBe('sign-in');
  });

  test('AZ-18 max_age asks for a fresh ceremony or is refused, and auth_time is true', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    for (const age of ['-1', '1e99', 'abc']) {
      await expectErrorAtService(createAltered(at.issuer, 'permit', { max_age: age }), 'invalid_request');
    }
    expect((await askSilently(traveller, 'permit', { max_age: '3600' })).has('code')).toBe(true);
    await new Promise((resolve) => {
      setTimeout(resolve, 1100);
    });
    expect((await askSilently(traveller, 'permit', { max_age: '0' })).get('error')).toBe('login_required');
    const began = Math.floor(Date.now() / 1000);
    const tokens = await obtainTokens(traveller, 'permit', { extra: { max_age: '0' } });
    const { auth_time: authTime } = await readIdToken(at.issuer, tokens.body['id_token']);
    expect(Number(authTime)).toBeGreaterThanOrEqual(began);
    expect((await exchange(await visit(traveller, 'permit', { extra: { max_age: '99999999' } }), at.issuer)).status).toBe(200);
  });
});
