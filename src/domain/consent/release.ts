// The only place that says which attributes may leave: released = requested ∩ approved(purpose) ∩ granted (decision 11); what exists is known later.

import type { Millis } from '../kernel/clock.ts';
import type { Asked } from './asked.ts';
import { isValid, toGranted } from './consent.ts';
import type { Consent } from './consent.ts';
import { isCovered, isSuperseded } from './superseded.ts';
import type { NowAsked } from './superseded.ts';

/** Under a later version of the purpose that asks no more: what both versions let leave. */
export function toReleasable(consent: Consent, asked: NowAsked & { readonly request: Asked }, now: Millis): readonly string[] {
  if (!isValid(consent, now) || isSuperseded(consent, asked)) {
    return [];
  }
  const granted = new Set(toGranted(consent));
  const requested = new Set(asked.request.attributes.map(({ name }) => name));
  return asked.purpose.attributes
    .filter((attribute) => requested.has(attribute.name) && granted.has(attribute.name) && isCovered(consent, attribute, asked))
    .map(({ name }) => name);
}
