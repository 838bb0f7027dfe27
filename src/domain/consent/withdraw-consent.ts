import { toTimestamp } from '../kernel/clock.ts';
import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createMessage } from '../outbox/message.ts';
import { isValid } from './consent.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, DecisionContext } from './decide.ts';
import type { Receipt } from './store.ts';

/**
 * Ends a standing consent. From the commit on, every token that rests on it is refused, because reads join the record.
 * `consent/not-found` when the record is not this person's, does not stand, or stands by law and not by consent (decision 12); `store/conflict` when another decision came first.
 */
export async function withdrawConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  current: Consent,
): Promise<Outcome<{ readonly consent: Consent; readonly receipt: Receipt }, 'store/conflict' | 'consent/not-found'>> {
  const now = needs.clock.now();
  if (current.personId !== context.person.id || current.state !== 'given' || !isValid(current, now)) {
    return refuse('consent/not-found', 'no standing consent of this person');
  }
  const consent: Consent = { ...current, version: current.version + 1, state: 'withdrawn', decidedAt: now, expiresAt: now };
  const message = createMessage(needs, {
    topic: 'security-event',
    recipient: current.clientId,
    personId: current.personId,
    body: JSON.stringify({ at: toTimestamp(now), purpose: current.purposeId, record: current.id, sub: context.subject }),
  });
  return recordDecision(needs, context, { type: 'consent.withdrawn', consent, expectedVersion: current.version, outbox: [message] });
}
