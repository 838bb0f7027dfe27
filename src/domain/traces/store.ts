// The port that storage implements for traces. Nothing of it is evidence, and every read looks at the time itself: no purge decides what is shown.

import type { Millis } from '../kernel/clock.ts';
import type { TraceRule } from './rules.ts';
import type { Trace } from './trace.ts';

/**
 * Of whom a share of the room is: refused requests that a service proved to be its own, those that anybody can send in its name, sign-ins that anybody can begin,
 * and steps of sign-ins that go on.
 */
export const traceShares = ['proven', 'unproven', 'begun', 'steps'] as const;
export type TraceShare = (typeof traceShares)[number];

/** Rows of one service on one day, by share. */
export const mostADay: Readonly<Record<TraceShare, number>> = { proven: 2000, unproven: 1500, begun: 1540, steps: 10_000 };

export type KeptTrace = { readonly trace: Trace; readonly share: TraceShare };

/** Requests that were not kept because too many came. */
export type PassedOver = { readonly clientId: string; readonly at: Millis; readonly share: TraceShare; readonly count: number };

export type TraceFilter = {
  readonly clientIds: readonly string[];
  /** Only what was refused, or also the steps of sign-ins. */
  readonly kind: 'refused' | 'all';
  readonly rule: TraceRule | null;
  readonly from: Millis | null;
  /** Before it. */
  readonly to: Millis | null;
};

export type TracePlace = Pick<Trace, 'at' | 'id'>;

export type TracePage = { readonly traces: readonly Trace[]; readonly next: TracePlace | null };

export type TracesStore = {
  /**
   * In ONE act: counts everything and writes each trace whose share of the day has room; the same reference a second time changes nothing. MUST NOT write more
   * than `mostADay` of one share, however many nodes write.
   */
  readonly saveTraces: (kept: readonly KeptTrace[], passedOver: readonly PassedOver[]) => Promise<void>;
  /** Undefined where it is unknown or older than its life. */
  readonly findTrace: (reference: string, now: Millis) => Promise<Trace | undefined>;
  /** Every request of one sign-in at this service, in the order of time. */
  readonly listVisit: (clientId: string, visit: string, now: Millis) => Promise<readonly Trace[]>;
  /** The newest first; from `after` on where given. */
  readonly listTraces: (
    filter: TraceFilter,
    page: { readonly after: TracePlace | null; readonly limit: number; readonly now: Millis },
  ) => Promise<TracePage>;
  /** Refused requests of these services that were not kept; `since` MUST be the beginning of a day (UTC), because they are counted by days. */
  readonly countPassedOver: (clientIds: readonly string[], since: Millis) => Promise<number>;
};
