// When the person is asked again, and only then (domain model 3.3). A choice that was declined stays declined without asking, for however long.

import type { AskedAttribute } from '../agencies/agency.ts';
import type { Millis } from '../kernel/clock.ts';
import { toAskedOf } from './asked.ts';
import type { Asked } from './asked.ts';
import { toState } from './consent.ts';
import type { Consent, StoredConsent } from './consent.ts';
import { findSupersession, isCovered } from './superseded.ts';
import type { NowAsked, Supersession } from './superseded.ts';
import { isUsedUp } from './uses.ts';

export type AskReason = 'first-time' | 'not-valid' | 'expired' | Supersession | 'used-up' | 'more-asked';

export type AskedOf = NowAsked & { readonly request: Asked };

export function toAskReason(consent: StoredConsent | undefined, asked: AskedOf, now: Millis): AskReason | undefined {
  if (consent === undefined) {
    return 'first-time';
  }
  const state = toState(consent, now);
  if (state !== 'given' && state !== 'notified') {
    return state === 'expired' ? 'expired' : 'not-valid';
  }
  const { attributes } = toAskedOf(asked.request, asked.purpose, asked.kind);
  return findCircumstance(consent, asked) ?? attributes.map((each) => toAttributeReason(consent, each, asked)).find(Boolean);
}

function findCircumstance(consent: StoredConsent, asked: AskedOf): AskReason | undefined {
  return findSupersession(consent, asked) ?? (isUsedUp(consent, asked) ? 'used-up' : undefined);
}

function toAttributeReason(consent: Consent, attribute: AskedAttribute, asked: AskedOf): AskReason | undefined {
  const decided = consent.attributes.find(({ name }) => name === attribute.name);
  if (decided === undefined) {
    return 'more-asked';
  }
  if (decided.decision === 'declined') {
    return attribute.necessity === 'required' ? 'more-asked' : undefined;
  }
  return isCovered(consent, attribute, asked) ? undefined : 'purpose-changed';
}
