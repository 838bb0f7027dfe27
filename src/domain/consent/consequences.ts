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

const rules: Readonly<Partial<Record<Change, { readonly event: NoticeEvent; readonly duty: DutyKind | null }>>> = {
  narrowed: { event: 'consent-narrowed', duty: 'narrowed' },
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

/** What a change took away; at a resumption, what it gave back. */
function toConcerned(before: Consent | undefined, consent: Consent): readonly string[] {
  const standing = new Set(consent.change === 'narrowed' ? toGranted(consent) : []);
  return toGranted(before ?? consent).filter((name) => !standing.has(name));
}

function toNotice(needs: ConsequenceNeeds, changed: Changed, event: NoticeEvent): ServiceNotice {
  const { subject, before, consent, receiptId } = changed;
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
    attributes: toConcerned(before, consent),
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
  const { consent, registered } = changed;
  const rule = rules[consent.change];
  if (rule === undefined) {
    return none;
  }
  const notice = toNotice(needs, changed, rule.event);
  return tellService(needs, { notice, kind: rule.duty, personId: consent.personId, registered });
}
