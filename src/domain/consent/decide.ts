// One decision about one record, written as one act: record, signed receipt, entry and outbox commit together or not at all (decision 5).
// Every use case comes through here, and so through the table of transitions.

import { levelNames } from '../kernel/levels.ts';
import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
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
export type Terms = Pick<
  Consent,
  'purposeVersion' | 'attributes' | 'basis' | 'language' | 'personKind' | 'level' | 'isOffline' | 'expiresAt'
>;

/** What a new decision says of the one who decided. */
export function toDecider({ person, expression }: DecisionContext): Pick<Terms, 'personKind' | 'level'> {
  return { personKind: person.kind, level: expression?.acr === levelNames.high ? 'high' : 'substantial' };
}

/** What is drawn once for a record that a passkey signs, so that it is the same record when it is written. */
export type Fixed = { readonly at: Millis; readonly recordId: string; readonly receiptId: string; readonly nonce: string };

export type RecordedDecision = DecisionTold & {
  /** The record this decision is made upon. */
  readonly current: Consent | undefined;
  readonly terms: Terms;
  /** The purpose in the version that this record was agreed to, where something is said beside it. */
  readonly agreed?: Purpose | undefined;
  readonly fixed?: Fixed;
  readonly assertion?: Assertion;
};

export type Decided = { readonly consent: Consent; readonly receipt: Receipt };

/**
 * `consent/wrong-state` when the table of transitions has no such change; `store/conflict` when another decision came first, also where the record is bound
 * to other terms than are at hand: a record never shows a text that was not its own.
 */
export async function recordDecision(
  needs: ConsentNeeds,
  context: DecisionContext,
  decision: RecordedDecision,
): Promise<Outcome<Decided, 'store/conflict' | 'consent/wrong-state'>> {
  const now = decision.fixed?.at ?? needs.clock.now();
  const drawn = draw(needs, context, { ...decision, now });
  if (!drawn.ok) {
    return drawn;
  }
  const { consent, facts } = drawn.value;
  const { expression, notice } = context;
  const jws = await signReceipt(needs.signer, consent, facts);
  // One moment for record, receipt and entry, so that the record can be computed from its entries.
  const atOnce = { random: needs.random, clock: { now: () => now } };
  const told = { ...decision, askedVersion: context.purpose.version };
  const event = sealEvent(
    atOnce,
    toDecisionDraft(consent, told, { notice: findDigest(notice), receipt: toReceiptDigest(jws), expression }),
  );
  const { personId, version } = consent;
  const receipt: Receipt = { id: facts.id, consentId: consent.id, personId, version, jws, eventId: event.id, createdAt: now };
  const { registered, subject } = context;
  const changed = { registered, subject, before: decision.current, consent, receiptId: facts.id };
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
): Outcome<string, 'store/conflict' | 'consent/wrong-state'> {
  const { authority, issuer } = needs.signer;
  const drawn = draw(needs, context, { ...decision, now: decision.fixed.at });
  return drawn.ok ? succeed(toContentDigest(drawn.value.consent, { ...drawn.value.facts, authority, issuer })) : drawn;
}

type At = { readonly now: number };
type Facts = Omit<RecordContext, 'issuer' | 'authority'>;

/** The record as it is after the decision, and what is true around it. */
function draw(
  needs: ConsentNeeds,
  context: DecisionContext,
  decision: RecordedDecision & At,
): Outcome<{ readonly consent: Consent; readonly facts: Facts }, 'store/conflict' | 'consent/wrong-state'> {
  const { agreed, change, current } = decision;
  const consent = findNext(needs, context, decision);
  if (consent === undefined) {
    return refuse('consent/wrong-state', `no ${change} from ${current?.state ?? 'none'}`);
  }
  const purpose = [context.purpose, agreed].find((each) => each?.version === consent.purposeVersion);
  return purpose === undefined
    ? refuse('store/conflict', 'the record is bound to another version of the purpose')
    : succeed({ consent, facts: toFacts(needs, context, { ...decision, purpose }) });
}

function toFacts(
  { random }: ConsentNeeds,
  context: DecisionContext,
  { act, asked, assertion, fixed, now, purpose }: RecordedDecision & At & { readonly purpose: Purpose },
): Facts {
  const { expression, notice, person, registered, subject } = context;
  return {
    id: fixed?.receiptId ?? createUuid(random, now),
    now,
    registered,
    purpose,
    personKind: person.kind,
    subject,
    notice,
    expression,
    ...(asked === undefined ? {} : { request: { purpose: context.purpose, names: asked } }),
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
    isOffline: terms.isOffline,
    decidedAt: now,
    expiresAt: terms.expiresAt,
  };
}
