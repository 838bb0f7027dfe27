// What the person was told, as data: the page is printed from it and the record keeps its digest, so that the wording can be proven later.

import { toBasis } from '../agencies/agency.ts';
import type { RegisteredService, Purpose } from '../agencies/agency.ts';
import type { Json } from '../kernel/canonical.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { toDigest } from '../kernel/ids.ts';
import type { PersonKind } from '../people/person.ts';
import type { Asked } from './asked.ts';

export type Told = {
  readonly registered: RegisteredService;
  readonly purpose: Purpose;
  readonly asked: Asked;
  /** Of the person who reads it: the ground may differ by it. */
  readonly kind: PersonKind;
};

export function toNotice({ registered, purpose, asked, kind }: Told): Json {
  const { lawRef, type } = toBasis(purpose, kind);
  return {
    agency: registered.agency.name,
    attributes: asked.attributes.map((attribute) => ({ name: attribute.name, necessity: attribute.necessity, why: attribute.why })),
    expires_after: purpose.expiresAfter,
    legal_basis: { law_ref: lawRef, type },
    purpose: { id: purpose.id, text: purpose.text, version: purpose.version },
    retention: purpose.retention,
    service: registered.service.name,
  };
}

/** base64url SHA-256 of the canonical notice. */
export function toNoticeDigest(notice: Json): string {
  return toDigest(toCanonicalJson(notice));
}
