// The modules of the plans for RP-initiated and back-channel logout: each signs in, sends the browser to end the session as the suite does, and looks where it
// ends up and whether anybody is still signed in.

import { generateKeyPairSync, sign } from 'node:crypto';
import { expect } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { startLogoutReceiver } from '../support/logout-receiver.ts';
import { registerMetadata } from '../support/receiver.ts';
import { suiteBase } from '../support/conformance-files.ts';
import { createRandom } from '../support/suite.ts';
import type { Suite } from '../support/suite.ts';
import { authorize, expectError, signInWith } from '../support/suite-flow.ts';
import type { Changes, SignedIn } from '../support/suite-flow.ts';
import { findForms } from '../support/visits.ts';
import type { Answered } from '../support/user-agent.ts';
import type { Module } from './basic-modules.ts';
import { readDiscovery } from './discovery.ts';

const goodbye = `${suiteBase}/post_logout_redirect`;

type Ending = { readonly signedIn: SignedIn; readonly state: string };

/** What the suite sends, changed; undefined takes a parameter out. */
function toEnding({ signedIn, state }: Ending, changes: Changes): Readonly<Record<string, string>> {
  const usual: Changes = {
    id_token_hint: String(signedIn.tokens.body['id_token']),
    post_logout_redirect_uri: goodbye,
    state,
    ...changes,
  };
  return Object.fromEntries(Object.entries(usual).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

type Ended = { readonly asked: Answered; readonly left: Answered; readonly state: string };

/** By GET, which the suite uses, or by POST (RP-Initiated Logout 1.0 §2). */
async function open(at: Suite, parameters: Readonly<Record<string, string>>, method: 'GET' | 'POST'): Promise<Answered> {
  const { agent } = at.person;
  return method === 'GET'
    ? agent.get(`${at.issuer}/session/end?${new URLSearchParams(parameters).toString()}`)
    : agent.post(`${at.issuer}/session/end`, parameters);
}

type Way = { readonly method?: 'GET' | 'POST'; readonly reach?: 'everywhere' | 'here' };

/** Where a choice is offered, the person signs out. */
async function endSession(at: Suite, change: (signedIn: SignedIn) => Changes, way: Way = {}): Promise<Ended> {
  const state = createRandom(128);
  const signedIn = await signInWith(at);
  const asked = await open(at, toEnding({ signedIn, state }, change(signedIn)), way.method ?? 'GET');
  const [form] = findForms(asked, /\/session\/end\/confirm$/);
  if (form === undefined) {
    return { asked, left: asked, state };
  }
  const chosen = way.reach === 'here' ? form.fields : { ...form.fields, logout: 'yes' };
  return { asked, left: await at.person.agent.post(form.action, chosen), state };
}

/** OIDC Core 1.0 §3.1.2.6: a page would be needed. */
async function expectNobodySignedIn(at: Suite, error = 'login_required'): Promise<void> {
  const authorization = await authorize(at, { prompt: 'none' });
  expect([authorization.steps, expectError(at, authorization)]).toEqual([[], error]);
}

/** A page of ours that says what is wrong, and nobody is sent anywhere or signed out. */
const showsError =
  (change: (signedIn: SignedIn) => Changes): Module =>
  async (at) => {
    const { left } = await endSession(at, change);
    expect([new URL(left.url).origin, left.status, findErrorCode(left)]).toEqual([at.issuer, 400, 'sign-out/refused']);
    expect((await authorize(at, { prompt: 'none' })).answer?.has('code')).toBe(true);
  };

/** Signed out, and told so on a page of ours. */
const staysHere =
  (changes: Changes): Module =>
  async (at) => {
    const { left } = await endSession(at, () => changes);
    expect([left.status, left.url]).toEqual([200, `${at.issuer}/session/end/success`]);
    expect(left.body).toContain('data-signed-out="everywhere"');
    await expectNobodySignedIn(at);
  };

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same claims without a signature. */
function toUnsigned({ idToken }: SignedIn): string {
  return `${encode({ alg: 'none' })}.${encode(idToken)}.`;
}

/** The same claims under a key that is not the provider's. */
function toForged({ idToken }: SignedIn): string {
  const text = `${encode({ alg: 'RS256' })}.${encode(idToken)}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

export const logoutModules: Readonly<Record<string, Module>> = {
  'oidcc-rp-initiated-logout-discovery-endpoint-verification': async (at) => {
    expect(await readDiscovery(at.issuer)).toMatchObject({ end_session_endpoint: `${at.issuer}/session/end` });
  },
  'oidcc-rp-initiated-logout': async (at) => {
    for (const way of [
      { method: 'GET', reach: 'everywhere', error: 'login_required' },
      { method: 'POST', reach: 'everywhere', error: 'login_required' },
      { method: 'GET', reach: 'here', error: 'account_selection_required' },
    ] as const) {
      const { left, state } = await endSession(at, () => ({}), way);
      expect(left.url).toBe(`${goodbye}?state=${state}`);
      await expectNobodySignedIn(at, way.error);
    }
  },
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': showsError(() => ({
    post_logout_redirect_uri: `${goodbye}/${createRandom(10)}`,
  })),
  'oidcc-rp-initiated-logout-modified-id-token-hint': showsError((signedIn) => ({ id_token_hint: toUnsigned(signedIn) })),
  'oidcc-rp-initiated-logout-no-id-token-hint': async (at) => {
    const { asked, left } = await endSession(at, () => ({ id_token_hint: undefined }));
    expect(asked.body).toContain('data-action="sign-out"');
    expect(left.url).toBe(`${at.issuer}/session/end/success`);
    await expectNobodySignedIn(at);
  },
  'oidcc-rp-initiated-logout-no-params': staysHere({ id_token_hint: undefined, post_logout_redirect_uri: undefined, state: undefined }),
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': staysHere({ post_logout_redirect_uri: undefined }),
  'oidcc-rp-initiated-logout-no-state': async (at) => {
    const { left } = await endSession(at, () => ({ state: undefined }));
    expect(left.url).toBe(goodbye);
    await expectNobodySignedIn(at);
  },
  'oidcc-rp-initiated-logout-only-state': staysHere({ id_token_hint: undefined, post_logout_redirect_uri: undefined }),
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': showsError(() => ({
    post_logout_redirect_uri: `${goodbye}?foo=bar`,
  })),
  'oidcc-rp-initiated-logout-bad-id-token-hint': showsError((signedIn) => ({ id_token_hint: toForged(signedIn) })),
};

export const backChannelModules: Readonly<Record<string, Module>> = {
  'oidcc-backchannel-rp-initiated-logout': async (at) => {
    const receiver = await startLogoutReceiver(at.issuer, at.client.clientId);
    try {
      await registerMetadata(at.world, at.client.clientId, { backchannel_logout_uri: receiver.url });
      const signedIn = await signInWith(at);
      const { left, state } = await endSession(at, () => ({}));
      expect(left.url).toBe(`${goodbye}?state=${state}`);
      await expect.poll(() => receiver.taken.length).toBe(1);
      const [told] = receiver.taken;
      const { sub } = signedIn.idToken;
      expect(told?.header).toMatchObject({ alg: 'RS256', typ: 'logout+jwt' });
      expect(told?.payload).toEqual({
        iss: at.issuer,
        aud: at.client.clientId,
        sub,
        sid: signedIn.idToken['sid'],
        iat: expect.any(Number),
        exp: expect.any(Number),
        jti: expect.any(String),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      });
      await expectNobodySignedIn(at);
    } finally {
      await receiver.close();
    }
  },
  'oidcc-backchannel-logout-discovery-endpoint-verification': async (at) => {
    expect(await readDiscovery(at.issuer)).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      end_session_endpoint: `${at.issuer}/session/end`,
    });
  },
};
