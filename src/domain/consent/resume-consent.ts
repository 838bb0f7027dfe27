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
 * `consent/purpose-changed` when the purpose now asks for more than was agreed to: then the service has to ask; `store/conflict` when another decision came first.
 */
export async function resumeConsent(needs: ConsentNeeds, context: DecisionContext, current: Consent): Promise<Resumed> {
  if (current.personId !== context.person.id) {
    return refuse('consent/not-found', 'no consent of this person');
  }
  const purpose = findPurpose(context.registered, current.purposeId);
  if (purpose === undefined || isSuperseded(current, { purpose, agreed: context.purpose, kind: context.person.kind })) {
    return refuse('consent/purpose-changed', 'the purpose asks for more than was agreed to, or is no longer registered');
  }
  return recordDecision(needs, context, { change: 'resumed', current, terms: current });
}
