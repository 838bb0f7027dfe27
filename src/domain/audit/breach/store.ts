// The port of breach lists. As of unmaskings, every rule about two people holds in the statement that writes, and once more in the database beneath it.

import type { Millis } from '../../kernel/clock.ts';
import type { SealedEvent } from '../../ledger/event.ts';
import type { UnmaskDecision } from '../unmask-store.ts';
import type { BreachList } from './list.ts';

export type ListedPerson = { readonly place: number; readonly personRef: string };

export type ToldBatch = {
  readonly id: string;
  readonly officerId: string;
  /** Places behind this one. */
  readonly after: number;
  readonly limit: number;
  readonly now: Millis;
  /** Of each who was not told before. */
  readonly seal: (personRef: string) => SealedEvent;
};

export type BreachStore = {
  readonly findBreachList: (id: string) => Promise<BreachList | undefined>;
  /** Newest first, at most 100. */
  readonly listBreachLists: (caseId: string) => Promise<readonly BreachList[]>;
  /** In ONE atomic act with its event and its people, in their order, while the case goes on, by an active auditor who is a member. */
  readonly saveBreachAsked: (asked: {
    readonly list: BreachList;
    readonly personRefs: readonly string[];
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'audit/case-ended'>;
  /** As of an unmasking: MUST let one decision of another member through. */
  readonly saveBreachDecided: (decision: UnmaskDecision) => Promise<'saved' | 'unmask/decided'>;
  /** In ONE atomic act with its event, before anything is shown: only for who asked, within the time, while both officers are active and the case goes on. */
  readonly saveBreachUsed: (used: {
    readonly id: string;
    readonly officerId: string;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'unmask/over'>;
  /** The next people, each told in the SAME act; `unmask/over` as soon as the list cannot be used any more. */
  readonly tellNext: (batch: ToldBatch) => Promise<readonly ListedPerson[] | 'unmask/over'>;
  /** Ends what was not decided, or can no longer be used, with the event that `seal` makes of each. How many. */
  readonly expireBreachLists: (now: Millis, seal: (over: BreachList & { readonly number: string }) => SealedEvent) => Promise<number>;
};
