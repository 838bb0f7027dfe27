import { toBasis } from '../agencies/agency.ts';
import type { Purpose } from '../agencies/agency.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Language } from '../people/person.ts';
import type { Asked } from './asked.ts';
import type { AttributeDecision } from './consent.ts';
import { recordDecision, toDecider } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';

export type TurnedDown = {
  readonly request: Asked;
  readonly language: Language;
  /** The purpose in the version that the record there is was agreed to. */
  readonly agreed?: Purpose | undefined;
};

/**
 * The person refuses this request. A refusal is kept as carefully as a grant; one that meets a standing consent leaves that consent as it is, because only a withdrawal ends it.
 * `store/conflict` when another decision came first.
 */
export async function refuseConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  { agreed, language, request }: TurnedDown,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  const { person, purpose } = context;
  const now = needs.clock.now();
  const current = await needs.consents.findConsentFor(person.id, purpose.clientId, purpose.id);
  const attributes = request.attributes.map(({ name, necessity }): AttributeDecision => ({
    name,
    necessity,
    decision: 'declined',
    declinedAt: now,
  }));
  const terms = {
    purposeVersion: purpose.version,
    attributes,
    basis: toBasis(purpose, person.kind).type,
    language,
    ...toDecider(context),
    isOffline: false,
    expiresAt: now,
  };
  return recordDecision(needs, context, { change: 'refused', current, terms, agreed, asked: attributes.map(({ name }) => name) });
}
