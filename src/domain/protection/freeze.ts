// What keeps a stolen key from doing harm: what people are told of their access, "this wasn't me", freezing every way in, and opening it again after a delay.
// A freeze is a status and one row that says who may lift it. Closing is always easy and opening never is; nothing here says whether somebody has an account.

import type { Millis } from '../kernel/clock.ts';

/** `own`: the person, or somebody at their word, may lift it. `ordered`: an operator or a court, and only an operator lifts it. */
export const authorities = ['own', 'ordered'] as const;
export type Authority = (typeof authorities)[number];

/** `kept`: whoever asked to lift it thought better of it. */
export const freezeWays = ['session', 'notice', 'code', 'counter', 'command', 'kept'] as const;
export type FreezeWay = (typeof freezeWays)[number];

export const unfreezeWays = ['passkey', 'counter'] as const;
export type UnfreezeWay = (typeof unfreezeWays)[number];

/** At most one of each authority stands for a person; the status is `frozen` while any stands. */
export type Freeze = {
  readonly id: string;
  readonly personId: string;
  readonly authority: Authority;
  readonly how: FreezeWay;
  readonly frozenAt: Millis;
  readonly unfreezeBy: UnfreezeWay | null;
  readonly unfreezeBegunAt: Millis | null;
  /** From when it may be lifted; null while nobody asked. */
  readonly unfreezeAt: Millis | null;
  readonly liftedAt: Millis | null;
};
