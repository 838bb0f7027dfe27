import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { AttributeDecision, Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';

export type Narrowing = {
  readonly current: Consent;
  /** Names of the optional attributes that the person takes out. */
  readonly removed: readonly string[];
};

type Narrowed = Outcome<
  Decided,
  'store/conflict' | 'consent/not-found' | 'consent/wrong-state' | 'consent/attribute-not-offered' | 'consent/required-attribute'
>;

/**
 * Takes chosen attributes out of a consent that goes on until the end it had.
 * `consent/required-attribute` when a needed one is named: without it there is only a withdrawal; `consent/attribute-not-offered` when the form names nothing
 * that is shared; `consent/not-found` when the record is not this person's; `consent/wrong-state` when it does not stand by consent; `store/conflict` when another decision came first.
 */
export async function narrowConsent(needs: ConsentNeeds, context: DecisionContext, { current, removed }: Narrowing): Promise<Narrowed> {
  if (current.personId !== context.person.id) {
    return refuse('consent/not-found', 'no consent of this person');
  }
  const granted = new Map(current.attributes.filter(({ decision }) => decision === 'granted').map((each) => [each.name, each]));
  if (removed.length === 0 || removed.some((name) => !granted.has(name))) {
    return refuse('consent/attribute-not-offered', 'the form names nothing that is shared under this consent');
  }
  if (removed.some((name) => granted.get(name)?.necessity === 'required')) {
    return refuse('consent/required-attribute', 'a needed attribute cannot be taken out; the consent can be withdrawn');
  }
  const declinedAt = needs.clock.now();
  const attributes = current.attributes.map((each): AttributeDecision =>
    removed.includes(each.name) ? { ...each, decision: 'declined', declinedAt } : each,
  );
  return recordDecision(needs, context, { change: 'narrowed', current, terms: { ...current, attributes } });
}
