// The signed receipt: the record as decided, with the words that were shown and no value of personal data. It is signed before the act commits, and commits with it.

import { CompactSign } from 'jose';
import type { KeyObject } from 'node:crypto';
import { getAttribute } from '../attributes/catalogue.ts';
import { toBasis } from '../agencies/agency.ts';
import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Json } from '../kernel/canonical.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { toDigest } from '../kernel/ids.ts';
import type { PersonKind } from '../people/person.ts';
import type { Consent } from './consent.ts';

export type ReceiptSigner = { readonly issuer: string; readonly key: KeyObject; readonly kid: string };

/** How the person confirmed: from the session that decided. */
export type Expression = { readonly method: 'button'; readonly acr: string; readonly amr: readonly string[]; readonly authTime: number };

export type ReceiptContext = {
  readonly id: string;
  /** When this version was made. */
  readonly now: Millis;
  readonly registered: RegisteredService;
  readonly purpose: Purpose;
  readonly personKind: PersonKind;
  /** The pairwise subject this service knows the person by. */
  readonly subject: string;
  /** Null where nothing was shown to decide about, as at a withdrawal. */
  readonly noticeDigest: string | null;
  /** Null where the person did not act. */
  readonly expression: Expression | null;
  /** Why an authority ended the record, and by which order or article. */
  readonly act?: { readonly reason: string; readonly reference: string };
};

function toClaims(consent: Consent): Json {
  return consent.attributes.map(({ name, necessity, decision }) => {
    const { sensitivity, source } = getAttribute(name);
    return { decision, name, necessity, sensitivity, source: source.id };
  });
}

function toController({ agency }: RegisteredService): Json {
  return { contacts: agency.contacts, org_id: agency.id, org_name: agency.name, registration_number: agency.registrationNumber };
}

function toExpression({ acr, amr, authTime, method }: Expression): Json {
  return { acr, amr: [...amr], auth_time: authTime, method };
}

/** The record of ISO/IEC TS 27560 as far as it applies, under the field names of the domain model 3.2. */
export function toRecord(consent: Consent, context: ReceiptContext): Json {
  const { act, expression, registered, purpose, noticeDigest } = context;
  return {
    acted_by: consent.actedBy,
    ...(act === undefined ? {} : { authority_act: { reason: act.reason, reference: act.reference } }),
    change: consent.change,
    claims: toClaims(consent),
    controller: toController(registered),
    created_at: toTimestamp(context.now),
    ...(expression === null ? {} : { expression: toExpression(expression) }),
    language: consent.language,
    legal_basis: { law_ref: toBasis(purpose, context.personKind).lawRef, type: consent.basis },
    ...(noticeDigest === null ? {} : { notice: { language: consent.language, rendered_sha256: noticeDigest } }),
    purpose: { purpose_id: consent.purposeId, text: purpose.text, version: consent.purposeVersion },
    receipt_id: context.id,
    record_id: consent.id,
    schema: 'urn:huwiya:consent:1',
    service: { client_id: consent.clientId, name: registered.service.name },
    state: consent.state,
    sub_pairwise: context.subject,
    subject_class: context.personKind,
    terms: { data_life: purpose.retention },
    validity: { expires_at: toTimestamp(consent.expiresAt), not_before: toTimestamp(consent.createdAt) },
    version: consent.version,
  };
}

/** Compact JWS (RFC 7515), EdDSA, payload `{ iat, iss, jti, record }` in canonical form. */
export async function signReceipt(signer: ReceiptSigner, consent: Consent, context: ReceiptContext): Promise<string> {
  const payload = toCanonicalJson({
    iat: Math.floor(context.now / 1000),
    iss: signer.issuer,
    jti: context.id,
    record: toRecord(consent, context),
  });
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: 'huwiya-receipt+jwt' })
    .sign(signer.key);
}

/** What the entry carries: the receipt is bound to the log without being in it. */
export function toReceiptDigest(jws: string): string {
  return toDigest(jws);
}
