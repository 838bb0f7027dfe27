import { toBasis } from '../agencies/agency.ts';
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
  const { person, purpose } = context;
  const current = await needs.consents.findConsentFor(person.id, purpose.clientId, purpose.id);
  const isStanding = current !== undefined && isValid(current, needs.clock.now());
  const consent = isStanding ? { ...current, version: current.version + 1 } : toRefused(needs, context, { ...asked, current });
  const refused = asked.request.attributes.map((attribute) => attribute.name);
  const expectedVersion = current?.version ?? null;
  return recordDecision(needs, context, { type: 'consent.refused', consent, expectedVersion, outbox: [], refused });
}

type Refusal = { readonly request: Asked; readonly language: Language; readonly current: Consent | undefined };

function toRefused(needs: ConsentNeeds, { person, purpose }: DecisionContext, refusal: Refusal): Consent {
  const now = needs.clock.now();
  const record = refusal.current ?? { id: createUuid(needs.random, now), version: 0, createdAt: now };
  return {
    id: record.id,
    personId: person.id,
    clientId: purpose.clientId,
    purposeId: purpose.id,
    purposeVersion: purpose.version,
    version: record.version + 1,
    state: 'refused',
    attributes: refusal.request.attributes.map((attribute) => ({
      name: attribute.name,
      necessity: attribute.necessity,
      decision: 'declined',
    })),
    basis: toBasis(purpose, person.kind).type,
    language: refusal.language,
    actedBy: 'self',
    createdAt: record.createdAt,
    decidedAt: now,
    expiresAt: now,
  };
}
