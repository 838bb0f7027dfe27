// The only place that says which attributes may leave: released = requested ∩ approved(purpose) ∩ granted (decision 11); what exists is known later.

import type { Purpose } from '../agencies/agency.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Asked } from './asked.ts';
import { isValid, toGranted } from './consent.ts';
import type { Consent } from './consent.ts';

export function toReleasable(
  consent: Consent,
  asked: { readonly purpose: Purpose; readonly request: Asked },
  now: Millis,
): readonly string[] {
  if (!isValid(consent, now)) {
    return [];
  }
  const granted = new Set(toGranted(consent));
  const approved = new Set(asked.purpose.attributes.map((attribute) => attribute.name));
  return asked.request.attributes.map((attribute) => attribute.name).filter((name) => approved.has(name) && granted.has(name));
}
