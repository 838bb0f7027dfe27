// One decision about one record, written as one act: record, signed receipt, entry and outbox commit together or not at all (decision 5).

import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Clock } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventType, EventDraft } from '../ledger/event.ts';
import type { Person } from '../people/person.ts';
import type { Consent } from './consent.ts';
import { signReceipt, toReceiptDigest } from './receipt.ts';
import type { Expression, ReceiptSigner } from './receipt.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import type { ConsentStore, Receipt } from './store.ts';

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
  readonly noticeDigest: string | null;
  readonly expression: Expression;
};

export type RecordedDecision = {
  readonly type: EventType;
  readonly consent: Consent;
  readonly expectedVersion: number | null;
  readonly outbox: readonly OutboxMessage[];
  /** What a refusal turned down, where the record itself goes on as it was. */
  readonly refused?: readonly string[];
};

export async function recordDecision(
  needs: ConsentNeeds,
  context: DecisionContext,
  decision: RecordedDecision,
): Promise<Outcome<{ readonly consent: Consent; readonly receipt: Receipt }, 'store/conflict'>> {
  const { consent } = decision;
  const id = createUuid(needs.random, needs.clock.now());
  const jws = await signReceipt(needs.signer, consent, { ...context, id, personKind: context.person.kind });
  const event = sealEvent(needs, toEvent(decision, context, jws));
  const { personId, version } = consent;
  const receipt: Receipt = { id, consentId: consent.id, personId, version, jws, eventId: event.id, createdAt: consent.decidedAt };
  const { expectedVersion, outbox } = decision;
  const saved = await needs.consents.saveDecision({ consent, expectedVersion, receipt, events: [event], outbox });
  return saved === 'saved' ? succeed({ consent, receipt }) : refuse('store/conflict', 'the record was changed by another decision');
}

function namesOf(consent: Consent, isNamed: (decision: string) => boolean): readonly string[] {
  return consent.attributes.filter((attribute) => isNamed(attribute.decision)).map((attribute) => attribute.name);
}

/** The person is named by `personRef` alone, which can be erased; the body cannot. */
function toEvent({ type, consent, refused }: RecordedDecision, context: DecisionContext, jws: string): EventDraft {
  return {
    type,
    personRef: context.person.id,
    actor: { kind: 'person', ref: null },
    actedBy: consent.actedBy,
    service: consent.clientId,
    purpose: consent.purposeId,
    purposeVersion: consent.purposeVersion,
    record: consent.id,
    attributes: refused === undefined ? namesOf(consent, (decision) => decision !== 'declined') : [],
    payload: {
      declined: refused ?? namesOf(consent, (decision) => decision === 'declined'),
      expires_at: consent.expiresAt,
      language: consent.language,
      notice_sha256: context.noticeDigest,
      receipt_sha256: toReceiptDigest(jws),
      version: consent.version,
    },
  };
}
