// What a change of a record sets going at the service: it is told where it has a receiver, and it owes an answer where something was taken back. Written in
// the act of the change itself, so that no withdrawal exists of which nobody will be told.

import type { Clock } from '../kernel/clock.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventDraft, SealedEvent } from '../ledger/event.ts';
import { createMessage } from '../outbox/message.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import { createDuty, toAnswerWithin } from '../duties/duty.ts';
import type { Duty, DutyKind } from '../duties/duty.ts';
import { findReceiver, toNoticeClaims } from '../duties/service-notice.ts';
import type { NoticeEvent, ServiceNotice } from '../duties/service-notice.ts';
import type { RegisteredService } from '../agencies/agency.ts';
import { isStanding, toGranted } from './consent.ts';
import type { Change, Consent } from './consent.ts';

export type Consequences = {
  readonly outbox: readonly OutboxMessage[];
  readonly duties: readonly Duty[];
  readonly events: readonly SealedEvent[];
};

const none: Consequences = { outbox: [], duties: [], events: [] };

type Effect = { readonly event: NoticeEvent; readonly duty: DutyKind | null; readonly concerned: readonly string[] };

/** What the name of a change says by itself. What the others take away shows in the record alone. */
const rules: Readonly<Partial<Record<Change, Pick<Effect, 'event' | 'duty'>>>> = {
  paused: { event: 'consent-paused', duty: null },
  resumed: { event: 'consent-resumed', duty: null },
  withdrawn: { event: 'consent-withdrawn', duty: 'withdrawn' },
  revoked: { event: 'consent-revoked', duty: 'revoked' },
  invalidated: { event: 'consent-invalidated', duty: 'invalidated' },
};

export type ConsequenceNeeds = { readonly clock: Clock; readonly random: Random; readonly issuer: string };

export type Changed = {
  readonly registered: RegisteredService;
  readonly subject: string;
  readonly before: Consent | undefined;
  readonly consent: Consent;
  readonly receiptId: string;
};

function toEffects({ before, consent }: Pick<Changed, 'before' | 'consent'>): readonly Effect[] {
  const rule = rules[consent.change];
  if (rule !== undefined) {
    return [{ ...rule, concerned: toGranted(before ?? consent) }];
  }
  return before !== undefined && isStanding(before) && isStanding(consent) ? toDifference(before, consent) : [];
}

/**
 * A page can take something back whatever its answer is called: of a record that was paused, ran out or is used up the same untick makes a renewal or a new
 * consent, and a notice by law takes the place of one. What the service had and has no more, it owes an answer for; and it hears that a pause is over.
 * A refusal of a record that ran out takes nothing back: that record had ended by itself.
 */
function toDifference(before: Consent, consent: Consent): readonly Effect[] {
  const after = new Set(toGranted(consent));
  const [kept, taken] = [toGranted(before).filter((name) => after.has(name)), toGranted(before).filter((name) => !after.has(name))];
  const isOver = before.state === 'paused' && consent.state !== 'paused';
  return [
    ...(taken.length > 0 ? [{ event: 'consent-narrowed', duty: 'narrowed', concerned: taken } as const] : []),
    ...(isOver ? [{ event: 'consent-resumed', duty: null, concerned: kept } as const] : []),
  ];
}

function toNotice(needs: ConsequenceNeeds, changed: Changed, { event, concerned }: Effect): ServiceNotice {
  const { subject, consent, receiptId } = changed;
  return {
    event,
    issuer: needs.issuer,
    clientId: consent.clientId,
    subject,
    at: needs.clock.now(),
    receiptId,
    recordId: consent.id,
    version: consent.version,
    purposeId: consent.purposeId,
    attributes: concerned,
    standing: isStanding(consent) && consent.state !== 'paused' ? toGranted(consent) : [],
  };
}

type Told = {
  readonly notice: ServiceNotice;
  readonly kind: DutyKind | null;
  readonly personId: string;
  readonly registered: RegisteredService;
};

/** A service without a receiver is told nothing, and owes its answer all the same. */
export function tellService(needs: ConsequenceNeeds, { notice, kind, personId, registered }: Told): Consequences {
  const { recordId, version, subject, clientId, purposeId, attributes } = notice;
  const hasReceiver = findReceiver(registered) !== undefined;
  const empty = createMessage(needs, { topic: 'security-event', recipient: clientId, personId, body: '' });
  const owed = { recordId, version, personId, subject, clientId, purposeId, attributes, messageId: hasReceiver ? empty.id : null };
  const duty = kind === null ? null : createDuty(needs, { ...owed, kind }, toAnswerWithin(registered.service));
  const duties = duty === null ? [] : [duty];
  if (!hasReceiver) {
    return { ...none, duties };
  }
  const outbox = [{ ...empty, body: toCanonicalJson(toNoticeClaims(notice, duty)) }];
  return { outbox, duties, events: [sealEvent(needs, toQueued(notice, personId, { jti: empty.id, duty: duty?.id ?? null }))] };
}

function toQueued(notice: ServiceNotice, personId: string, ids: { readonly jti: string; readonly duty: string | null }): EventDraft {
  const { clientId: service, purposeId: purpose, recordId: record, attributes, event } = notice;
  const about = { personRef: personId, service, purpose, record, attributes };
  return { type: 'set.queued', actor: { kind: 'system', ref: null }, actedBy: null, ...about, payload: { event, ...ids } };
}

export function toConsequences(needs: ConsequenceNeeds, changed: Changed): Consequences {
  const { personId } = changed.consent;
  const { registered } = changed;
  return toEffects(changed)
    .map((effect) => tellService(needs, { notice: toNotice(needs, changed, effect), kind: effect.duty, personId, registered }))
    .reduce(join, none);
}

function join(one: Consequences, other: Consequences): Consequences {
  return {
    outbox: [...one.outbox, ...other.outbox],
    duties: [...one.duties, ...other.duties],
    events: [...one.events, ...other.events],
  };
}
