// The port of suspensions. As of unmaskings, every rule about two people holds in the statement that writes, and once more in the database beneath it.

import type { Millis } from '../../kernel/clock.ts';
import type { SealedEvent } from '../../ledger/event.ts';
import type { Told } from '../../outbox/telling.ts';
import type { UnmaskDecision } from '../unmask-store.ts';
import type { Suspension } from './suspension.ts';

/** What happens in the act of agreeing: the status, its entry, and what the agency is told. */
export type SuspensionEffect = {
  readonly suspension: Pick<Suspension, 'kind' | 'subject' | 'orderId'>;
  readonly event: SealedEvent;
  readonly told: readonly Told[];
};

export type SuspensionDecision = Omit<UnmaskDecision, 'usableUntil'> & {
  /** Null where it was refused. */
  readonly effect: SuspensionEffect | null;
};

export type SuspensionStore = {
  readonly findSuspension: (id: string) => Promise<Suspension | undefined>;
  /** Newest first, at most 100. */
  readonly listSuspensions: (caseId: string) => Promise<readonly Suspension[]>;
  /** In ONE atomic act with its event, while the case goes on, by an active auditor who is a member. */
  readonly saveSuspensionAsked: (asked: {
    readonly suspension: Suspension;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'audit/case-ended'>;
  /**
   * In ONE atomic act with its event and its effect; as of an unmasking it MUST let one decision of another member through. An officer who is suspended loses sessions and
   * open links. `suspension/no-effect`, and nothing changed, where the subject does not have the status that is to change, or the order has ended.
   */
  readonly saveSuspensionDecided: (decision: SuspensionDecision) => Promise<'saved' | 'unmask/decided' | 'suspension/no-effect'>;
  /** Ends what was not decided in time, with the event that `seal` makes of each. How many. */
  readonly expireSuspensions: (now: Millis, seal: (over: Suspension & { readonly number: string }) => SealedEvent) => Promise<number>;
};
