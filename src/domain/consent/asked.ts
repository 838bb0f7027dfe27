// What a request asks for, seen through the approved purpose (decision 11). Beyond the purpose nothing is asked; the excess is an over-ask.

import { findAttributesOfClaim, findAttributesOfScope } from '../attributes/catalogue.ts';
import { toBasis } from '../agencies/agency.ts';
import type { AskedAttribute, Purpose } from '../agencies/agency.ts';
import type { PersonKind } from '../people/person.ts';
import { findVerifiedAsked, verifiedClaims } from '../verified/ask-verified.ts';
import type { VerifiedRequest } from '../verified/verified-request.ts';

export type AttributeRequest = {
  /** Scope values of the request. */
  readonly scopes: readonly string[];
  /** Claim names of the `claims` parameter, from either of its members (OIDC Core 1.0 §5.5). */
  readonly claims: readonly string[];
  /** Scope values that the person was asked with, where a token was refreshed for fewer (RFC 6749 §6). Fewer must never become everything. */
  readonly narrowedFrom?: readonly string[] | undefined;
  /** What is asked in verified form; undefined where nothing is, also not in a form that nobody can read. */
  readonly verified?: VerifiedRequest | undefined;
};

export type Asked = {
  readonly attributes: readonly AskedAttribute[];
  /** Names of attributes asked beyond the purpose, each once. A member of a standard scope is never one. */
  readonly overAsked: readonly string[];
  /** Those that are asked in verified form and in no other: their values leave in that form alone. Absent where there are none. */
  readonly verifiedOnly?: readonly string[];
};

// The log keeps what a service wrote only where the catalogue has the word: it is for ever, and a claim name can hold anything.
const unlisted = 'unlisted';

function toNames(claim: string): readonly string[] {
  const names = findAttributesOfClaim(claim);
  return names.length === 0 ? [unlisted] : names;
}

/** Whether it says nothing of what it asks: then that is everything. */
function namesNothing({ scopes, claims, narrowedFrom, verified }: AttributeRequest): boolean {
  const hasAttributes = (scope: string): boolean => findAttributesOfScope(scope).length > 0;
  return claims.length === 0 && verified === undefined && ![...scopes, ...(narrowedFrom ?? [])].some(hasAttributes);
}

export function toAsked(purpose: Purpose, request: AttributeRequest): Asked {
  if (namesNothing(request)) {
    return { attributes: purpose.attributes, overAsked: [] };
  }
  const offered = new Set(purpose.attributes.map((attribute) => attribute.name));
  const byClaim = request.claims.flatMap(toNames);
  const verified = findVerifiedAsked(purpose, request.verified ?? []);
  const asIs = new Set([...request.scopes.flatMap((scope) => findAttributesOfScope(scope)), ...byClaim]);
  const verifiedOnly = verified.names.filter((name) => !asIs.has(name));
  const named = new Set([...asIs, ...verifiedOnly]);
  const beyond = [...byClaim.filter((name) => !offered.has(name)), ...verified.unlisted.flatMap(toNames)];
  return {
    attributes: purpose.attributes.filter((attribute) => named.has(attribute.name)),
    overAsked: [...new Set([...beyond, ...(verified.isBeyond ? [verifiedClaims] : [])])],
    ...(verifiedOnly.length === 0 ? {} : { verifiedOnly }),
  };
}

/**
 * What a request asks of this kind of person. Where the law decides nobody chooses: what would be a choice is not asked, is not on the notice, and is in no
 * record as declined.
 */
export function toAskedOf(request: Asked, purpose: Purpose, kind: PersonKind): Asked {
  const isChoice = toBasis(purpose, kind).type === 'consent';
  return isChoice ? request : { ...request, attributes: request.attributes.filter(({ necessity }) => necessity === 'required') };
}
