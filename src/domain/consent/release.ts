// The only place that says which attributes may leave: released = requested ∩ approved(purpose) ∩ granted (decision 11); what exists is known later.

import { toBasis } from '../agencies/agency.ts';
import type { Purpose } from '../agencies/agency.ts';
import type { Millis } from '../kernel/clock.ts';
import type { PersonKind } from '../people/person.ts';
import type { Asked } from './asked.ts';
import { isValid, toGranted } from './consent.ts';
import type { Consent } from './consent.ts';

export function toReleasable(
  consent: Consent,
  asked: { readonly purpose: Purpose; readonly request: Asked; readonly kind: PersonKind },
  now: Millis,
): readonly string[] {
  if (!isValid(consent, now) || !isOnGround(consent, asked)) {
    return [];
  }
  const granted = new Set(toGranted(consent));
  const approved = new Set(asked.purpose.attributes.map((attribute) => attribute.name));
  return asked.request.attributes.map((attribute) => attribute.name).filter((name) => approved.has(name) && granted.has(name));
}

/** A person whose kind changed stands on another ground than the one they were told of: nothing leaves until they are told anew. */
function isOnGround(consent: Consent, { purpose, kind }: { readonly purpose: Purpose; readonly kind: PersonKind }): boolean {
  return consent.purposeVersion !== purpose.version || consent.basis === toBasis(purpose, kind).type;
}
