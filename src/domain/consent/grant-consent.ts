import { toBasis } from '../agencies/agency.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { EventType } from '../ledger/event.ts';
import type { Language } from '../people/person.ts';
import type { Asked } from './asked.ts';
import { isValid, toGranted } from './consent.ts';
import type { AttributeDecision, Consent } from './consent.ts';
import { recordDecision } from './decide.ts';
import type { ConsentNeeds, DecisionContext } from './decide.ts';
import type { Receipt } from './store.ts';

export type Choice = {
  readonly asked: Asked;
  /** Names of the optional attributes that the person ticked. */
  readonly chosen: readonly string[];
  readonly language: Language;
  /** The version the page was printed from; null when there was no record. */
  readonly shownVersion: number | null;
};

/**
 * The person agrees, or is notified where the basis is not consent (decision 12).
 * `consent/attribute-not-offered` when the form names something the page did not offer; `store/conflict` when another decision came first.
 */
export async function grantConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  choice: Choice,
): Promise<Outcome<{ readonly consent: Consent; readonly receipt: Receipt }, 'store/conflict' | 'consent/attribute-not-offered'>> {
  const optional = new Set(
    choice.asked.attributes.filter((attribute) => attribute.necessity === 'optional').map((attribute) => attribute.name),
  );
  if (choice.chosen.some((name) => !optional.has(name))) {
    return refuse('consent/attribute-not-offered', 'the form names an attribute that this page does not offer as a choice');
  }
  const current = await needs.consents.findConsentFor(context.person.id, context.registered.service.clientId, context.purpose.id);
  if ((current?.version ?? null) !== choice.shownVersion) {
    return refuse('store/conflict', 'the record changed while the page was open');
  }
  const consent = toGrantedConsent(needs, context, { choice, current });
  const type = toEventType(consent, current);
  return recordDecision(needs, context, { type, consent, expectedVersion: choice.shownVersion, outbox: [] });
}

function toGrantedConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  answer: { readonly choice: Choice; readonly current: Consent | undefined },
): Consent {
  const { choice, current } = answer;
  const { person, purpose } = context;
  const basis = toBasis(purpose, person.kind).type;
  const now = needs.clock.now();
  const standing = findStanding(context, current, now);
  const decided = toDecided(context, choice);
  const kept = toKept(context, decided, standing);
  const renewedUntil = addDuration(now, purpose.expiresAfter);
  // What the page did not show was not renewed: the record ends when it would have ended.
  const expiresAt = standing !== undefined && kept.length > 0 ? Math.min(standing.expiresAt, renewedUntil) : renewedUntil;
  const record = current ?? { id: createUuid(needs.random, now), version: 0, createdAt: now };
  return {
    id: record.id,
    personId: person.id,
    clientId: purpose.clientId,
    purposeId: purpose.id,
    purposeVersion: purpose.version,
    version: record.version + 1,
    state: basis === 'consent' ? 'given' : 'notified',
    attributes: [...decided, ...kept],
    basis,
    language: choice.language,
    actedBy: 'self',
    createdAt: record.createdAt,
    decidedAt: now,
    expiresAt,
  };
}

function toEventType(consent: Consent, current: Consent | undefined): EventType {
  if (consent.state === 'notified') {
    return 'consent.notified';
  }
  if (current?.state !== 'given') {
    return 'consent.given';
  }
  const granted = new Set(toGranted(consent));
  return toGranted(current).some((name) => !granted.has(name)) ? 'consent.narrowed' : 'consent.renewed';
}

/** What was agreed to under other terms was not agreed to under these: an earlier version of the purpose carries nothing over. */
function findStanding({ purpose }: DecisionContext, current: Consent | undefined, now: Millis): Consent | undefined {
  return current !== undefined && isValid(current, now) && current.purposeVersion === purpose.version ? current : undefined;
}

function toDecided(context: DecisionContext, choice: Choice): readonly AttributeDecision[] {
  const isNotice = toBasis(context.purpose, context.person.kind).type !== 'consent';
  const chosen = new Set(choice.chosen);
  return choice.asked.attributes.map((attribute): AttributeDecision => {
    const isIn = attribute.necessity === 'required' || chosen.has(attribute.name);
    const granted = isNotice && attribute.necessity === 'required' ? 'notified' : 'granted';
    return { name: attribute.name, necessity: attribute.necessity, decision: isIn ? granted : 'declined' };
  });
}

/** Decisions of a standing record about what was not asked this time: a narrower request takes nothing back. */
function toKept(
  { purpose }: DecisionContext,
  decided: readonly AttributeDecision[],
  standing: Consent | undefined,
): readonly AttributeDecision[] {
  const names = new Set(decided.map((attribute) => attribute.name));
  const offered = new Set(purpose.attributes.map((attribute) => attribute.name));
  return (standing?.attributes ?? []).filter((attribute) => !names.has(attribute.name) && offered.has(attribute.name));
}
