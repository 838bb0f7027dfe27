// One consent of the person who is signed in, and the moment of deciding about it on the own page.

import type { DecisionContext } from '../../domain/consent/decide.ts';
import type { Consent, StoredConsent } from '../../domain/consent/consent.ts';
import { findPurposeOfRecord } from '../../domain/consent/find-purpose-of-record.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { toExpression } from '../expression.ts';
import type { PageNeeds } from '../needs.ts';
import type { Account } from './open-account.ts';

/** `consent/not-found`, in the same words for no consent and for somebody else's. */
export async function getOwnConsent(needs: PageNeeds, account: Account, consentId: string): Promise<StoredConsent> {
  const consent = await needs.consents.findConsent(consentId);
  if (consent === undefined || consent.personId !== account.person.id) {
    throw new Fault('consent/not-found', 'no such consent of this person');
  }
  return consent;
}

export async function toDecisionContext(needs: PageNeeds, account: Account, consent: Consent): Promise<DecisionContext> {
  const found = await findPurposeOfRecord(needs, consent);
  if (found === undefined) {
    throw new Fault('consent/not-found', 'the service or the purpose version is not registered');
  }
  return {
    person: account.person,
    ...found,
    subject: await needs.getSubject(account.person, found.registered.service.sector),
    notice: null,
    expression: toExpression(needs, account.session),
  };
}
