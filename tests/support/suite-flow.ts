// One authorization of the suite, from its request to tokens and UserInfo, with the checks that every module of it makes.

import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { expect } from 'vitest';
import { allow, goOn, signIn } from './person-journey.ts';
import { toObject } from './raw-request.ts';
import { createRandom } from './suite.ts';
import type { RelyingParty, SuiteClient } from './suite.ts';
import { findForms, findStep } from './visits.ts';
import type { Answered } from './user-agent.ts';

export type Request = {
  readonly parameters: Readonly<Record<string, string>>;
  readonly client: SuiteClient;
};

export type Authorization = {
  readonly request: Request;
  /** What the person was shown, in order. */
  readonly steps: readonly string[];
  /** Where the browser came to rest. */
  readonly page: Answered;
  /** What arrived at the redirect URI; undefined where nothing did. */
  readonly answer: URLSearchParams | undefined;
};

export type Changes = Readonly<Record<string, string | undefined>>;

/** With what the suite always sends; undefined takes a parameter out. */
export function createRequest(at: RelyingParty, changes: Changes = {}, client: SuiteClient = at.client): Request {
  const usual: Changes = {
    client_id: client.clientId,
    redirect_uri: client.callback,
    scope: 'openid',
    state: createRandom(10),
    nonce: createRandom(10),
    response_type: 'code',
    ...(at.mode === 'form_post' ? { response_mode: 'form_post' } : {}),
    ...changes,
  };
  const parameters = Object.entries(usual).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { parameters: Object.fromEntries(parameters), client };
}

export function toUrl(at: RelyingParty, request: Request): string {
  return `${at.issuer}/auth?${new URLSearchParams(request.parameters).toString()}`;
}

/** Through the pages as an outside browser goes, pressing what goes on. */
async function walk(
  at: RelyingParty,
  page: Answered,
  steps: readonly string[],
): Promise<{ readonly page: Answered; readonly steps: readonly string[] }> {
  const step = findStep(page);
  if (step === undefined || step === 'error') {
    return { page, steps };
  }
  const press = { 'sign-in': signIn, decide: allow, continue: goOn }[step];
  return walk(at, await press(at.person, page), [...steps, step]);
}

/** As the suite receives it: in the query, or posted by the page by itself. */
function readAnswer(at: RelyingParty, { client: { callback } }: Request, page: Answered): URLSearchParams | undefined {
  if (at.mode === 'query') {
    return page.url.startsWith(`${callback}?`) ? new URL(page.url).searchParams : undefined;
  }
  const [form] = findForms(page, /./);
  return form?.action === callback ? new URLSearchParams(form.fields) : undefined;
}

export async function follow(at: RelyingParty, request: Request, page: Answered): Promise<Authorization> {
  const walked = await walk(at, page, []);
  return { request, ...walked, answer: readAnswer(at, request, walked.page) };
}

export async function authorize(at: RelyingParty, changes: Changes = {}, client: SuiteClient = at.client): Promise<Authorization> {
  const request = createRequest(at, changes, client);
  return follow(at, request, await at.person.agent.get(toUrl(at, request)));
}

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Readonly<Record<string, unknown>> };

async function toReply(response: Response): Promise<Reply> {
  return { status: response.status, headers: response.headers, body: toObject(await response.text()) };
}

export async function callToken(at: RelyingParty, client: SuiteClient, fields: Readonly<Record<string, string>>): Promise<Reply> {
  const isPost = client.method === 'client_secret_post';
  const credentials = `${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.secret)}`;
  const body = new URLSearchParams({ ...fields, ...(isPost ? { client_id: client.clientId, client_secret: client.secret } : {}) });
  const headers: Readonly<Record<string, string>> = isPost ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  return toReply(await fetch(`${at.issuer}/token`, { method: 'POST', headers, body }));
}

/** What arrived, of this provider and for this request (RFC 9207; RFC 6749 §4.1.2). Nothing else comes along. */
function readArrived(at: RelyingParty, { answer, request }: Authorization): Readonly<Record<string, string>> {
  const { state, ...arrived } = Object.fromEntries(answer ?? []);
  expect([arrived['iss'], state]).toEqual([at.issuer, request.parameters['state']]);
  return arrived;
}

export function expectCode(at: RelyingParty, authorization: Authorization): string {
  const arrived = readArrived(at, authorization);
  expect(arrived).toEqual({ iss: at.issuer, code: expect.stringMatching(/./) });
  return arrived['code'] ?? '';
}

/** RFC 6749 §4.1.2.1: the suite looks at the characters of a description too. */
export function expectError(at: RelyingParty, authorization: Authorization): string {
  const { error = '', error_description: description = '', ...others } = readArrived(at, authorization);
  expect(others).toEqual({ iss: at.issuer });
  expect(description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/);
  return error;
}

/** RFC 6749 §5.2. */
export function expectTokenError(reply: Reply): void {
  expect(reply.status).toBe(400);
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  expect(reply.body['error']).toBe('invalid_grant');
  expect(reply.body['error_description'] ?? '').toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/);
}

export type IdToken = JWTPayload & { readonly auth_time?: number; readonly acr?: string; readonly name?: string };

const keysByIssuer = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/** Fetched once, as the suite does in each module. */
function toKeys(issuer: string): ReturnType<typeof createRemoteJWKSet> {
  const keys = keysByIssuer.get(issuer) ?? createRemoteJWKSet(new URL('/jwks', issuer));
  keysByIssuer.set(issuer, keys);
  return keys;
}

const toHalfHash = (token: string): string => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

/** OIDC Core 1.0 §3.1.3.7, with the key of the header found by its `kid`. */
export async function readIdToken(at: RelyingParty, client: SuiteClient, body: Reply['body']): Promise<IdToken> {
  const expected = {
    issuer: at.issuer,
    audience: client.clientId,
    algorithms: ['RS256'],
    requiredClaims: ['sub', 'iat', 'exp', 'auth_time'],
  };
  const { payload, protectedHeader } = await jwtVerify<IdToken>(String(body['id_token']), toKeys(at.issuer), expected);
  expect(protectedHeader.kid).toMatch(/./);
  expect(payload.sub).toMatch(/^[\x20-\x7E]{1,255}$/);
  expect(payload['at_hash'] ?? toHalfHash(String(body['access_token']))).toBe(toHalfHash(String(body['access_token'])));
  expect(Math.abs(Number(payload.iat) - Date.now() / 1000)).toBeLessThan(60);
  return payload;
}

/** RFC 6749 §5.1. */
export function expectTokens({ status, headers, body }: Reply): void {
  expect([status, body['error']]).toEqual([200, undefined]);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(headers.get('cache-control')).toContain('no-store');
  expect(body['token_type']).toBe('Bearer');
  expect(body['access_token']).toMatch(/^[\x20-\x7E]{22,}$/);
  expect(body['expires_in']).toBeGreaterThan(0);
}

export type SignedIn = { readonly authorization: Authorization; readonly code: string; readonly tokens: Reply; readonly idToken: IdToken };

export async function exchange(
  at: RelyingParty,
  authorization: Authorization,
  fields: Readonly<Record<string, string>> = {},
): Promise<SignedIn> {
  const { client, parameters } = authorization.request;
  const code = expectCode(at, authorization);
  const grant = { grant_type: 'authorization_code', code, redirect_uri: client.callback, ...fields };
  const tokens = await callToken(at, client, grant);
  expectTokens(tokens);
  const idToken = await readIdToken(at, client, tokens.body);
  expect(idToken['nonce']).toBe(parameters['nonce']);
  return { authorization, code, tokens, idToken };
}

/** What nearly every module does: ask, come back, exchange, check. */
export async function signInWith(at: RelyingParty, changes: Changes = {}, client: SuiteClient = at.client): Promise<SignedIn> {
  return exchange(at, await authorize(at, changes, client));
}

export type UserInfoBy = 'get' | 'post-header' | 'post-body';

export async function callUserInfo(at: RelyingParty, { tokens }: SignedIn, by: UserInfoBy = 'get'): Promise<Reply> {
  const token = String(tokens.body['access_token']);
  const headers = { authorization: `Bearer ${token}` };
  const sent: Readonly<Record<UserInfoBy, RequestInit>> = {
    get: { headers },
    'post-header': { method: 'POST', headers },
    'post-body': { method: 'POST', body: new URLSearchParams({ access_token: token }) },
  };
  return toReply(await fetch(`${at.issuer}/me`, sent[by]));
}

/** OIDC Core 1.0 §5.3.2: of the same subject as the ID token. */
export async function readUserInfo(at: RelyingParty, signedIn: SignedIn, by?: UserInfoBy): Promise<Reply['body']> {
  const { status, headers, body } = await callUserInfo(at, signedIn, by);
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/json/)]);
  expect(body['sub']).toBe(signedIn.idToken.sub);
  return body;
}
