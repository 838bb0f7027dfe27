// What is wrong with a request object (RFC 9101) that was refused, found by looking at it once more.

import { compactVerify, createLocalJWKSet } from 'jose';
import { classRules, takesRequestObjects } from '../../domain/agencies/class-rules.ts';
import { readText } from '../../domain/agencies/proposal.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import { findObjectProblem } from '../request-object.ts';
import { hasKnownKey, readJwt } from './examine-jwt.ts';
import type { JwtNeeds, ReadJwt } from './examine-jwt.ts';

function hasRightMembers({ header, claims }: ReadJwt, { issuer, nowSeconds, registered: { service } }: JwtNeeds): boolean {
  const isForUs = [claims.aud].flat().includes(issuer);
  const { clientId } = service;
  return isForUs && claims.iss === clientId && findObjectProblem({ ...claims }, { ...header }, { clientId, nowSeconds }) === undefined;
}

async function isSigned(text: string, { keys = [] }: JwtNeeds): Promise<boolean> {
  try {
    await compactVerify(text, createLocalJWKSet({ keys: keys.map((key) => ({ kty: '', ...key })) }));
    return true;
  } catch {
    return false;
  }
}

async function findBroken(text: string, found: ReadJwt, needs: JwtNeeds): Promise<TraceRule | undefined> {
  const { serviceClass, metadata } = needs.registered.service;
  const algorithms = [readText(metadata, 'request_object_signing_alg') ?? classRules[serviceClass].requestAlgorithms].flat();
  const rules: readonly (readonly [TraceRule, boolean])[] = [
    ['keys/not-read', needs.keys !== undefined],
    ['request-object/algorithm', algorithms.includes(found.header.alg ?? '')],
    ['request-object/key', hasKnownKey(found, needs)],
    ['request-object/members', hasRightMembers(found, needs)],
    ['request-object/signature', await isSigned(text, needs)],
  ];
  return rules.find(([, holds]) => !holds)?.[0];
}

export async function examineObject(text: string | undefined, needs: JwtNeeds): Promise<TraceRule> {
  const { serviceClass, metadata } = needs.registered.service;
  if (!takesRequestObjects(serviceClass, metadata)) {
    return 'request-object/unregistered';
  }
  if (text === undefined) {
    return 'request-object/refused';
  }
  const found = readJwt(text);
  return found === undefined ? 'request-object/unreadable' : ((await findBroken(text, found, needs)) ?? 'request-object/refused');
}
