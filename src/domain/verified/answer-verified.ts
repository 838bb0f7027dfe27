// `verified_claims` as it leaves: for each element of the request that is met, the parts of the check of identity that it asked for and the purpose was approved for, beside
// values of the registry. Nothing here decides whether a detail may leave: that is the consent's word, and comes in as names.

import { findAttributesOfClaim } from '../attributes/catalogue.ts';
import { toReleasedClaims } from '../attributes/release-claims.ts';
import type { ReleaseAsked } from '../attributes/release-claims.ts';
import type { Verification } from '../agencies/agency.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Proofing } from '../proofing/proofing.ts';
import { cutToPlaces, listPlaces, toApprovedPlaces } from './approved-parts.ts';
import type { Places } from './approved-parts.ts';
import { isMet } from './condition.ts';
import { fillTemplate } from './fill-template.ts';
import type { VerifiedElement, VerifiedRequest } from './verified-request.ts';

export type VerifiedSource = {
  readonly request: VerifiedRequest;
  /** Of the purpose. */
  readonly verification: Verification;
  /** Undefined where this person's identity was never checked. */
  readonly proofing: Pick<Proofing, 'at' | 'trustFramework' | 'assuranceLevel' | 'evidence'> | undefined;
  /** `names`: requested ∩ approved ∩ granted. `data`: what the registry says, without a word of the person's own. */
  readonly holder: ReleaseAsked;
  readonly now: Millis;
};

export type VerifiedAnswer = {
  readonly claims: Json;
  /** Names of attributes, each once, in the order of the purpose. */
  readonly attributes: readonly string[];
  /** Which parts of the check left, without a value. */
  readonly parts: readonly string[];
};

type Members = { readonly [name: string]: Json };
type Answered = { readonly element: Members; readonly attributes: readonly string[]; readonly parts: readonly string[] };

/** In UTC, to the second (§9): a zone would say where the person was. */
function toUtc(at: Millis): string {
  return toTimestamp(at).replace(/\.\d+Z$/, 'Z');
}

function toFacts({ at, trustFramework, assuranceLevel, evidence }: NonNullable<VerifiedSource['proofing']>): Json {
  return {
    trust_framework: trustFramework,
    assurance_level: assuranceLevel,
    time: toUtc(at),
    evidence: evidence.map(({ check_details: checks, ...document }) => ({
      ...document,
      check_details: checks.map(({ time, ...check }) => ({ ...check, time: toUtc(Date.parse(time)) })),
    })),
  };
}

/** Of an attribute that is asked by its name every form, of one that is asked in a language that one. */
function isWanted(member: string, claim: string): boolean {
  return member === claim || member.startsWith(`${claim}#`);
}

function findClaim(claim: string, { holder, now, verification }: VerifiedSource): Members {
  const names = findAttributesOfClaim(claim).filter((name) => verification.attributes.includes(name) && holder.names.includes(name));
  const { claims } = toReleasedClaims({ clock: { now: () => now } }, { ...holder, names });
  return Object.fromEntries(Object.entries(claims).filter(([member]) => isWanted(member, claim)));
}

/** A value that is not what was demanded is left out, and the rest is not (§5.7.4). */
function findClaims({ claims }: VerifiedElement, source: VerifiedSource): Members {
  const found = [...claims].flatMap(([claim, condition]) => {
    const members = findClaim(claim, source);
    const value = members[claim];
    return value !== undefined && isMet(condition, value, source.now) ? Object.entries(members) : [];
  });
  return Object.fromEntries(found);
}

function answerElement(element: VerifiedElement, facts: Json | undefined, source: VerifiedSource): readonly Answered[] {
  const claims = findClaims(element, source);
  const names = new Set(Object.keys(claims).flatMap(findAttributesOfClaim));
  const filled = fillTemplate(element.verification, facts, { name: 'verification', now: source.now });
  if (names.size === 0 || !filled.isMet || filled.value === undefined) {
    return [];
  }
  return [{ element: { verification: filled.value, claims }, attributes: [...names], parts: listPlaces(filled.value) }];
}

/** Undefined where nothing leaves in verified form. */
export function answerVerified(source: VerifiedSource): VerifiedAnswer | undefined {
  const { proofing, request, verification } = source;
  if (proofing === undefined) {
    return undefined;
  }
  const places: Places = toApprovedPlaces(verification);
  const facts = cutToPlaces(toFacts(proofing), places);
  const answered = request.flatMap((element) => answerElement(element, facts, source));
  const [first, ...others] = answered.map(({ element }) => element);
  if (first === undefined) {
    return undefined;
  }
  const attributes = new Set(answered.flatMap((each) => each.attributes));
  return {
    claims: others.length === 0 ? first : [first, ...others],
    attributes: verification.attributes.filter((name) => attributes.has(name)),
    parts: [...new Set(answered.flatMap(({ parts }) => parts))].toSorted(),
  };
}
