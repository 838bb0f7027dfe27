// The modules of the Basic plan, each as the suite runs it: what it sends, what the person does, what it checks. Run once with the answer in the query
// and once posted by a form.

import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { createRandom, withFreshBrowser } from '../support/suite.ts';
import type { Suite } from '../support/suite.ts';
import {
  authorize,
  callToken,
  callUserInfo,
  createRequest,
  exchange,
  expectError,
  expectTokenError,
  expectTokens,
  follow,
  readIdToken,
  readUserInfo,
  signInWith,
  toUrl,
} from '../support/suite-flow.ts';
import type { Authorization, Changes, SignedIn, UserInfoBy } from '../support/suite-flow.ts';
import { expectClaimsOf, standardScopes } from './standard-claims.ts';
import type { StandardScope } from './standard-claims.ts';

export type Module = (at: Suite) => Promise<void>;

const seconds = (count: number): number => count * 1000;

/** Signed in before, so that what comes then is told from a first visit. */
async function signInTwice(
  at: Suite,
  second: (first: SignedIn) => Changes,
): Promise<{ readonly first: SignedIn; readonly again: SignedIn }> {
  const first = await signInWith(at);
  return { first, again: await signInWith(at, second(first)) };
}

/** The same sign-in, the same person, and no page between. */
function expectSameSignIn({ first, again }: { readonly first: SignedIn; readonly again: SignedIn }): void {
  expect(again.authorization.steps).toEqual([]);
  expect([again.idToken.sub, again.idToken.auth_time]).toEqual([first.idToken.sub, first.idToken.auth_time]);
}

const succeedsWith =
  (changes: Changes): Module =>
  async (at) => {
    await readUserInfo(at, await signInWith(at, changes));
  };

const readsUserInfo =
  (by: UserInfoBy): Module =>
  async (at) => {
    expect(await readUserInfo(at, await signInWith(at), by)).toHaveProperty('sub');
  };

const releases =
  (...scopes: readonly StandardScope[]): Module =>
  async (at) => {
    expectClaimsOf(scopes, await readUserInfo(at, await signInWith(at, { scope: ['openid', ...scopes].join(' ') })));
  };

/** OIDC Core 1.0 §6.1, unsigned. */
function toRequestObject(at: Suite, parameters: Readonly<Record<string, string>>): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode({ ...parameters, aud: at.issuer, iss: parameters['client_id'] })}.`;
}

/** What the suite sends: the rest, `state` too, stands in the object alone. */
async function sendRequestObject(at: Suite, outside: Changes): Promise<Authorization> {
  const { parameters } = createRequest(at);
  return authorize(at, { state: undefined, nonce: undefined, ...outside, request: toRequestObject(at, parameters) });
}

/** The code a second time: refused, and what it brought at first is worth nothing any more (RFC 6749 §4.1.2). */
async function reuseCode(at: Suite, { code, authorization }: SignedIn): Promise<void> {
  expectTokenError(
    await callToken(at, authorization.request.client, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: authorization.request.client.callback,
    }),
  );
}

/** A page of ours that says why, for the picture that the suite keeps; nobody is sent anywhere. */
function expectUnknownAddress(at: Suite, { page, answer }: Authorization): void {
  expect([new URL(page.url).origin, page.status, findErrorCode(page), answer]).toEqual([
    at.issuer,
    400,
    'service/return-address-unknown',
    undefined,
  ]);
}

async function refresh(at: Suite, signedIn: SignedIn, fields: Readonly<Record<string, string>> = {}): Promise<SignedIn> {
  const { client } = signedIn.authorization.request;
  at.pass(seconds(1));
  const tokens = await callToken(at, client, {
    grant_type: 'refresh_token',
    refresh_token: String(signedIn.tokens.body['refresh_token']),
    ...fields,
  });
  expectTokens(tokens);
  const idToken = await readIdToken(at, client, tokens.body);
  // OIDC Core 1.0 §12.2
  for (const same of ['iss', 'sub', 'aud', 'auth_time', 'azp'] as const) {
    expect([same, idToken[same]]).toEqual([same, signedIn.idToken[same]]);
  }
  expect(idToken.iat).toBeGreaterThan(Number(signedIn.idToken.iat));
  expect(tokens.body['access_token']).not.toBe(signedIn.tokens.body['access_token']);
  return { ...signedIn, tokens, idToken };
}

export const basicModules: Readonly<Record<string, Module>> = {
  'oidcc-server': succeedsWith({}),
  'oidcc-response-type-missing': async (at) => {
    const authorization = await authorize(at, { response_type: undefined });
    expect(['invalid_request', 'unsupported_response_type']).toContain(expectError(at, authorization));
  },
  'oidcc-userinfo-get': readsUserInfo('get'),
  'oidcc-userinfo-post-header': readsUserInfo('post-header'),
  'oidcc-userinfo-post-body': readsUserInfo('post-body'),
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': async (at) => {
    expect((await signInWith(at, { nonce: undefined })).idToken).not.toHaveProperty('nonce');
  },
  'oidcc-scope-profile': releases('profile'),
  'oidcc-scope-email': releases('email'),
  'oidcc-scope-address': releases('address'),
  'oidcc-scope-phone': releases('phone'),
  'oidcc-scope-all': releases(...standardScopes),
  'oidcc-alternate-happy-flow': async (at) => {
    const { parameters, client } = createRequest(at, { scope: 'email openid' });
    const request = { client, parameters: Object.fromEntries(Object.entries(parameters).toReversed()) };
    const authorization = await follow(at, request, await at.person.agent.get(toUrl(at, request)));
    expectClaimsOf(['email'], await readUserInfo(at, await exchange(at, authorization)));
  },
  'oidcc-display-page': succeedsWith({ display: 'page' }),
  'oidcc-display-popup': succeedsWith({ display: 'popup' }),
  'oidcc-prompt-login': async (at) => {
    const first = await signInWith(at);
    at.pass(seconds(5));
    const again = await signInWith(at, { prompt: 'login' });
    expect(again.authorization.steps[0]).toBe('sign-in');
    expect(Number(again.idToken.auth_time) - Number(first.idToken.auth_time)).toBeGreaterThanOrEqual(5);
  },
  'oidcc-prompt-none-not-logged-in': async (at) => {
    const authorization = await authorize(withFreshBrowser(at), { prompt: 'none', state: createRandom(128) });
    expect([authorization.steps, expectError(at, authorization)]).toEqual([[], 'login_required']);
  },
  'oidcc-prompt-none-logged-in': async (at) => expectSameSignIn(await signInTwice(at, () => ({ prompt: 'none' }))),
  'oidcc-max-age-1': async (at) => {
    const first = await signInWith(at);
    at.pass(seconds(2));
    const again = await signInWith(at, { max_age: '1' });
    expect(again.authorization.steps[0]).toBe('sign-in');
    expect(again.idToken.auth_time).toBeGreaterThan(Number(first.idToken.auth_time));
    expect(Math.floor(Date.now() / 1000) - Number(again.idToken.auth_time)).toBeLessThan(60);
  },
  'oidcc-max-age-10000': async (at) => expectSameSignIn(await signInTwice(at, () => ({ max_age: '10000' }))),
  'oidcc-ensure-request-with-unknown-parameter-succeeds': succeedsWith({ extra: 'foobar' }),
  'oidcc-id-token-hint': async (at) => {
    expectSameSignIn(await signInTwice(at, ({ tokens }) => ({ prompt: 'none', id_token_hint: String(tokens.body['id_token']) })));
  },
  'oidcc-login-hint': async (at) => {
    const { authorization } = await signInWith(withFreshBrowser(at), { login_hint: at.loginHint });
    expect(authorization.steps[0]).toBe('sign-in');
  },
  'oidcc-ui-locales': succeedsWith({ ui_locales: 'se' }),
  'oidcc-claims-locales': succeedsWith({ claims_locales: 'se' }),
  'oidcc-ensure-request-with-acr-values-succeeds': async (at) => {
    const asked = 'urn:huwiya:loa:substantial urn:huwiya:loa:high';
    expect(asked.split(' ')).toContain((await signInWith(at, { acr_values: asked })).idToken.acr);
  },
  'oidcc-codereuse': async (at) => {
    const signedIn = await signInWith(at);
    expect((await callUserInfo(at, signedIn)).status).toBe(200);
    await reuseCode(at, signedIn);
  },
  'oidcc-codereuse-30seconds': async (at) => {
    const signedIn = await signInWith(at);
    expect((await callUserInfo(at, signedIn)).status).toBe(200);
    at.pass(seconds(30));
    await reuseCode(at, signedIn);
    expect((await callUserInfo(at, signedIn)).status).toBe(401);
  },
  'oidcc-ensure-registered-redirect-uri': async (at) => {
    expectUnknownAddress(at, await authorize(at, { redirect_uri: `${at.client.callback}/${createRandom(10)}` }));
  },
  'oidcc-ensure-post-request-succeeds': async (at) => {
    const request = createRequest(at);
    const authorization = await follow(at, request, await at.person.agent.post(`${at.issuer}/auth`, request.parameters));
    await readUserInfo(at, await exchange(at, authorization));
  },
  'oidcc-server-client-secret-post': async (at) => {
    await readUserInfo(at, await signInWith(at, {}, at.clientSecretPost));
  },
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': async (at) => {
    expect(expectError(at, await sendRequestObject(at, {}))).toBe('request_not_supported');
  },
  'oidcc-claims-essential': async (at) => {
    const signedIn = await signInWith(at, { claims: JSON.stringify({ userinfo: { name: { essential: true } } }) });
    expect(await readUserInfo(at, signedIn)).toMatchObject({ name: expect.stringMatching(/./) });
    expect(signedIn.idToken).not.toHaveProperty('name');
  },
  'oidcc-ensure-request-object-with-redirect-uri': async (at) => {
    expectUnknownAddress(at, await sendRequestObject(at, { redirect_uri: `${at.client.callback}_invalid` }));
  },
  'oidcc-refresh-token': async (at) => {
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    const first = await refresh(at, await signInWith(at, offline), { scope: 'openid offline_access' });
    await readUserInfo(at, first);
    const second = await refresh(at, await signInWith(at, offline, at.client2));
    await readUserInfo(at, second);
    const stolen = { grant_type: 'refresh_token', refresh_token: String(second.tokens.body['refresh_token']) };
    expectTokenError(await callToken(at, at.client, stolen));
  },
  'oidcc-ensure-request-with-valid-pkce-succeeds': async (at) => {
    const verifier = createRandom(64);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const authorization = await authorize(at, { code_challenge: challenge, code_challenge_method: 'S256' });
    await readUserInfo(at, await exchange(at, authorization, { code_verifier: verifier }));
  },
};
