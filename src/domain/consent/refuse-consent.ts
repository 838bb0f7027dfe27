import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Language } from '../people/person.ts';
import type { Asked } from './asked.ts';
import { isValid } from './consent.ts';
import type { Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, DecisionContext } from './decide.ts';
import type { Receipt } from './store.ts';

/**
 * The person refuses this request. A refusal is kept as carefully as a grant; one that meets a standing consent leaves that consent as it is, because only a withdrawal ends it.
 * `store/conflict` when another decision came first.
 */
export async function refuseConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  asked: { readonly request: Asked; readonly language: Language },
): Promise<Outcome<{ readonly consent: Consent; readonly receipt: Receipt }, 'store/conflict'>> {
  const { person, registered, purpose } = context;
  const now = needs.clock.now();
  const current = await needs.consents.findConsentFor(person.id, registered.service.clientId, purpose.id);
  const isStanding = current !== undefined && isValid(current, now);
  const refused: Consent = {
    id: current?.id ?? createUuid(needs.random, now),
    personId: person.id,
    clientId: registered.service.clientId,
    purposeId: purpose.id,
    purposeVersion: purpose.version,
    version: (current?.version ?? 0) + 1,
    state: 'refused',
    attributes: asked.request.attributes.map((attribute) => ({ name: attribute.name, necessity: attribute.necessity, decision: 'declined' })),
    basis: purpose.legalBasis.type,
    language: asked.language,
    actedBy: 'self',
    createdAt: current?.createdAt ?? now,
    decidedAt: now,
    expiresAt: now,
  };
  const consent = isStanding ? { ...current, version: current.version + 1 } : refused;
  return recordDecision(needs, context, { type: 'consent.refused', consent, expectedVersion: current?.version ?? null, outbox: [] });
}
