// One decision about one record, written as one act: record, signed receipt, entry and outbox commit together or not at all (decision 5).
// Every use case comes through here, and so through the table of transitions.

import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome, Refused } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Person } from '../people/person.ts';
import { toState } from './consent.ts';
import type { Consent } from './consent.ts';
import { toContentDigest } from './consent-record.ts';
import type { Assertion, Expression, RecordContext } from './consent-record.ts';
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

/** What is drawn once for a record that a passkey signs, so that it is the same record when it is written. */
export type Fixed = { readonly at: Millis; readonly recordId: string; readonly receiptId: string; readonly nonce: string };

export type RecordedDecision = DecisionTold & {
  /** The record this decision is made upon. */
  readonly current: Consent | undefined;
  readonly terms: Terms;
  readonly fixed?: Fixed;
  readonly assertion?: Assertion;
};

export type Decided = { readonly consent: Consent; readonly receipt: Receipt };

/** `consent/wrong-state` when the table of transitions has no such change; `store/conflict` when another decision came first. */
export async function recordDecision(
  needs: ConsentNeeds,
  context: DecisionContext,
  decision: RecordedDecision,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  const now = decision.fixed?.at ?? needs.clock.now();
  const consent = findNext(needs, context, { ...decision, now });
  if (consent === undefined) {
    return refuseChange(decision);
  }
  const facts = toRecordContext(needs, context, { ...decision, now });
  const { id } = facts;
  const { expression, notice } = context;
  const jws = await signReceipt(needs.signer, consent, facts);
  // One moment for record, receipt and entry, so that the record can be computed from its entries.
  const atOnce = { random: needs.random, clock: { now: () => now } };
  const evidence = { notice: facts.noticeDigest, receipt: toReceiptDigest(jws), expression };
  const event = sealEvent(atOnce, toDecisionDraft(consent, decision, evidence));
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

/** What a passkey is asked to sign: the digest of the very record that `recordDecision` will write with the same `fixed`. */
export function digestDecision(
  needs: ConsentNeeds,
  context: DecisionContext,
  decision: RecordedDecision & { readonly fixed: Fixed },
): Outcome<string, 'consent/wrong-state'> {
  const now = decision.fixed.at;
  const consent = findNext(needs, context, { ...decision, now });
  const { issuer } = needs.signer;
  return consent === undefined
    ? refuseChange(decision)
    : succeed(toContentDigest(consent, { ...toRecordContext(needs, context, { ...decision, now }), issuer }));
}

function refuseChange({ change, current }: RecordedDecision): Refused<'consent/wrong-state'> {
  return refuse('consent/wrong-state', `no ${change} from ${current?.state ?? 'none'}`);
}

type At = { readonly now: number };

function toRecordContext(
  { random }: ConsentNeeds,
  context: DecisionContext,
  { act, assertion, fixed, now }: RecordedDecision & At,
): Omit<RecordContext, 'issuer'> {
  const { expression, notice, person, purpose, registered, subject } = context;
  return {
    id: fixed?.receiptId ?? createUuid(random, now),
    now,
    registered,
    purpose,
    personKind: person.kind,
    subject,
    noticeDigest: findDigest(notice),
    expression,
    ...(act === undefined ? {} : { act }),
    ...(assertion === undefined ? {} : { assertion }),
  };
}

/** The record as it is after the decision; undefined where the table refuses it. */
function findNext(needs: ConsentNeeds, context: DecisionContext, decision: RecordedDecision & At): Consent | undefined {
  const { change, current, now } = decision;
  const from = current === undefined ? 'none' : toState(current, now);
  const state = findNextState(from, change);
  if (state === undefined) {
    return undefined;
  }
  const actedBy = decision.act === undefined ? 'self' : 'authority';
  const base = current ?? toFirst(needs, decision);
  const version = base.version + 1;
  return current !== undefined && isLeftAsItWas(from, change)
    ? { ...current, version, change, actedBy }
    : { ...toDecided(context, decision), id: base.id, version, state, change, actedBy, createdAt: base.createdAt };
}

function toFirst({ random }: ConsentNeeds, { fixed, now }: RecordedDecision & At): Pick<Consent, 'id' | 'version' | 'createdAt'> {
  return { id: fixed?.recordId ?? createUuid(random, now), version: 0, createdAt: now };
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
