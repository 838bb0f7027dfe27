import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';

/**
 * Nothing is released under the record until the person resumes it; its end stays where it was. Tokens of before are refused from the commit on, for good:
 * after a resumption the service sends the person round again, without a page to decide on.
 * `consent/not-found` when the record is not this person's; `consent/wrong-state` when it does not stand by consent; `store/conflict` when another decision came first.
 */
export async function pauseConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  current: Consent,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/not-found' | 'consent/wrong-state'>> {
  if (current.personId !== context.person.id) {
    return refuse('consent/not-found', 'no consent of this person');
  }
  return recordDecision(needs, context, { change: 'paused', current, terms: current });
}
