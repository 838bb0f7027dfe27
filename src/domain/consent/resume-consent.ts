import { findPurpose } from '../agencies/agency.ts';
import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';

type Resumed = Outcome<Decided, 'store/conflict' | 'consent/not-found' | 'consent/wrong-state' | 'consent/purpose-changed'>;

/**
 * Lets a paused record stand again as it was, until the end it had.
 * `consent/not-found` when the record is not this person's; `consent/wrong-state` when it is not paused or has run out meanwhile;
 * `consent/purpose-changed` when the purpose is no longer the one agreed to: then the service has to ask; `store/conflict` when another decision came first.
 */
export async function resumeConsent(needs: ConsentNeeds, context: DecisionContext, current: Consent): Promise<Resumed> {
  if (current.personId !== context.person.id) {
    return refuse('consent/not-found', 'no consent of this person');
  }
  if (findPurpose(context.registered, current.purposeId)?.version !== current.purposeVersion) {
    return refuse('consent/purpose-changed', 'the purpose has another version than the one agreed to');
  }
  return recordDecision(needs, context, { change: 'resumed', current, terms: current });
}
