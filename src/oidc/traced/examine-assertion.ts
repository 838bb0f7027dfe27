// What is wrong with a client assertion, found by looking at it once more: the engine says no more than that it is refused. Only the names of its members, its
// times and what they are compared with are kept, never the assertion.

import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { readText } from '../../domain/agencies/proposal.ts';
import type { Jwk } from '../../domain/agencies/proposal.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import type { FactNote, TraceFact } from '../../domain/traces/trace.ts';
import { assertionAlgorithms, assertionLimits, findBrokenRule } from '../client-assertion.ts';

export type AssertionNeeds = {
  readonly issuer: string;
  readonly nowSeconds: number;
  readonly registered: RegisteredService;
  /** Those of the service, inline or as it publishes them; undefined where they cannot be read. */
  readonly keys: readonly Jwk[] | undefined;
};

type Read = { readonly header: ProtectedHeaderParameters; readonly claims: JWTPayload };

function read(assertion: string): Read | undefined {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    return undefined;
  }
}

const memberNames = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti'] as const;

function toFact(name: string, value: string | null, note: FactNote | null = null): TraceFact {
  return { name: `client_assertion.${name}`, value, note };
}

/** Seconds from now, with their sign. */
function toTime(name: string, at: unknown, nowSeconds: number): readonly TraceFact[] {
  if (typeof at !== 'number' || !Number.isFinite(at)) {
    return [];
  }
  const seconds = Math.max(-999_999_999, Math.min(999_999_999, Math.round(at - nowSeconds)));
  return [toFact(name, `${seconds < 0 ? '' : '+'}${seconds} s`)];
}

function isOwn(value: unknown, expected: string): FactNote | null {
  return value === expected ? null : 'other';
}

function findKid({ header }: Read, { keys = [] }: AssertionNeeds): TraceFact {
  const isKnown = keys.some(({ kid }) => kid === header.kid);
  return typeof header.kid === 'string' && isKnown ? toFact('kid', header.kid) : toFact('kid', null, 'unregistered');
}

function toAlgorithm(alg: string | undefined): TraceFact {
  const known = assertionAlgorithms.find((algorithm) => algorithm === alg);
  return known === undefined ? toFact('alg', null, 'unknown') : toFact('alg', known);
}

/** Where the keys of the service are published; nothing where they are inline. */
function findAddress({ registered, keys }: AssertionNeeds): readonly TraceFact[] {
  const address = readText(registered.service.metadata, 'jwks_uri');
  return address === undefined ? [] : [{ name: 'jwks_uri', value: address, note: keys === undefined ? 'unreadable' : null }];
}

export function describeAssertion(assertion: string, needs: AssertionNeeds): readonly TraceFact[] {
  const found = read(assertion);
  if (found === undefined) {
    return [toFact('form', null, 'unreadable')];
  }
  const { header, claims } = found;
  const { clientId } = needs.registered.service;
  const owner = isOwn(claims.iss, clientId) ?? isOwn(claims.sub, clientId);
  const audience = isOwn(claims.aud, needs.issuer);
  return [
    ...findAddress(needs),
    toAlgorithm(header.alg),
    ...(header.kid === undefined ? [] : [findKid(found, needs)]),
    toFact('members', memberNames.filter((name) => claims[name] !== undefined).join(' ') || null),
    toFact('iss, sub', owner === null ? clientId : null, owner),
    toFact('aud', audience === null ? needs.issuer : null, audience),
    ...toTime('exp', claims.exp, needs.nowSeconds),
    ...toTime('iat', claims.iat, needs.nowSeconds),
  ];
}

/** What the library looks at by itself, within the same tolerance. */
function isAway({ exp = Number.POSITIVE_INFINITY, nbf = 0 }: JWTPayload, nowSeconds: number): boolean {
  return exp <= nowSeconds - assertionLimits.toleranceSeconds || nbf > nowSeconds + assertionLimits.toleranceSeconds;
}

function findBrokenMember(claims: JWTPayload, needs: AssertionNeeds): 'aud' | 'iat' | 'exp' | 'jti' | undefined {
  const broken = findBrokenRule(claims, needs)?.member;
  if (broken !== undefined) {
    return broken;
  }
  return isAway(claims, needs.nowSeconds) ? 'exp' : undefined;
}

const rulesByMember = { aud: 'assertion/audience', iat: 'assertion/time', exp: 'assertion/time', jti: 'assertion/id' } as const;

function hasKnownKey({ kid }: ProtectedHeaderParameters, { keys = [] }: AssertionNeeds): boolean {
  const kids = keys.flatMap((key) => (typeof key['kid'] === 'string' ? [key['kid']] : []));
  return kid === undefined || kids.length === 0 || kids.includes(kid);
}

/** In the order in which they are easiest to mend. */
function findWrongMember({ header, claims }: Read, needs: AssertionNeeds): TraceRule | undefined {
  const { metadata, clientId } = needs.registered.service;
  const algorithms: readonly string[] = [readText(metadata, 'token_endpoint_auth_signing_alg') ?? assertionAlgorithms].flat();
  const rules: readonly (readonly [TraceRule, boolean])[] = [
    ['keys/not-read', needs.keys !== undefined],
    ['assertion/algorithm', algorithms.includes(header.alg ?? '')],
    ['assertion/key', hasKnownKey(header, needs)],
    ['assertion/issuer', claims.iss === clientId && claims.sub === clientId],
  ];
  const broken = findBrokenMember(claims, needs);
  return rules.find(([, holds]) => !holds)?.[0] ?? (broken && rulesByMember[broken]);
}

/** For an assertion that was refused, and not because it came before. Whatever else is right, its signature is not. */
export function examineAssertion(assertion: string, needs: AssertionNeeds): TraceRule {
  const found = read(assertion);
  return found === undefined ? 'assertion/unreadable' : (findWrongMember(found, needs) ?? 'assertion/signature');
}
