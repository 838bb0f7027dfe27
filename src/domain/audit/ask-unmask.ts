// The first of the two people: asking who stands under a pseudonym. Asking shows nothing.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { OpenedCase } from './case.ts';
import { sealCaseEvent } from './case-event.ts';
import type { CaseNeeds } from './case-needs.ts';
import { findCasePerson } from './case-people.ts';
import type { UnmaskStore } from './unmask-store.ts';
import { longestSilenceMs, openRequestMs } from './unmask.ts';
import type { Unmasking } from './unmask.ts';

export type UnmaskNeeds = CaseNeeds & { readonly unmaskings: UnmaskStore };

export type UnmaskAsked = Pick<Unmasking, 'pseudonym' | 'reason' | 'minutes' | 'later'> & {
  readonly officerId: string;
  /** The officer's passkey that confirmed the asking. */
  readonly passkeyId: string;
};

const isLawful = (later: Unmasking['later'], now: number): boolean =>
  later === null || (later.tellAt > now && later.tellAt <= now + longestSilenceMs);

const toPayload = (later: Unmasking['later']) => ({ court: later?.court ?? null, tell_at: later?.tellAt ?? null });

export async function askUnmask(
  needs: UnmaskNeeds,
  opened: OpenedCase,
  asked: UnmaskAsked,
): Promise<Outcome<Unmasking, 'unmask/pseudonym-unknown' | 'unmask/too-late' | 'audit/case-ended'>> {
  const requestedAt = needs.clock.now();
  const { officerId: requestedBy, passkeyId: requestedWith, pseudonym, reason, minutes, later } = asked;
  if (!isLawful(later, requestedAt)) {
    return refuse('unmask/too-late', 'the day on which the person is told');
  }
  const personRef = await findCasePerson(needs, opened, pseudonym);
  if (personRef === undefined) {
    return refuse('unmask/pseudonym-unknown', 'nobody came up under it in this case');
  }
  const begun = { pseudonym, personRef, reason, minutes, later, requestedBy, requestedWith, requestedAt };
  const undecided = { state: 'asked', decidedBy: null, decidedAt: null, usableUntil: null, uses: 0 } as const;
  const id = createUuid(needs.random, requestedAt);
  const unmasking: Unmasking = { id, caseId: opened.id, ...begun, openUntil: requestedAt + openRequestMs, ...undecided };
  const about = { type: 'unmask.requested', officerId: requestedBy, about: opened, personRef } as const;
  const payload = { unmask: id, minutes, ...toPayload(later) };
  const event = keepBack(sealCaseEvent(needs, about, payload), unmasking);
  const saved = await needs.unmaskings.saveAsked({ unmasking, event });
  return saved === 'saved' ? succeed(unmasking) : refuse(saved, opened.id);
}

/** Until the day that a court set nothing of it is told to the person. */
export function keepBack<T extends object>(event: T, { later }: Pick<Unmasking, 'later'>): T & { readonly keptBackUntil?: number } {
  return later === null ? event : { ...event, keptBackUntil: later.tellAt };
}
