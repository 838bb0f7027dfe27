// The units of work. Each answer is checked to be what a service needs: a code, tokens, attributes; anything else ends the run.

import { createHash, randomBytes, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Authentication, BenchService } from './registry.ts';
import type { Caller, Reply } from './requests.ts';
import type { Entering, Target, Visit } from './target.ts';

export const unitNames = ['W1', 'W1-key', 'W1u', 'W1u-key', 'W2', 'W2-kept', 'W3', 'W4', 'W5'] as const;
export type UnitName = (typeof unitNames)[number];

export const unitTexts: Readonly<Record<UnitName, string>> = {
  W1: 'remembered sign-in, secret',
  'W1-key': 'remembered sign-in, private_key_jwt',
  W1u: 'W1 and UserInfo, secret',
  'W1u-key': 'W1 and UserInfo, private_key_jwt',
  W2: 'refresh with rotation, public application',
  'W2-kept': 'refresh of a token that stays, secret',
  W3: 'UserInfo',
  W4: 'client credentials, private_key_jwt',
  W5: 'first sign-in, decision, UserInfo, secret',
};

export function toAuthentication(unit: UnitName): Authentication {
  return unit.endsWith('-key') ? 'key' : 'secret';
}

/** What the load needs beside the server: the services' key, and what was prepared for this round. */
export type Load = {
  readonly target: Target;
  readonly caller: Caller;
  readonly signingKey: KeyObject;
  readonly visits: readonly Visit[];
  /** Client assertions by number of the operation. */
  readonly assertions: readonly string[];
  /** Access tokens for W3, used in turn. */
  readonly tokens: readonly string[];
  /** Refresh tokens for W2 that nobody is using at the moment; a successor takes the place of the one it came from. */
  readonly refreshes: Refresh[];
};

export type Refresh = { readonly service: BenchService; readonly token: string };

type Pkce = { readonly verifier: string; readonly challenge: string };

const pkces: readonly Pkce[] = Array.from({ length: 64 }, () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
});

export function getTurn<T>(items: readonly T[], turn: number): T {
  const item = items[turn % items.length];
  if (item === undefined) {
    throw new RangeError('nothing was prepared');
  }
  return item;
}

function fail(what: string, reply: Reply): never {
  throw new Error(`${what}: ${reply.status} ${reply.location} ${reply.body.slice(0, 200)}`);
}

function parseObject(text: string): ReadonlyMap<string, unknown> {
  const value: unknown = JSON.parse(text);
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

export function createAssertion(load: Pick<Load, 'target' | 'signingKey'>, clientId: string): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: clientId, sub: clientId, aud: load.target.issuer, iat: now, exp: now + 240, jti: randomUUID() };
  const text = `${encode({ alg: 'ES256', kid: 'bench-1', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: load.signingKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** An authorization request with a live session and a standing consent: the code. */
export async function requestCode(load: Load, visit: Visit, turn: number): Promise<string> {
  const { service } = visit;
  const query = new URLSearchParams({
    client_id: service.clientId,
    redirect_uri: service.redirectUri,
    response_type: 'code',
    scope: load.target.scope,
    state: `state-${turn}`,
    nonce: `nonce-${turn}`,
    code_challenge: getTurn(pkces, turn).challenge,
    code_challenge_method: 'S256',
  });
  const headers = { cookie: visit.cookie, accept: 'text/html', 'accept-language': 'en' };
  const reply = await load.caller.send({ method: 'GET', path: `${load.target.paths.authorize}?${query.toString()}`, headers });
  const code = reply.location.startsWith(`${service.redirectUri}?`) ? new URL(reply.location).searchParams.get('code') : null;
  return code ?? fail(`no code of ${load.target.name} at ${service.clientId}`, reply);
}

type Fields = Readonly<Record<string, string>>;
type Credentials = { readonly headers: Fields; readonly fields: Fields };

function toAssertion(load: Load, clientId: string, turn: number): Credentials {
  return {
    headers: {},
    fields: {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: load.assertions[turn] ?? createAssertion(load, clientId),
    },
  };
}

function toCredentials(load: Load, service: BenchService, turn: number): Credentials {
  const { clientId, secret, authentication } = service;
  switch (authentication) {
    case 'secret':
      return { headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` }, fields: {} };
    case 'key':
      return toAssertion(load, clientId, turn);
    case 'none':
      return { headers: {}, fields: { client_id: clientId } };
  }
}

async function requestTokens(load: Load, { headers, fields }: Credentials, asked: Fields): Promise<ReadonlyMap<string, unknown>> {
  const reply = await load.caller.send({
    method: 'POST',
    path: load.target.paths.token,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ ...asked, ...fields }).toString(),
  });
  return reply.status === 200 ? parseObject(reply.body) : fail('no tokens', reply);
}

function readText(tokens: ReadonlyMap<string, unknown>, name: string): string {
  const value = tokens.get(name);
  if (typeof value !== 'string') {
    throw new Error(`the tokens have no ${name}`);
  }
  return value;
}

export type Tokens = { readonly accessToken: string; readonly idToken: string; readonly refreshToken: string | undefined };

export function getVerifier(turn: number): string {
  return getTurn(pkces, turn).verifier;
}

export type Coming = { readonly service: BenchService; readonly code: string; readonly verifier: string; readonly turn: number };

export async function exchangeCode(load: Load, { service, code, verifier, turn }: Coming): Promise<Tokens> {
  const asked = { grant_type: 'authorization_code', code, redirect_uri: service.redirectUri, code_verifier: verifier };
  const tokens = await requestTokens(load, toCredentials(load, service, turn), asked);
  const idToken = readText(tokens, 'id_token');
  if (idToken.split('.').length !== 3) {
    throw new Error('the ID token is none');
  }
  const refreshToken = tokens.has('refresh_token') ? readText(tokens, 'refresh_token') : undefined;
  return { accessToken: readText(tokens, 'access_token'), idToken, refreshToken };
}

/** W1: authorize with a live session and a standing consent, then exchange the code. */
export async function signIn(load: Load, turn: number): Promise<Tokens> {
  const visit = getTurn(load.visits, turn);
  const code = await requestCode(load, visit, turn);
  return exchangeCode(load, { service: visit.service, code, verifier: getVerifier(turn), turn });
}

/** From a browser that nobody is signed in at to the tokens. */
export async function enterFirst(load: Load, entering: Entering, turn: number): Promise<Tokens> {
  const { service } = entering;
  const { callback, verifier } = await load.target.enter(entering);
  const code = callback.startsWith(`${service.redirectUri}?`) ? new URL(callback).searchParams.get('code') : null;
  if (code === null) {
    throw new Error(`the sign-in ended at ${callback.slice(0, 200)}`);
  }
  return exchangeCode(load, { service, code, verifier, turn });
}

/** W2: new tokens for a refresh token; where it rotates, its successor takes its place. */
async function refresh(load: Load, expected: 'rotates' | 'stays'): Promise<void> {
  const mine = load.refreshes.shift();
  if (mine === undefined) {
    throw new RangeError('there are more connections than refresh tokens');
  }
  const asked = { grant_type: 'refresh_token', refresh_token: mine.token };
  const tokens = await requestTokens(load, toCredentials(load, mine.service, 0), asked);
  const next = tokens.has('refresh_token') ? readText(tokens, 'refresh_token') : mine.token;
  readText(tokens, 'access_token');
  if ((next === mine.token ? 'stays' : 'rotates') !== expected) {
    throw new Error(`a refresh token that ${expected} was expected`);
  }
  load.refreshes.push({ ...mine, token: next });
}

/** W4: a token for a program. */
async function requestProgramToken(load: Load, turn: number): Promise<void> {
  const clientId = getTurn(load.target.programs, turn);
  const tokens = await requestTokens(load, toAssertion(load, clientId, turn), { grant_type: 'client_credentials', scope: 'audit:read' });
  if (readText(tokens, 'scope') !== 'audit:read' || readText(tokens, 'access_token').length < 40) {
    throw new Error('the program received another token');
  }
}

/** W3: the attributes for a token. */
export async function fetchAttributes(load: Load, accessToken: string): Promise<ReadonlyMap<string, unknown>> {
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const reply = await load.caller.send({ method: 'GET', path: load.target.paths.userinfo, headers });
  const claims = reply.status === 200 ? parseObject(reply.body) : fail('no attributes', reply);
  const isWhole = ['sub', 'given_name', 'family_name', 'birthdate', 'email'].every((name) => typeof claims.get(name) === 'string');
  return isWhole ? claims : fail('not the attributes', reply);
}

async function signInFirst(load: Load, turn: number): Promise<void> {
  const { accessToken } = await enterFirst(load, { ...load.target.nextFirst(), extra: {} }, turn);
  await fetchAttributes(load, accessToken);
}

async function signInAgain(load: Load, turn: number): Promise<void> {
  await signIn(load, turn);
}

async function signInAndFetch(load: Load, turn: number): Promise<void> {
  const { accessToken } = await signIn(load, turn);
  await fetchAttributes(load, accessToken);
}

async function fetchOnly(load: Load, turn: number): Promise<void> {
  await fetchAttributes(load, getTurn(load.tokens, turn));
}

export const unitWork: Readonly<Record<UnitName, (load: Load, turn: number) => Promise<void>>> = {
  W1: signInAgain,
  'W1-key': signInAgain,
  W1u: signInAndFetch,
  'W1u-key': signInAndFetch,
  W2: (load) => refresh(load, 'rotates'),
  'W2-kept': (load) => refresh(load, 'stays'),
  W3: fetchOnly,
  W4: requestProgramToken,
  W5: signInFirst,
};
