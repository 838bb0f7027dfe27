// What is wrong with a client assertion, found by looking at it once more: the engine says no more than that it is refused.

import type { JWTPayload } from 'jose';
import { readText } from '../../domain/agencies/proposal.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import { assertionAlgorithms, assertionLimits, findBrokenRule } from '../client-assertion.ts';
import { hasKnownKey, readJwt } from './examine-jwt.ts';
import type { JwtNeeds, ReadJwt } from './examine-jwt.ts';

/** What the library looks at by itself, within the same tolerance. */
function isAway({ exp = Number.POSITIVE_INFINITY, nbf = 0 }: JWTPayload, nowSeconds: number): boolean {
  return exp <= nowSeconds - assertionLimits.toleranceSeconds || nbf > nowSeconds + assertionLimits.toleranceSeconds;
}

function findBrokenMember(claims: JWTPayload, needs: JwtNeeds): 'aud' | 'iat' | 'exp' | 'jti' | undefined {
  const broken = findBrokenRule(claims, needs)?.member;
  if (broken !== undefined) {
    return broken;
  }
  return isAway(claims, needs.nowSeconds) ? 'exp' : undefined;
}

const rulesByMember = { aud: 'assertion/audience', iat: 'assertion/time', exp: 'assertion/time', jti: 'assertion/id' } as const;

/** In the order in which they are easiest to mend. */
function findWrongMember(read: ReadJwt, needs: JwtNeeds): TraceRule | undefined {
  const { header, claims } = read;
  const { metadata, clientId } = needs.registered.service;
  const algorithms: readonly string[] = [readText(metadata, 'token_endpoint_auth_signing_alg') ?? assertionAlgorithms].flat();
  const rules: readonly (readonly [TraceRule, boolean])[] = [
    ['keys/not-read', needs.keys !== undefined],
    ['assertion/algorithm', algorithms.includes(header.alg ?? '')],
    ['assertion/key', hasKnownKey(read, needs)],
    ['assertion/issuer', claims.iss === clientId && claims.sub === clientId],
  ];
  const broken = findBrokenMember(claims, needs);
  return rules.find(([, holds]) => !holds)?.[0] ?? (broken && rulesByMember[broken]);
}

/** For an assertion that was refused, and not because it came before. Whatever else is right, its signature is not. */
export function examineAssertion(assertion: string, needs: JwtNeeds): TraceRule {
  const found = readJwt(assertion);
  return found === undefined ? 'assertion/unreadable' : (findWrongMember(found, needs) ?? 'assertion/signature');
}
