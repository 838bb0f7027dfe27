// The only place where personal data leaves (decision 9). What leaves and the event that tells of it are made together, and are written with the answer that carries it
// (decisions 5, 11): whoever asks MUST commit the writes before anything of the claims is sent.

import type { AttributeValues } from '../domain/attributes/tagged-value.ts';
import { toReleasedClaims } from '../domain/attributes/release-claims.ts';
import { toForm } from '../domain/attributes/form.ts';
import type { Asked } from '../domain/consent/asked.ts';
import type { Consent } from '../domain/consent/consent.ts';
import { toReleasable } from '../domain/consent/release.ts';
import type { NowAsked } from '../domain/consent/superseded.ts';
import { toUseLimits } from '../domain/consent/uses.ts';
import { findWithheld } from '../domain/consent/withheld.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import type { EventType } from '../domain/ledger/event.ts';
import { getRegisteredData } from '../domain/people/get-personal-data.ts';
import type { PersonalData, StoredPerson } from '../domain/people/person.ts';
import { findProofing } from '../domain/proofing/find-proofing.ts';
import type { ProofingReadNeeds } from '../domain/proofing/find-proofing.ts';
import { answerVerified } from '../domain/verified/answer-verified.ts';
import type { VerifiedAnswer } from '../domain/verified/answer-verified.ts';
import { verifiedClaims } from '../domain/verified/ask-verified.ts';
import type { VerifiedRequest } from '../domain/verified/verified-request.ts';
import { toTokenReference } from './denial.ts';
import type { DenialNeeds } from './denial.ts';
import type { EngineWrite } from './store.ts';

export type ReleaseNeeds = Pick<DenialNeeds, 'clock' | 'random' | 'referenceKey'> &
  ProofingReadNeeds & { readonly openData: (person: StoredPerson) => PersonalData };

export type Release = {
  readonly consent: Consent;
  readonly now: NowAsked;
  readonly asked: Asked;
  readonly wanted: AttributeValues;
  /** Undefined where nothing is asked in verified form. */
  readonly verified: VerifiedRequest | undefined;
  /** Wishes of the request (`claims_locales`), best first. */
  readonly locales: readonly string[];
  /** Of the token, in the store. */
  readonly tokenKey: string;
};

export type Released = {
  /** Without `sub`. */
  readonly claims: Readonly<Record<string, Json>>;
  /** That the token stands, that the record was used once more, and what the log says. */
  readonly writes: readonly EngineWrite[];
};

type JsonObject = { readonly [name: string]: Json };

type Said = { readonly type: EventType; readonly attributes: readonly string[]; readonly payload?: JsonObject };

function toEntry(needs: ReleaseNeeds, { consent, tokenKey }: Release, said: Said): EngineWrite {
  const event = sealEvent(needs, {
    type: said.type,
    personRef: consent.personId,
    actor: { kind: 'service', ref: consent.clientId },
    service: consent.clientId,
    purpose: consent.purposeId,
    purposeVersion: consent.purposeVersion,
    record: consent.id,
    attributes: said.attributes,
    reason: said.type === 'data.over_ask' ? 'beyond-purpose' : null,
    payload: {
      endpoint: 'userinfo',
      record_version: consent.version,
      token_ref: toTokenReference(needs, tokenKey),
      ...said.payload,
    },
  });
  return { kind: 'append-event', event };
}

/** In which form each left, and what did not, with the reason. */
function toEvidence({ asked, consent, now }: Release, released: readonly string[]): JsonObject {
  const forms = now.purpose.attributes
    .filter(({ name }) => released.includes(name))
    .map((attribute) => [attribute.name, toForm(attribute)] as const);
  return { forms: Object.fromEntries<Json>(forms), withheld: findWithheld(consent, { ...now, request: asked }, released) };
}

type Told = { readonly person: StoredPerson; readonly names: readonly string[]; readonly locales: readonly string[] };

/** The newest proofing counts. Nothing is opened where nothing of it can leave. */
async function findVerified(needs: ReleaseNeeds, { now, verified }: Release, told: Told): Promise<VerifiedAnswer | undefined> {
  const { person, names, locales } = told;
  const { verification } = now.purpose;
  if (verified === undefined || verification === null || !names.some((name) => verification.attributes.includes(name))) {
    return undefined;
  }
  const holder = { names, kind: person.kind, data: getRegisteredData(needs, person), locales };
  return answerVerified({ request: verified, verification, proofing: await findProofing(needs, person), holder, now: needs.clock.now() });
}

/** Beside which details, and which parts: no value. */
function toVerifiedEvidence(verified: VerifiedAnswer | undefined): JsonObject {
  return verified === undefined ? {} : { verified: { attributes: verified.attributes, parts: verified.parts } };
}

function toWrites(needs: ReleaseNeeds, release: Release, said: Said): readonly EngineWrite[] {
  const { asked, consent, now, tokenKey } = release;
  const used = { consentId: consent.id, version: consent.version, at: needs.clock.now(), limits: toUseLimits(now) };
  const beyond: Said = { type: 'data.over_ask', attributes: asked.overAsked };
  return [
    { kind: 'require-artefact', key: tokenKey },
    { kind: 'use-consent', ...used },
    toEntry(needs, release, said),
    ...(asked.overAsked.length > 0 ? [toEntry(needs, release, beyond)] : []),
  ];
}

export async function toReleased(needs: ReleaseNeeds, release: Release, person: StoredPerson): Promise<Released> {
  const names = toReleasable(release.consent, { ...release.now, request: release.asked }, needs.clock.now());
  const locales = [...release.locales, release.consent.language, 'ar'];
  const asIs = names.filter((name) => release.asked.verifiedOnly?.includes(name) !== true);
  const released = toReleasedClaims(
    { clock: needs.clock },
    { names: asIs, kind: person.kind, data: { ...needs.openData(person), ...release.wanted }, locales },
  );
  const verified = await findVerified(needs, release, { person, names, locales });
  const left = [...new Set([...released.names, ...(verified?.attributes ?? [])])];
  const payload = { ...toEvidence(release, left), ...toVerifiedEvidence(verified) };
  return {
    claims: { ...released.claims, ...(verified && { [verifiedClaims]: verified.claims }) },
    writes: toWrites(needs, release, { type: 'data.released', attributes: left, payload }),
  };
}
