import type { Outcome } from '../kernel/errors.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';
import type { AuthorityEnd } from './revoke-consent.ts';

/**
 * A court or an authority declares that a record never was valid, whether it stands or has ended. What was released under it stays in the log as it was.
 * `consent/wrong-state` when it never stood; `store/conflict` when another decision came first.
 */
export async function invalidateConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  { current, act }: AuthorityEnd,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  return recordDecision(needs, context, { change: 'invalidated', current, act, terms: { ...current, expiresAt: needs.clock.now() } });
}
