// The record of ISO/IEC TS 27560 as it is signed: a snapshot of everything that was true when it was decided, under the field names of the domain model 3.2.
// Holds no value of personal data and no name of a person.

import { getAttribute } from '../attributes/catalogue.ts';
import { toForm } from '../attributes/form.ts';
import { toBasis } from '../agencies/agency.ts';
import type { Localized, Purpose, RegisteredService, ResourceUse } from '../agencies/agency.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { toDigest } from '../kernel/ids.ts';
import type { PersonKind } from '../people/person.ts';
import { toGranted } from './consent.ts';
import type { Consent } from './consent.ts';
import type { Notice } from './notice.ts';

/** How the person confirmed: from the session that decided. */
export type Expression = {
  readonly method: 'button' | 'button_passkey';
  readonly acr: string;
  readonly amr: readonly string[];
  readonly authTime: number;
  /** As coarse as a person needs to know their own again; from what the browser says of itself, which proves nothing. */
  readonly deviceClass?: 'handheld' | 'computer' | 'unknown';
  /** Names the session without being of use to anybody who reads it. */
  readonly sessionRef?: string;
  /** Random, with a passkey alone: so that nobody can know beforehand what the passkey will be asked to sign. */
  readonly nonce?: string;
};

/** A passkey’s word for one record: its challenge is the digest of the record (WebAuthn L3 §7.2). All members but the key are base64url. */
export type Assertion = {
  /** JWK (RFC 7517) of the passkey. */
  readonly key: { readonly [name: string]: string };
  readonly authenticatorData: string;
  readonly clientDataJson: string;
  readonly signature: string;
};

/** Who watches over the protection of personal data. */
export type Authority = { readonly name: Localized; readonly uri: string | null };

export type RecordContext = {
  /** Of this receipt. */
  readonly id: string;
  /** When this version was made. */
  readonly now: Millis;
  readonly issuer: string;
  readonly authority: Authority;
  readonly registered: RegisteredService;
  /** In the version that the record is bound to. */
  readonly purpose: Purpose;
  /** What was asked and turned down, on the terms that were shown, where the record itself says nothing of it or goes on as it was. */
  readonly request?: { readonly purpose: Purpose; readonly names: readonly string[] };
  readonly personKind: PersonKind;
  /** The pairwise subject this service knows the person by. */
  readonly subject: string;
  /** Null where nothing was shown to decide about, as at a withdrawal. */
  readonly notice: Notice | null;
  /** Null where the person did not act. */
  readonly expression: Expression | null;
  /** Why an authority ended the record, and by which order or article. */
  readonly act?: { readonly reason: string; readonly reference: string };
  /** Where the expression says that a passkey confirmed it. */
  readonly assertion?: Assertion;
};

function toClaims(consent: Consent, purpose: Purpose): Json {
  return consent.attributes.map(({ name, necessity, decision }) => {
    const { sensitivity, source } = getAttribute(name);
    const asked = purpose.attributes.find((attribute) => attribute.name === name);
    const why = asked === undefined ? {} : { form: toForm(asked), why_needed: { ar: asked.why.ar, en: asked.why.en } };
    return { decision, name, necessity, sensitivity, source: source.id, ...why };
  });
}

function toController({ agency }: RegisteredService): Json {
  const { contacts, id, name, registrationNumber } = agency;
  const dpo = contacts['dpo'] ?? contacts['privacy'];
  const contact = contacts['general'] ?? contacts['privacy'];
  return {
    contacts,
    ...(dpo === undefined ? {} : { dpo_contact: dpo }),
    ...(contacts['address'] === undefined ? {} : { org_address: contacts['address'] }),
    ...(contact === undefined ? {} : { org_contact: contact }),
    org_id: id,
    org_name: name,
    registration_number: registrationNumber,
  };
}

function toExpression({ acr, amr, authTime, deviceClass, method, nonce, sessionRef }: Expression): Json {
  return {
    acr,
    amr: [...amr],
    auth_time: authTime,
    ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
    method,
    ...(nonce === undefined ? {} : { nonce }),
    ...(sessionRef === undefined ? {} : { session_ref: sessionRef }),
  };
}

function toAssertion({ authenticatorData, clientDataJson, key, signature }: Assertion): Json {
  return { authenticator_data: authenticatorData, client_data_json: clientDataJson, key, signature };
}

function toPurpose({ code, id, text, version }: Purpose): Json {
  return { ...(code === null ? {} : { purpose_code: code }), purpose_id: id, text, version };
}

function toBasisJson(purpose: Purpose, kind: PersonKind): Json {
  const { lawRef, type } = toBasis(purpose, kind);
  return { law_ref: lawRef, type };
}

function toTerms({ isOffline }: Consent, { retention, terms }: Purpose): Json {
  const { dataRange, fetch, frequency, maxUses, mode } = terms;
  return { data_life: retention, data_range: dataRange, fetch, frequency, max_uses: maxUses, mode, offline_access: isOffline };
}

/** In the language and of the version that were shown, which are not always those of the record: beside what stands a later version may be refused. */
function toNotice({ clientId, digest, language, purposeId, purposeVersion }: Notice, issuer: string): Json {
  const name = { notice_id: `${clientId}/${purposeId}`, notice_uri: `${issuer}/notices/${digest}` };
  return { ...name, language, rendered_sha256: digest, version: purposeVersion };
}

function toRequest({ names, purpose }: NonNullable<RecordContext['request']>, kind: PersonKind): Json {
  const claims = purpose.attributes.filter(({ name }) => names.includes(name)).map(({ name, necessity }) => ({ name, necessity }));
  return { claims, legal_basis: toBasisJson(purpose, kind), purpose: toPurpose(purpose) };
}

/** Where a person undoes this, where they use their other rights, and to whom they turn: withdrawing is mandatory to name. */
function toRights({ clientId }: Consent, { authority, issuer }: RecordContext): Json {
  const { ar, en } = authority.name;
  return {
    authority: { name: { ar, en }, ...(authority.uri === null ? {} : { uri: authority.uri }) },
    rights_uri: `${issuer}/account`,
    withdraw_uri: `${issuer}/account/services/${encodeURIComponent(clientId)}`,
  };
}

/** What the service may do for the person at a resource server, in the words of the page. */
function toUseJson({ name, scopes, server }: ResourceUse): Json {
  return { name, scopes: scopes.map((scope) => ({ name: scope.name, text: scope.text })), server };
}

/** What the service may be told of how the person's identity was checked, beside those details that it may have. */
function findVerified(consent: Consent, { verification }: Purpose): { readonly [name: string]: Json } {
  const granted = toGranted(consent);
  const attributes = verification?.attributes.filter((name) => granted.includes(name)) ?? [];
  if (verification === null || attributes.length === 0) {
    return {};
  }
  const { evidence, parts, why } = verification;
  return { verification: { attributes, evidence, parts: ['trust_framework', ...parts], why_needed: { ar: why.ar, en: why.en } } };
}

/** What is there only for some records. */
function toExtras({ act, expression, issuer, notice, personKind, purpose, request }: RecordContext): { readonly [name: string]: Json } {
  return {
    ...(act === undefined ? {} : { authority_act: { reason: act.reason, reference: act.reference } }),
    ...(expression === null ? {} : { expression: toExpression(expression) }),
    ...(notice === null ? {} : { notice: toNotice(notice, issuer) }),
    ...(request === undefined ? {} : { request: toRequest(request, personKind) }),
    ...(purpose.dpiaRef === null ? {} : { dpia_ref: purpose.dpiaRef }),
    ...(purpose.resources.length === 0 ? {} : { resources: purpose.resources.map(toUseJson) }),
    ...(purpose.storage === null ? {} : { storage: { ...purpose.storage } }),
  };
}

function toContent(consent: Consent, context: RecordContext): { readonly [name: string]: Json } {
  const { registered, purpose } = context;
  return {
    acted_by: consent.actedBy,
    change: consent.change,
    claims: toClaims(consent, purpose),
    controller: toController(registered),
    created_at: toTimestamp(context.now),
    language: consent.language,
    legal_basis: { law_ref: toBasis(purpose, consent.personKind).lawRef, type: consent.basis },
    profile: 'https://w3id.org/dpv/guides/consent-27560',
    purpose: toPurpose(purpose),
    receipt_id: context.id,
    recipients: purpose.recipients.map(({ name, role }) => ({ name, role })),
    record_id: consent.id,
    rights: toRights(consent, context),
    schema: 'urn:huwiya:consent:1',
    service: { client_id: consent.clientId, name: registered.service.name },
    state: consent.state,
    sub_pairwise: context.subject,
    subject_class: consent.personKind,
    terms: toTerms(consent, purpose),
    validity: { expires_at: toTimestamp(consent.expiresAt), not_before: toTimestamp(consent.createdAt) },
    version: consent.version,
    ...findVerified(consent, purpose),
    ...toExtras(context),
  };
}

/** base64url SHA-256 of the canonical record (RFC 8785) without its member `integrity`: what a passkey signs as its challenge. */
export function toContentDigest(consent: Consent, context: RecordContext): string {
  return toDigest(toCanonicalJson(toContent(consent, context)));
}

/** With `integrity.content_sha256`, and the passkey’s word over that digest where there is one. */
export function toRecord(consent: Consent, context: RecordContext): Json {
  const { assertion } = context;
  const integrity = {
    ...(assertion === undefined ? {} : { assertion: toAssertion(assertion) }),
    content_sha256: toContentDigest(consent, context),
  };
  return { ...toContent(consent, context), integrity };
}
