// When the whole log is verified by itself, once each night by one node, and what is kept of it (domain.md 4.7).

import { dayMs, toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';

/** What a verification that ended found. */
export type WholeVerification = {
  /** Day in UTC, as YYYY-MM-DD. */
  readonly night: string;
  readonly begunAt: Millis;
  readonly endedAt: Millis;
  /** Entries that were verified. */
  readonly size: number;
  /** base64url; null for a log that never signed. */
  readonly root: string | null;
  readonly faults: number;
  /** Code of the first fault; null for a whole log. */
  readonly firstFault: string | null;
};

export type VerificationStore = {
  /** Of nodes that begin one night, only the first is told true; also a later one, where the first broke off and `brokenOffMs` went by. */
  readonly beginNight: (night: string, now: Millis) => Promise<boolean>;
  /** MUST keep nothing where another node has begun the night since. */
  readonly endNight: (verification: WholeVerification) => Promise<void>;
  /** Those that ended, the newest first. */
  readonly listVerifications: (limit: number) => Promise<readonly WholeVerification[]>;
};

/** A node that said nothing for so long after it began has ended. */
export const brokenOffMs: Millis = 2 * 3_600_000;

/** A night that no node was there for is not made up in the day. */
const windowMs: Millis = 4 * 3_600_000;

/** Beyond it somebody should ask why: two nights went by. */
export const lateAfterMs: Millis = 2 * dayMs + windowMs;

/** The night to verify now, if any: from its hour (0 to 23, UTC) on, for four hours. */
export function findDueNight(now: Millis, hour: number): string | undefined {
  const begins = Math.floor((now - hour * 3_600_000) / dayMs) * dayMs + hour * 3_600_000;
  return now - begins < windowMs ? toTimestamp(begins).slice(0, 10) : undefined;
}
