// What the person was told, as data: the page is printed from it and the record keeps its digest, so that the wording can be proven later.

import type { RegisteredService, Purpose } from '../agencies/agency.ts';
import type { Json } from '../kernel/canonical.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Asked } from './asked.ts';

export function toNotice(registered: RegisteredService, purpose: Purpose, asked: Asked): Json {
  return {
    agency: registered.agency.name,
    attributes: asked.attributes.map((attribute) => ({ name: attribute.name, necessity: attribute.necessity, why: attribute.why })),
    expires_after: purpose.expiresAfter,
    legal_basis: { law_ref: purpose.legalBasis.lawRef, type: purpose.legalBasis.type },
    purpose: { id: purpose.id, text: purpose.text, version: purpose.version },
    retention: purpose.retention,
    service: registered.service.name,
  };
}

/** base64url SHA-256 of the canonical notice. */
export function toNoticeDigest(notice: Json): string {
  return toDigest(toCanonicalJson(notice));
}
