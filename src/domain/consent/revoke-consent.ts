import type { Outcome } from '../kernel/errors.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';
import type { AuthorityAct } from './decision-event.ts';

export type AuthorityEnd = { readonly current: Consent; readonly act: AuthorityAct };

/**
 * An authority ends what stands, by consent or by law; from the commit on nothing is released under it. The person may be asked anew and agree anew.
 * `consent/wrong-state` when the record does not stand; `store/conflict` when another decision came first.
 */
export async function revokeConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  { current, act }: AuthorityEnd,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  return recordDecision(needs, context, { change: 'revoked', current, act, terms: { ...current, expiresAt: needs.clock.now() } });
}
