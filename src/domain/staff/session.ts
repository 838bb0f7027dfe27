// A session of an officer: 30 minutes from the last use, 8 hours in all, and no longer than the officer is active. It is never handed on to another
// service and never made from a person's (decision 3).

import type { Millis } from '../kernel/clock.ts';

const minuteMs = 60_000;
export const idleMs = 30 * minuteMs;
export const sessionLifeMs = 8 * 60 * minuteMs;

/** Use is written down once a minute, so that reading a page does not cost a write: the idle time is at most this much shorter. */
export const noticeMs = minuteMs;

export type StaffSession = {
  /** SHA-256 of the token in the cookie; the token itself is never stored. */
  readonly digest: string;
  readonly officerId: string;
  readonly startedAt: Millis;
  readonly lastSeenAt: Millis;
  /** The end whatever happens. */
  readonly expiresAt: Millis;
};
