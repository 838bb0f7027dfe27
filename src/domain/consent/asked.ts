// What a request asks for, seen through the approved purpose (decision 11). Beyond the purpose nothing is asked; the excess is an over-ask.

import { findAttributesOfClaim, findAttributesOfScope } from '../attributes/catalogue.ts';
import type { AskedAttribute, Purpose } from '../agencies/agency.ts';

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
  /** Claim names asked beyond the purpose. A member of a standard scope is never one. */
  readonly overAsked: readonly string[];
};

export function toAsked(purpose: Purpose, request: AttributeRequest): Asked {
  const byScope = request.scopes.map((scope) => findAttributesOfScope(scope)).filter((names) => names.length > 0);
  const wasOpen = (request.narrowedFrom ?? []).every((scope) => findAttributesOfScope(scope).length === 0);
  if (byScope.length === 0 && request.claims.length === 0 && wasOpen) {
    return { attributes: purpose.attributes, overAsked: [] };
  }
  const offered = new Set(purpose.attributes.map((attribute) => attribute.name));
  const byClaim = request.claims.map((claim) => ({ claim, names: findAttributesOfClaim(claim) }));
  const named = new Set([...byScope.flat(), ...byClaim.flatMap((asked) => asked.names)]);
  return {
    attributes: purpose.attributes.filter((attribute) => named.has(attribute.name)),
    overAsked: byClaim.filter((asked) => !asked.names.some((name) => offered.has(name))).map((asked) => asked.claim),
  };
}
