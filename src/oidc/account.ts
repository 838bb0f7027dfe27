// The only place where personal data leaves. Each release is sealed as an event and commits with the answer that carries it (decisions 5, 9, 11):
// if it cannot be written, the middleware around the engine sends no data.

import { errors } from 'oidc-provider';
import type { AccessToken, Account, AccountClaims, KoaContextWithOIDC } from 'oidc-provider';
import type { AttributeValues } from '../domain/attributes/tagged-value.ts';
import { toReleasedClaims } from '../domain/attributes/release-claims.ts';
import { toForm } from '../domain/attributes/form.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { toAsked } from '../domain/consent/asked.ts';
import type { Asked, AttributeRequest } from '../domain/consent/asked.ts';
import type { Consent } from '../domain/consent/consent.ts';
import { toReleasable } from '../domain/consent/release.ts';
import type { NowAsked } from '../domain/consent/superseded.ts';
import type { StoredPerson, PersonalData } from '../domain/people/person.ts';
import { findWithheld } from '../domain/consent/withheld.ts';
import { toUseLimits } from '../domain/consent/uses.ts';
import { getRegisteredData } from '../domain/people/get-personal-data.ts';
import { findProofing } from '../domain/proofing/find-proofing.ts';
import type { ProofingReadNeeds } from '../domain/proofing/find-proofing.ts';
import { answerVerified } from '../domain/verified/answer-verified.ts';
import type { VerifiedAnswer } from '../domain/verified/answer-verified.ts';
import { verifiedClaims } from '../domain/verified/ask-verified.ts';
import type { VerifiedRequest } from '../domain/verified/verified-request.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import type { EventType } from '../domain/ledger/event.ts';
import { findNowAsked } from './ask-reason.ts';
import { write } from './artefact-adapter.ts';
import { toArtefactName } from './artefact.ts';
import { toTokenReference } from './denial.ts';
import type { DenialNeeds } from './denial.ts';
import { findGrantId } from './grant-id.ts';
import type { Registry } from './registry.ts';
import { toAttributeRequest, toWanted } from './requested.ts';
import { findUnitOfWork } from './unit-of-work.ts';

type JsonObject = { readonly [name: string]: Json };

export type AccountNeeds = DenialNeeds & ProofingReadNeeds & { readonly openData: (person: StoredPerson) => PersonalData };

type Release = {
  readonly consent: Consent;
  readonly now: NowAsked;
  readonly asked: Asked;
  readonly wanted: AttributeValues;
  /** Undefined where nothing is asked in verified form. */
  readonly verified: VerifiedRequest | undefined;
  /** Of the token, in the store. */
  readonly tokenKey: string;
};

/** What the token asks for; one that was refreshed for fewer scopes never asks for more than the request did. */
function toTokenRequest(token: AccessToken): AttributeRequest {
  const narrowedFrom = findUnitOfWork()?.askedScopes.get(token.grantId ?? '');
  return { ...toAttributeRequest(token.scope, token.claims), narrowedFrom: narrowedFrom?.split(' ') };
}

async function findRelease(needs: AccountNeeds, ctx: KoaContextWithOIDC): Promise<Release | undefined> {
  const token = ctx.oidc.accessToken;
  const grant = findGrantId(token?.grantId);
  const consent = grant?.consentId ? await needs.registry.findConsent(grant.consentId) : undefined;
  const now = consent && (await findNowAsked(needs.registry, consent));
  if (token === undefined || consent === undefined || now === undefined) {
    return undefined;
  }
  const tokenKey = toArtefactName('AccessToken', token.jti).key;
  const request = toTokenRequest(token);
  return { consent, now, asked: toAsked(now.purpose, request), wanted: toWanted(token.claims), verified: request.verified, tokenKey };
}

async function append(
  needs: AccountNeeds,
  release: Release,
  said: { readonly type: EventType; readonly attributes: readonly string[]; readonly payload?: JsonObject },
): Promise<void> {
  const { consent } = release;
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
      token_ref: toTokenReference(needs, release.tokenKey),
      ...said.payload,
    },
  });
  await write(needs, { kind: 'append-event', event });
}

function toLocales(release: Release, ctx: KoaContextWithOIDC): readonly string[] {
  const asked =
    findUnitOfWork()
      ?.locales.get(ctx.oidc.accessToken?.grantId ?? '')
      ?.split(' ') ?? [];
  return [...asked, release.consent.language, 'ar'];
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
async function findVerified(needs: AccountNeeds, { now, verified }: Release, told: Told): Promise<VerifiedAnswer | undefined> {
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

async function releaseClaims(needs: AccountNeeds, ctx: KoaContextWithOIDC, person: StoredPerson): Promise<AccountClaims> {
  const release = await findRelease(needs, ctx);
  if (release === undefined) {
    return { sub: person.id };
  }
  const names = toReleasable(release.consent, { ...release.now, request: release.asked }, needs.clock.now());
  const locales = toLocales(release, ctx);
  const asIs = names.filter((name) => release.asked.verifiedOnly?.includes(name) !== true);
  const released = toReleasedClaims(
    { clock: needs.clock },
    { names: asIs, kind: person.kind, data: { ...needs.openData(person), ...release.wanted }, locales },
  );
  const verified = await findVerified(needs, release, { person, names, locales });
  const left = [...new Set([...released.names, ...(verified?.attributes ?? [])])];
  const { id, version } = release.consent;
  await write(needs, { kind: 'require-artefact', key: release.tokenKey });
  await write(needs, { kind: 'use-consent', consentId: id, version, at: needs.clock.now(), limits: toUseLimits(release.now) });
  const payload = { ...toEvidence(release, left), ...toVerifiedEvidence(verified) };
  await append(needs, release, { type: 'data.released', attributes: left, payload });
  if (release.asked.overAsked.length > 0) {
    await append(needs, release, { type: 'data.over_ask', attributes: release.asked.overAsked });
  }
  return { ...released.claims, ...(verified && { [verifiedClaims]: verified.claims }), sub: person.id };
}

/** Undefined for anybody who is not active, on every call. */
export async function findAccount(needs: AccountNeeds, ctx: KoaContextWithOIDC, personId: string): Promise<Account | undefined> {
  const person = await needs.registry.findPerson(personId);
  if (person === undefined) {
    return undefined;
  }
  return {
    accountId: person.id,
    claims: async (use, _scope, mask) => {
      const claims = use === 'userinfo' ? await releaseClaims(needs, ctx, person) : { sub: person.id };
      // What the consent releases passes, whichever scope was asked for. Were it not said here, nothing would leave.
      Object.keys(claims).forEach((name) => (mask[name] ??= null));
      return claims;
    },
  };
}

export type SubjectNeeds = { readonly registry: Registry; readonly getSubject: (person: StoredPerson, sector: string) => Promise<string> };

/** The stored pairwise subject of this person in the service's sector (decision 8; OIDC Core 1.0 §8.1). */
export async function getPairwiseSubject(needs: SubjectNeeds, personId: string, clientId: string): Promise<string> {
  const person = await needs.registry.findPerson(personId);
  const registered = await needs.registry.findService(clientId);
  if (person === undefined) {
    throw new errors.InvalidGrant('the person is not active');
  }
  return needs.getSubject(person, registered?.service.sector ?? clientId);
}
