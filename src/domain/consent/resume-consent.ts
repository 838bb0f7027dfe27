import { findPurpose } from '../agencies/agency.ts';
import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';
import { isSuperseded } from './superseded.ts';

type Resumed = Outcome<Decided, 'store/conflict' | 'consent/not-found' | 'consent/wrong-state' | 'consent/purpose-changed'>;

/**
 * Lets a paused record stand again as it was, until the end it had. The purpose of the context MUST be the version agreed to.
 * `consent/not-found` when the record is not this person's; `consent/wrong-state` when it is not paused or has run out meanwhile;
 * `consent/purpose-changed` when the record does not cover what is asked now: then the service has to ask; `store/conflict` when another decision came first.
 */
export async function resumeConsent(needs: ConsentNeeds, context: DecisionContext, current: Consent): Promise<Resumed> {
  const { person, registered } = context;
  if (current.personId !== person.id) {
    return refuse('consent/not-found', 'no consent of this person');
  }
  const purpose = findPurpose(registered, current.purposeId);
  const asked = { agreed: context.purpose, kind: person.kind, service: registered.service };
  if (purpose === undefined || isSuperseded(current, { ...asked, purpose })) {
    return refuse('consent/purpose-changed', 'the record does not cover what is asked now, or its purpose is no longer registered');
  }
  return recordDecision(needs, context, { change: 'resumed', current, terms: current });
}
