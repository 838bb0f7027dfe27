import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Assertion } from './consent-record.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext, Fixed } from './decide.ts';
import { redraftConsent } from './draft-consent.ts';
import type { Choice, GrantRefusal } from './grant-consent.ts';

export type Confirmation = {
  readonly choice: Choice;
  readonly fixed: Fixed;
  /** What the passkey signed, from the ceremony; the signature was verified. */
  readonly challenge: string;
  readonly assertion: Assertion;
};

/**
 * The person agreed and confirmed it with a passkey. The record is drawn up again from what is true now: only where it is, letter by letter, the one that was
 * signed, is it written. `consent/unconfirmed` when it is not: the record, the purpose, the agency or the session is another one than a moment ago.
 */
export async function confirmConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  { assertion, challenge, ...drafted }: Confirmation,
): Promise<Outcome<Decided, GrantRefusal | 'consent/unconfirmed'>> {
  const draft = await redraftConsent(needs, context, drafted);
  if (!draft.ok) {
    return draft;
  }
  return draft.value.digest === challenge
    ? recordDecision(needs, draft.value.context, { ...draft.value.decision, assertion })
    : refuse('consent/unconfirmed', 'what was signed is not the record as it would be now');
}
