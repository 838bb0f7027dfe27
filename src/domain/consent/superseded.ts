// A record stays bound to what was so when it was agreed to: the version of the purpose, the person, the strength of the sign-in. A later version that asks no
// more is covered by it; one that asks more supersedes it, and so does a service that no longer serves this person or that now demands a stronger sign-in.

import { isServed } from '../agencies/agency.ts';
import type { AskedAttribute, Purpose, Service } from '../agencies/agency.ts';
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
  /** As it is registered now. */
  readonly service: Pick<Service, 'audience' | 'minimumLevel'>;
};

export type Supersession = 'kind-changed' | 'not-served' | 'level-too-low' | 'purpose-changed';

/** Why the record does not cover what is asked now: nothing is released under it, and the person is asked anew. Undefined where it does. */
export function findSupersession(consent: Consent, { purpose, agreed, kind, service }: NowAsked): Supersession | undefined {
  if (consent.personKind !== kind) {
    return 'kind-changed';
  }
  if (!isServed(service, kind)) {
    return 'not-served';
  }
  if (service.minimumLevel === 'high' && consent.level !== 'high') {
    return 'level-too-low';
  }
  const isOther = consent.purposeVersion !== purpose.version && (agreed === undefined || areTermsWorse(purpose, agreed, kind));
  return isOther ? 'purpose-changed' : undefined;
}

export function isSuperseded(consent: Consent, asked: NowAsked): boolean {
  return findSupersession(consent, asked) !== undefined;
}

/** Whether what was said about this detail still covers it. */
export function isCovered(consent: Consent, attribute: AskedAttribute, { purpose, agreed }: Pick<NowAsked, 'purpose' | 'agreed'>): boolean {
  return consent.purposeVersion === purpose.version || (agreed !== undefined && !isAttributeWorse(attribute, agreed));
}
