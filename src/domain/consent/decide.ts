// One decision about one record, written as one act: record, signed receipt, entry and outbox commit together or not at all (decision 5).
// Every use case comes through here, and so through the table of transitions.

import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Clock } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Person } from '../people/person.ts';
import { toState } from './consent.ts';
import type { Consent } from './consent.ts';
import type { Expression } from './consent-record.ts';
import { toConsequences } from './consequences.ts';
import { toDecisionDraft } from './decision-event.ts';
import type { DecisionTold } from './decision-event.ts';
import { findDigest } from './notice.ts';
import type { Notice } from './notice.ts';
import { signReceipt, toReceiptDigest } from './receipt.ts';
import type { ReceiptSigner } from './receipt.ts';
import type { ConsentStore, Receipt } from './store.ts';
import { findNextState, isLeftAsItWas } from './transitions.ts';

export type ConsentNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly consents: ConsentStore;
  readonly signer: ReceiptSigner;
};

/** Everything about the moment of deciding that is not the decision itself. */
export type DecisionContext = {
  readonly person: Person;
  readonly registered: RegisteredService;
  readonly purpose: Purpose;
  readonly subject: string;
  /** Null where nothing was shown to decide about, as at a withdrawal. */
  readonly notice: Notice | null;
  /** Null where the person did not act. */
  readonly expression: Expression | null;
};

/** What a decision may say about a record. */
export type Terms = Pick<Consent, 'purposeVersion' | 'attributes' | 'basis' | 'language' | 'personKind' | 'level' | 'expiresAt'>;

/** What a new decision says of the one who decided. */
export function toDecider({ person, expression }: DecisionContext): Pick<Terms, 'personKind' | 'level'> {
  return { personKind: person.kind, level: expression?.acr === 'urn:huwiya:loa:high' ? 'high' : 'substantial' };
}

export type RecordedDecision = DecisionTold & {
  /** The record this decision is made upon. */
  readonly current: Consent | undefined;
  readonly terms: Terms;
};

export type Decided = { readonly consent: Consent; readonly receipt: Receipt };

/** `consent/wrong-state` when the table of transitions has no such change; `store/conflict` when another decision came first. */
export async function recordDecision(
  needs: ConsentNeeds,
  context: DecisionContext,
  decision: RecordedDecision,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  const now = needs.clock.now();
  const consent = findNext(needs, context, { ...decision, now });
  if (consent === undefined) {
    return refuse('consent/wrong-state', `no ${decision.change} from ${decision.current?.state ?? 'none'}`);
  }
  const id = createUuid(needs.random, now);
  const { notice } = context;
  const noticeDigest = findDigest(notice);
  const jws = await signReceipt(needs.signer, consent, { ...context, ...decision, noticeDigest, id, now, personKind: context.person.kind });
  // One moment for record, receipt and entry, so that the record can be computed from its entries.
  const atOnce = { random: needs.random, clock: { now: () => now } };
  const digests = { notice: noticeDigest, receipt: toReceiptDigest(jws) };
  const event = sealEvent(atOnce, toDecisionDraft(consent, decision, digests));
  const { personId, version } = consent;
  const receipt: Receipt = { id, consentId: consent.id, personId, version, jws, eventId: event.id, createdAt: now };
  const { registered, subject } = context;
  const changed = { registered, subject, before: decision.current, consent, receiptId: id };
  const consequences = toConsequences({ ...atOnce, issuer: needs.signer.issuer }, changed);
  const expectedVersion = decision.current?.version ?? null;
  const events = [event, ...consequences.events];
  const saved = await needs.consents.saveDecision({ ...consequences, consent, expectedVersion, receipt, events, notice });
  return saved === 'saved' ? succeed({ consent, receipt }) : refuse('store/conflict', 'the record was changed by another decision');
}

type At = { readonly now: number };

/** The record as it is after the decision; undefined where the table refuses it. */
function findNext(needs: ConsentNeeds, context: DecisionContext, decision: RecordedDecision & At): Consent | undefined {
  const { change, current, now } = decision;
  const from = current === undefined ? 'none' : toState(current, now);
  const state = findNextState(from, change);
  if (state === undefined) {
    return undefined;
  }
  const actedBy = decision.act === undefined ? 'self' : 'authority';
  const base = current ?? { id: createUuid(needs.random, now), version: 0, createdAt: now };
  const version = base.version + 1;
  return current !== undefined && isLeftAsItWas(from, change)
    ? { ...current, version, change, actedBy }
    : { ...toDecided(context, decision), id: base.id, version, state, change, actedBy, createdAt: base.createdAt };
}

type DecidedPart = Omit<Consent, 'id' | 'version' | 'state' | 'change' | 'actedBy' | 'createdAt'>;

function toDecided({ person, purpose }: DecisionContext, { terms, now }: RecordedDecision & At): DecidedPart {
  return {
    personId: person.id,
    clientId: purpose.clientId,
    purposeId: purpose.id,
    purposeVersion: terms.purposeVersion,
    attributes: terms.attributes,
    basis: terms.basis,
    language: terms.language,
    personKind: terms.personKind,
    level: terms.level,
    decidedAt: now,
    expiresAt: terms.expiresAt,
  };
}
