// When the person is asked again, and only then (domain model 3.3). A declined optional attribute stays declined without asking.

import type { Purpose } from '../agencies/agency.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Asked } from './asked.ts';
import { toState } from './consent.ts';
import type { Consent } from './consent.ts';

export type AskReason = 'first-time' | 'not-valid' | 'expired' | 'purpose-changed' | 'more-asked';

export function toAskReason(
  consent: Consent | undefined,
  asked: { readonly purpose: Purpose; readonly request: Asked },
  now: Millis,
): AskReason | undefined {
  if (consent === undefined) {
    return 'first-time';
  }
  const state = toState(consent, now);
  if (state !== 'given' && state !== 'notified') {
    return state === 'expired' ? 'expired' : 'not-valid';
  }
  if (consent.purposeVersion !== asked.purpose.version) {
    return 'purpose-changed';
  }
  const decided = new Set(consent.attributes.map((attribute) => attribute.name));
  return asked.request.attributes.every((attribute) => decided.has(attribute.name)) ? undefined : 'more-asked';
}
