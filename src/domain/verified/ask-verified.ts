// What a request for verified claims asks, seen through the approved purpose (decision 11).

import { findAttributesOfClaim } from '../attributes/catalogue.ts';
import type { Purpose } from '../agencies/agency.ts';
import { asksBeyond, toApprovedPlaces } from './approved-parts.ts';
import { toClaimNames } from './verified-request.ts';
import type { VerifiedRequest } from './verified-request.ts';

/** Stands among over-asks for verification itself: the registered name of the claim, which is no attribute. */
export const verifiedClaims = 'verified_claims';

export type VerifiedAsked = {
  /** Names of attributes that may leave in verified form. */
  readonly names: readonly string[];
  /** Names of claims that the purpose does not list at all. */
  readonly unlisted: readonly string[];
  /** Whether it wants in verified form, or of the check itself, what the purpose was not approved for. */
  readonly isBeyond: boolean;
};

type Asking = Pick<Purpose, 'attributes' | 'verification'>;

export function findVerifiedAsked({ attributes, verification }: Asking, request: VerifiedRequest): VerifiedAsked {
  const approved = verification?.attributes ?? [];
  const offered = new Set(attributes.map(({ name }) => name));
  const claims = toClaimNames(request).map((claim) => ({ claim, name: findAttributesOfClaim(claim)[0] }));
  const within = claims.flatMap(({ name }) => (name !== undefined && offered.has(name) ? [name] : []));
  const places = verification === null ? new Set<string>() : toApprovedPlaces(verification);
  const isMore = request.some((element) => asksBeyond(element.verification, places));
  return {
    names: approved.filter((name) => within.includes(name)),
    unlisted: claims.flatMap(({ claim, name }) => (name !== undefined && offered.has(name) ? [] : [claim])),
    isBeyond: isMore || within.some((name) => !approved.includes(name)),
  };
}
