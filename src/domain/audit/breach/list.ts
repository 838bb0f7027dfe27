// The list by which people are told of a breach: whose data one service received between two times, with their names and addresses. The only unmasking of many
// (ADR-0105): asked for in a case on a breach, agreed to by another member, and everybody on it is told.

import type { Millis } from '../../kernel/clock.ts';
import type { UnmaskState } from '../unmask.ts';

export type BreachList = {
  readonly id: string;
  readonly caseId: string;
  /** `client_id`. */
  readonly service: string;
  readonly from: Millis;
  /** Exclusive. */
  readonly to: Millis;
  /** Entries that the log had. */
  readonly size: number;
  /** On the list when it was asked for. */
  readonly people: number;
  /** For the second auditor, and never in an entry. */
  readonly reason: string;
  /** How long the list can be fetched once it is approved. */
  readonly minutes: number;
  readonly requestedBy: string;
  readonly requestedWith: string;
  readonly requestedAt: Millis;
  readonly openUntil: Millis;
  readonly state: UnmaskState;
  readonly decidedBy: string | null;
  readonly decidedAt: Millis | null;
  readonly usableUntil: Millis | null;
  /** How often it was fetched. */
  readonly uses: number;
};

/** A breach that concerns more people is asked for in shorter times. */
export const longestBreachList = 20_000;

/** People who are told in one act. */
export const toldAtOnce = 100;
