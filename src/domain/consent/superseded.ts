// A record stays bound to the version of the purpose that was agreed to. A later version that asks no more is covered by it; one that asks more supersedes it.

import type { AskedAttribute, Purpose } from '../agencies/agency.ts';
import { areTermsWorse, isAttributeWorse } from '../agencies/worse-terms.ts';
import type { PersonKind } from '../people/person.ts';
import type { Consent } from './consent.ts';

export type NowAsked = {
  /** The purpose as it is registered now. */
  readonly purpose: Purpose;
  /** The version that the record is bound to; undefined where it is not known. */
  readonly agreed: Purpose | undefined;
  /** Of the person, now. */
  readonly kind: PersonKind;
};

/** Whether the record does not cover what is asked now: nothing is released under it, and the person is asked anew. */
export function isSuperseded(consent: Consent, { purpose, agreed, kind }: NowAsked): boolean {
  if (consent.personKind !== kind) {
    return true;
  }
  return consent.purposeVersion !== purpose.version && (agreed === undefined || areTermsWorse(purpose, agreed, kind));
}

/** Whether what was said about this detail still covers it. */
export function isCovered(consent: Consent, attribute: AskedAttribute, { purpose, agreed }: NowAsked): boolean {
  return consent.purposeVersion === purpose.version || (agreed !== undefined && !isAttributeWorse(attribute, agreed));
}
