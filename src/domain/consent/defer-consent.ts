import { toBasis } from '../agencies/agency.ts';
import type { Outcome } from '../kernel/errors.ts';
import { recordDecision, toDecider } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';
import type { TurnedDown } from './refuse-consent.ts';

/**
 * "Later": the person decided nothing, and turned back from the page. Where the law decides, turning back is this and no refusal, because there was nothing to refuse.
 * What stands goes on as it was. `store/conflict` when another decision came first.
 */
export async function deferConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  { agreed, language, request }: TurnedDown,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  const { person, purpose } = context;
  const current = await needs.consents.findConsentFor(person.id, purpose.clientId, purpose.id);
  const terms = {
    purposeVersion: purpose.version,
    attributes: [],
    basis: toBasis(purpose, person.kind).type,
    language,
    ...toDecider(context),
    isOffline: false,
    expiresAt: needs.clock.now(),
  };
  const asked = request.attributes.map(({ name }) => name);
  return recordDecision(needs, context, { change: 'deferred', current, terms, agreed, asked });
}
