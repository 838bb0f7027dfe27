// What is wrong with a client assertion, found by looking at it once more: the engine says no more than that it is refused. The signature is checked last, and
// only the names of its members, its times and what they are compared with are kept, never the assertion.

import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { readKeys, readText } from '../../domain/agencies/proposal.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import type { FactNote, TraceFact } from '../../domain/traces/trace.ts';
import { assertionAlgorithms, assertionLimits } from '../client-assertion.ts';

export type AssertionNeeds = { readonly issuer: string; readonly nowSeconds: number; readonly registered: RegisteredService };

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

function findKid({ header }: Read, { registered }: AssertionNeeds): TraceFact {
  const registeredKids = readKeys(registered.service.metadata).map(({ kid }) => kid);
  const isKnown = registeredKids.some((kid) => kid === header.kid);
  return typeof header.kid === 'string' && isKnown ? toFact('kid', header.kid) : toFact('kid', null, 'unregistered');
}

function toAlgorithm(alg: string | undefined): TraceFact {
  const known = assertionAlgorithms.find((algorithm) => algorithm === alg);
  return known === undefined ? toFact('alg', null, 'unknown') : toFact('alg', known);
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
    toAlgorithm(header.alg),
    ...(header.kid === undefined ? [] : [findKid(found, needs)]),
    toFact('members', memberNames.filter((name) => claims[name] !== undefined).join(' ') || null),
    toFact('iss, sub', owner === null ? clientId : null, owner),
    toFact('aud', audience === null ? needs.issuer : null, audience),
    ...toTime('exp', claims.exp, needs.nowSeconds),
    ...toTime('iat', claims.iat, needs.nowSeconds),
  ];
}

const { jtiLength: longestId, lifeSeconds: longestLifeSeconds, toleranceSeconds } = assertionLimits;

function isTimely({ exp, iat }: JWTPayload, now: number): boolean {
  const isMade = typeof iat === 'number' && iat <= now + toleranceSeconds;
  return isMade && typeof exp === 'number' && exp > now - toleranceSeconds && exp - now <= longestLifeSeconds + toleranceSeconds;
}

const isId = (jti: unknown): boolean => typeof jti === 'string' && jti !== '' && jti.length <= longestId;

function hasKnownKey({ kid }: ProtectedHeaderParameters, { registered }: AssertionNeeds): boolean {
  const kids = readKeys(registered.service.metadata).flatMap((key) => (typeof key['kid'] === 'string' ? [key['kid']] : []));
  return kid === undefined || kids.length === 0 || kids.includes(kid);
}

/** In the order in which they are easiest to mend. */
function findWrongMember({ header, claims }: Read, needs: AssertionNeeds): TraceRule | undefined {
  const { metadata, clientId } = needs.registered.service;
  const algorithms: readonly string[] = [readText(metadata, 'token_endpoint_auth_signing_alg') ?? assertionAlgorithms].flat();
  const rules: readonly (readonly [TraceRule, boolean])[] = [
    ['assertion/algorithm', algorithms.includes(header.alg ?? '')],
    ['assertion/key', hasKnownKey(header, needs)],
    ['assertion/issuer', claims.iss === clientId && claims.sub === clientId],
    ['assertion/audience', claims.aud === needs.issuer],
    ['assertion/time', isTimely(claims, needs.nowSeconds)],
    ['assertion/id', isId(claims.jti)],
  ];
  return rules.find(([, holds]) => !holds)?.[0];
}

/** Undefined where the keys are not in the registration itself. */
async function isSigned(assertion: string, { registered }: AssertionNeeds): Promise<boolean | undefined> {
  const keys = readKeys(registered.service.metadata);
  if (keys.length === 0) {
    return undefined;
  }
  try {
    await jwtVerify(assertion, createLocalJWKSet({ keys: keys.map((key) => ({ kty: '', ...key })) }), { clockTolerance: 60 });
    return true;
  } catch {
    return false;
  }
}

/** For an assertion that was refused. */
export async function examineAssertion(assertion: string, needs: AssertionNeeds): Promise<TraceRule> {
  const found = read(assertion);
  if (found === undefined) {
    return 'assertion/unreadable';
  }
  return findWrongMember(found, needs) ?? ((await isSigned(assertion, needs)) === true ? 'assertion/replayed' : 'assertion/signature');
}
