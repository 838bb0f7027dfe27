// Unmasking: who stands under a pseudonym of a case. One member asks with a reason and a time, another one agrees, each with their own passkey; what is shown is name and
// number, and each showing is an entry that the person sees, at once or after the day that a court set (ADR-0096).

import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';

export const unmaskStates = ['asked', 'approved', 'denied', 'expired'] as const;
export type UnmaskState = (typeof unmaskStates)[number];

/** A court ordered that the person be told later: under which reference, and on which day they are. */
export type LaterNotice = { readonly court: string; readonly tellAt: Millis };

export type Unmasking = {
  readonly id: string;
  readonly caseId: string;
  readonly pseudonym: string;
  readonly personRef: string;
  /** For the second auditor, and never in an entry. */
  readonly reason: string;
  /** How long the answer can be looked at once it is approved. */
  readonly minutes: number;
  readonly later: LaterNotice | null;
  readonly requestedBy: string;
  readonly requestedWith: string;
  readonly requestedAt: Millis;
  /** Until then it can be decided. */
  readonly openUntil: Millis;
  readonly state: UnmaskState;
  readonly decidedBy: string | null;
  readonly decidedAt: Millis | null;
  /** Until then it can be used; null unless it was approved. */
  readonly usableUntil: Millis | null;
  readonly uses: number;
};

export const unmaskMinutes = [15, 60, 240, 1440] as const;
export const openRequestMs = 3 * dayMs;
/** No court's order hides a look from its person for longer. */
export const longestSilenceMs = 366 * dayMs;
export const longestUnmaskReason = 500;

export function isUsable({ state, usableUntil }: Pick<Unmasking, 'state' | 'usableUntil'>, now: Millis): boolean {
  return state === 'approved' && usableUntil !== null && now < usableUntil;
}

export function isUndecided({ state, openUntil }: Pick<Unmasking, 'state' | 'openUntil'>, now: Millis): boolean {
  return state === 'asked' && now < openUntil;
}
