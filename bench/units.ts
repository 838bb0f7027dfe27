// The units of work. Each answer is checked to be what a service needs: a code, tokens, attributes; anything else ends the run.

import { createHash, randomBytes, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Authentication } from './registry.ts';
import type { Caller, Reply } from './requests.ts';
import type { Target, Visit } from './target.ts';

export const unitNames = ['W1', 'W1-key', 'W1u', 'W1u-key', 'W3'] as const;
export type UnitName = (typeof unitNames)[number];

export const unitTexts: Readonly<Record<UnitName, string>> = {
  W1: 'remembered sign-in, secret',
  'W1-key': 'remembered sign-in, private_key_jwt',
  W1u: 'W1 and UserInfo, secret',
  'W1u-key': 'W1 and UserInfo, private_key_jwt',
  W3: 'UserInfo',
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
};

type Pkce = { readonly verifier: string; readonly challenge: string };

const pkces: readonly Pkce[] = Array.from({ length: 64 }, () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
});

function getTurn<T>(items: readonly T[], turn: number): T {
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

async function requestCode(load: Load, visit: Visit, turn: number): Promise<string> {
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
  const reply = await load.caller.send({ method: 'GET', path: `/auth?${query.toString()}`, headers });
  const code = reply.location.startsWith(`${service.redirectUri}?`) ? new URL(reply.location).searchParams.get('code') : null;
  return code ?? fail('no code', reply);
}

function toCredentials(
  load: Load,
  visit: Visit,
  turn: number,
): { readonly headers: object; readonly fields: Readonly<Record<string, string>> } {
  const { clientId, secret, authentication } = visit.service;
  if (authentication === 'secret') {
    return { headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` }, fields: {} };
  }
  return {
    headers: {},
    fields: {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: load.assertions[turn] ?? createAssertion(load, clientId),
    },
  };
}

export type Tokens = { readonly accessToken: string; readonly idToken: string };

/** W1: authorize with a live session and a standing consent, then exchange the code. */
export async function signIn(load: Load, turn: number): Promise<Tokens> {
  const visit = getTurn(load.visits, turn);
  const code = await requestCode(load, visit, turn);
  const { headers, fields } = toCredentials(load, visit, turn);
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: visit.service.redirectUri,
    code_verifier: getTurn(pkces, turn).verifier,
    ...fields,
  });
  const reply = await load.caller.send({
    method: 'POST',
    path: '/token',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  });
  const body = reply.status === 200 ? parseObject(reply.body) : fail('no tokens', reply);
  const [accessToken, idToken] = [body.get('access_token'), body.get('id_token')];
  if (typeof accessToken !== 'string' || typeof idToken !== 'string' || idToken.split('.').length !== 3) {
    return fail('no tokens', reply);
  }
  return { accessToken, idToken };
}

/** W3: the attributes for a token. */
export async function fetchAttributes(load: Load, accessToken: string): Promise<ReadonlyMap<string, unknown>> {
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const reply = await load.caller.send({ method: 'GET', path: '/me', headers });
  const claims = reply.status === 200 ? parseObject(reply.body) : fail('no attributes', reply);
  const isWhole = ['sub', 'given_name', 'family_name', 'birthdate', 'email'].every((name) => typeof claims.get(name) === 'string');
  return isWhole ? claims : fail('not the attributes', reply);
}

export async function runUnit(unit: UnitName, load: Load, turn: number): Promise<void> {
  if (unit === 'W3') {
    await fetchAttributes(load, getTurn(load.tokens, turn));
    return;
  }
  const { accessToken } = await signIn(load, turn);
  if (unit === 'W1u' || unit === 'W1u-key') {
    await fetchAttributes(load, accessToken);
  }
}
