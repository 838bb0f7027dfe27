// What a request asks for, seen through the approved purpose (decision 11). Beyond the purpose nothing is asked; the excess is an over-ask.

import { findAttributesOfClaim, findAttributesOfScope } from '../attributes/catalogue.ts';
import { toBasis } from '../agencies/agency.ts';
import type { AskedAttribute, Purpose } from '../agencies/agency.ts';
import type { PersonKind } from '../people/person.ts';

export type AttributeRequest = {
  /** Scope values of the request. */
  readonly scopes: readonly string[];
  /** Claim names of the `claims` parameter, from either of its members (OIDC Core 1.0 §5.5). */
  readonly claims: readonly string[];
  /** Scope values that the person was asked with, where a token was refreshed for fewer (RFC 6749 §6). Fewer must never become everything. */
  readonly narrowedFrom?: readonly string[] | undefined;
};

export type Asked = {
  readonly attributes: readonly AskedAttribute[];
  /** Names of attributes asked beyond the purpose, each once. A member of a standard scope is never one. */
  readonly overAsked: readonly string[];
};

// The log keeps what a service wrote only where the catalogue has the word: it is for ever, and a claim name can hold anything.
const unlisted = 'unlisted';

function toNames(claim: string): readonly string[] {
  const names = findAttributesOfClaim(claim);
  return names.length === 0 ? [unlisted] : names;
}

export function toAsked(purpose: Purpose, request: AttributeRequest): Asked {
  const byScope = request.scopes.map((scope) => findAttributesOfScope(scope)).filter((names) => names.length > 0);
  const wasOpen = (request.narrowedFrom ?? []).every((scope) => findAttributesOfScope(scope).length === 0);
  if (byScope.length === 0 && request.claims.length === 0 && wasOpen) {
    return { attributes: purpose.attributes, overAsked: [] };
  }
  const offered = new Set(purpose.attributes.map((attribute) => attribute.name));
  const byClaim = request.claims.flatMap(toNames);
  const named = new Set([...byScope.flat(), ...byClaim]);
  return {
    attributes: purpose.attributes.filter((attribute) => named.has(attribute.name)),
    overAsked: [...new Set(byClaim.filter((name) => !offered.has(name)))],
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
