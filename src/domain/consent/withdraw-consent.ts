import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';

/**
 * Ends a standing consent, a paused one too. From the commit on, every token that rests on it is refused, because reads join the record.
 * `consent/not-found` when the record is not this person's; `consent/wrong-state` when it does not stand, or stands by law and not by consent (decision 12);
 * `store/conflict` when another decision came first.
 */
export async function withdrawConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  current: Consent,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/not-found' | 'consent/wrong-state'>> {
  if (current.personId !== context.person.id) {
    return refuse('consent/not-found', 'no consent of this person');
  }
  return recordDecision(needs, context, { change: 'withdrawn', current, terms: { ...current, expiresAt: needs.clock.now() } });
}
