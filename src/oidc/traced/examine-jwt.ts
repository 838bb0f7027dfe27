// What is kept of a JWT that a service signed, whatever it is for: names of its members, its times, and what they are compared with. Never the JWT.

import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import type { Jwk } from '../../domain/agencies/proposal.ts';
import { readText } from '../../domain/agencies/proposal.ts';
import type { FactNote, TraceFact } from '../../domain/traces/trace.ts';
import { assertionAlgorithms } from '../client-assertion.ts';

export type JwtNeeds = {
  readonly issuer: string;
  readonly nowSeconds: number;
  readonly registered: RegisteredService;
  /** Those of the service, inline or as it publishes them; undefined where they cannot be read. */
  readonly keys: readonly Jwk[] | undefined;
};

export type ReadJwt = { readonly header: ProtectedHeaderParameters; readonly claims: JWTPayload };

export function readJwt(text: string): ReadJwt | undefined {
  try {
    return { header: decodeProtectedHeader(text), claims: decodeJwt(text) };
  } catch {
    return undefined;
  }
}

/** One without a name may be signed with any key that there is. */
export function hasKnownKey({ header: { kid } }: ReadJwt, { keys = [] }: JwtNeeds): boolean {
  const kids = keys.flatMap((key) => (typeof key['kid'] === 'string' ? [key['kid']] : []));
  return kid === undefined || kids.length === 0 || kids.includes(kid);
}

type Fact = readonly [name: string, value: string | null, note: FactNote | null];

/** Seconds from now, with their sign. */
function toTime(name: string, at: unknown, nowSeconds: number): readonly Fact[] {
  if (typeof at !== 'number' || !Number.isFinite(at)) {
    return [];
  }
  const seconds = Math.max(-999_999_999, Math.min(999_999_999, Math.round(at - nowSeconds)));
  return [[name, `${seconds < 0 ? '' : '+'}${seconds} s`, null]];
}

function toKid({ header: { kid } }: ReadJwt, { keys }: JwtNeeds): readonly Fact[] {
  if (kid === undefined) {
    return [];
  }
  const isKnown = keys?.some((key) => key['kid'] === kid) === true;
  return [isKnown ? ['kid', kid, null] : ['kid', null, keys === undefined ? 'given' : 'unregistered']];
}

/** RFC 7518 §3.1 and RFC 8037, besides those that are accepted here. */
const otherAlgorithms = ['none', 'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES384', 'ES512', 'PS384', 'PS512'] as const;

function toAlgorithm({ header }: ReadJwt): Fact {
  const accepted = assertionAlgorithms.find((algorithm) => algorithm === header.alg);
  return accepted === undefined ? ['alg', otherAlgorithms.find((name) => name === header.alg) ?? null, 'other'] : ['alg', accepted, null];
}

const memberNames = ['iss', 'sub', 'client_id', 'aud', 'exp', 'iat', 'nbf', 'jti'] as const;

/** `owners` are the members that have to name the service. */
export function describeJwt(
  name: 'client_assertion' | 'request',
  jwt: { readonly text: string; readonly owners: readonly ['iss', 'sub' | 'client_id'] },
  needs: JwtNeeds,
): readonly TraceFact[] {
  const found = readJwt(jwt.text);
  if (found === undefined) {
    return [{ name: `${name}.form`, value: null, note: 'unreadable' }];
  }
  const { claims } = found;
  const { clientId } = needs.registered.service;
  const isOwn = jwt.owners.every((owner) => claims[owner] === clientId);
  const isForUs = claims.aud === needs.issuer;
  const facts: readonly Fact[] = [
    toAlgorithm(found),
    ...toKid(found, needs),
    ['members', memberNames.filter((member) => claims[member] !== undefined).join(' ') || null, null],
    [jwt.owners.join(', '), isOwn ? clientId : null, isOwn ? null : 'other'],
    ['aud', isForUs ? needs.issuer : null, isForUs ? null : 'other'],
    ...toTime('exp', claims.exp, needs.nowSeconds),
    ...toTime('iat', claims.iat, needs.nowSeconds),
    ...toTime('nbf', claims.nbf, needs.nowSeconds),
  ];
  return facts.map(([part, value, note]) => ({ name: `${name}.${part}`, value, note }));
}

/** Where the keys of the service are published; nothing where they are inline. */
export function describeKeys({ registered, keys }: JwtNeeds): readonly TraceFact[] {
  const address = readText(registered.service.metadata, 'jwks_uri');
  return address === undefined ? [] : [{ name: 'jwks_uri', value: address, note: keys === undefined ? 'unreadable' : null }];
}
