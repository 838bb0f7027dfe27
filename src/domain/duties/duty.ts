// What an agency owes a person after they took something back: to delete what it was given for, or to say by which law it keeps it, before a stated day.
// Owns the duty and its answer. Whether anything may still be released is the record's matter: a duty opens and closes nothing.

import { defaultAnswerWithin } from '../agencies/agency.ts';
import type { Localized, Service } from '../agencies/agency.ts';
import { addDuration, isDuration } from '../kernel/clock.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

export const dutyKinds = ['withdrawn', 'narrowed', 'revoked', 'invalidated', 'erasure-requested'] as const;
/** What the duty came from. */
export type DutyKind = (typeof dutyKinds)[number];

export const dutyStates = ['open', 'acknowledged', 'erased', 'kept'] as const;
export type DutyState = (typeof dutyStates)[number];

export type Duty = {
  readonly id: string;
  readonly kind: DutyKind;
  /** The record and the version of it that the duty came with. */
  readonly recordId: string;
  readonly version: number;
  /** Null once the account was closed. */
  readonly personId: string | null;
  /** The pairwise subject by which the service knows the person; null once the account was closed and the service has answered. */
  readonly subject: string | null;
  readonly clientId: string;
  readonly purposeId: string;
  /** Names of the attributes it is about. */
  readonly attributes: readonly string[];
  readonly createdAt: Millis;
  readonly dueAt: Millis;
  /** The message that tells the service; null where it has no receiver and learns at its next request. */
  readonly messageId: string | null;
  /** When the receiver took the message. */
  readonly toldAt: Millis | null;
  readonly state: DutyState;
  /** The law by which data is kept, in the agency's words. */
  readonly article: Localized | null;
  readonly answeredAt: Millis | null;
  /** When the log was told that the day has passed. */
  readonly overdueAt: Millis | null;
};

/** ISO 8601, as registered for the service. */
export function toAnswerWithin({ metadata }: Pick<Service, 'metadata'>): string {
  const registered = metadata['answer_within'];
  return typeof registered === 'string' && isDuration(registered) ? registered : defaultAnswerWithin;
}

export type DutyDraft = Pick<Duty, 'kind' | 'recordId' | 'version' | 'clientId' | 'purposeId' | 'attributes' | 'messageId'> & {
  readonly personId: string;
  readonly subject: string;
};

export function createDuty(needs: { readonly clock: Clock; readonly random: Random }, draft: DutyDraft, answerWithin: string): Duty {
  const now = needs.clock.now();
  const open = { toldAt: null, state: 'open', article: null, answeredAt: null, overdueAt: null } as const;
  return { ...draft, ...open, id: createUuid(needs.random, now), createdAt: now, dueAt: addDuration(now, answerWithin) };
}

/** "We have it and are on it" is no answer yet: the day stays. */
export function isAnswered({ state }: Pick<Duty, 'state'>): boolean {
  return state === 'erased' || state === 'kept';
}

/** Computed at read: nothing has to happen for a day to pass. */
export function isOverdue(duty: Pick<Duty, 'state' | 'dueAt'>, now: Millis): boolean {
  return !isAnswered(duty) && duty.dueAt <= now;
}

/** An answer stands: `acknowledged` may be followed by what was done, and nothing else by anything. */
export function canFollow(state: DutyState, answer: DutyState): boolean {
  return answer !== 'open' && (state === 'open' || (state === 'acknowledged' && answer !== 'acknowledged'));
}
