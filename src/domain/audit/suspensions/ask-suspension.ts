// The first of the two people: proposing a suspension, or the end of one. Proposing changes nothing.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { createUuid } from '../../kernel/ids.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { EventType, SealedEvent, SealNeeds } from '../../ledger/event.ts';
import type { StaffStore } from '../../staff/store.ts';
import type { CaseNeeds } from '../case-needs.ts';
import type { OpenedCase } from '../case.ts';
import { openRequestMs } from '../unmask.ts';
import { findReached, findSubject } from './reach.ts';
import type { SignalNeeds } from './signal.ts';
import type { SuspensionStore } from './store.ts';
import { isStanding } from './suspension.ts';
import type { Suspendable, Suspension } from './suspension.ts';

export type SuspensionNeeds = CaseNeeds &
  SignalNeeds & { readonly staff: Pick<StaffStore, 'findOfficer' | 'listOfficers'>; readonly suspensions: SuspensionStore };

type Told = {
  readonly type: Extract<EventType, `suspension.${string}`>;
  /** Null where its time has passed. */
  readonly officerId: string | null;
  readonly number: string;
};

/** It names the service, so that an auditor of its agency alone sees it too; an officer by their account. */
export function sealSuspensionEvent(needs: SealNeeds, { type, officerId, number }: Told, suspension: Suspension): SealedEvent {
  const { id, kind, subject, orderId } = suspension;
  const actor = officerId === null ? ({ kind: 'system', ref: null } as const) : ({ kind: 'officer', ref: officerId } as const);
  const about = kind === 'officer' ? { officer: subject } : {};
  const payload = { case: number, suspension: id, act: orderId === null ? 'suspend' : 'resume', ...about };
  return sealEvent(needs, { type, personRef: null, actor, actedBy: null, service: kind === 'service' ? subject : null, payload });
}

/** The one that stands over a subject by this case. */
export function findStanding(all: readonly Suspension[], { kind, id }: Suspendable): Suspension | undefined {
  return all.find((each) => isStanding(each) && each.kind === kind && each.subject === id);
}

export type SuspensionAsked = {
  readonly subject: Suspendable;
  readonly act: 'suspend' | 'resume';
  readonly reason: string;
  readonly officerId: string;
  readonly passkeyId: string;
};

type Refusal = 'suspension/outside' | 'suspension/no-effect';

/** Whether it could be agreed to now; the standing suspension where it is to end. */
export async function findProposed(
  needs: SuspensionNeeds,
  opened: OpenedCase,
  { subject, act }: Pick<SuspensionAsked, 'subject' | 'act'>,
): Promise<Outcome<Suspension | null, Refusal>> {
  const found = findSubject(await findReached(needs, opened), subject);
  if (found === undefined) {
    return refuse('suspension/outside', 'not within the reach of the case');
  }
  const standing = act === 'suspend' ? null : findStanding(await needs.suspensions.listSuspensions(opened.id), subject);
  return standing === undefined || found.isActive !== (act === 'suspend') ? refuse('suspension/no-effect', subject.id) : succeed(standing);
}

export async function askSuspension(
  needs: SuspensionNeeds,
  opened: OpenedCase,
  asked: SuspensionAsked,
): Promise<Outcome<Suspension, Refusal | 'audit/case-ended'>> {
  const proposed = await findProposed(needs, opened, asked);
  if (!proposed.ok) {
    return proposed;
  }
  const { subject, reason, officerId, passkeyId } = asked;
  const requestedAt = needs.clock.now();
  const suspension: Suspension = {
    id: createUuid(needs.random, requestedAt),
    caseId: opened.id,
    kind: subject.kind,
    subject: subject.id,
    orderId: proposed.value?.id ?? null,
    reason,
    requestedBy: officerId,
    requestedWith: passkeyId,
    requestedAt,
    openUntil: requestedAt + openRequestMs,
    ...({ state: 'asked', decidedBy: null, decidedAt: null, endedAt: null } as const),
  };
  const event = sealSuspensionEvent(needs, { type: 'suspension.requested', officerId, number: opened.number }, suspension);
  const saved = await needs.suspensions.saveSuspensionAsked({ suspension, event });
  return saved === 'saved' ? succeed(suspension) : refuse(saved, opened.id);
}
