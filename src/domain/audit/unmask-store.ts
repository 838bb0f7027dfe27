// The port of unmaskings. Every rule about two people holds in the statement that writes, and once more in the database beneath it.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Unmasking } from './unmask.ts';

export type UnmaskDecision = {
  readonly id: string;
  readonly state: 'approved' | 'denied';
  readonly decidedBy: string;
  /** The passkey that confirmed it. */
  readonly decidedWith: string;
  readonly usableUntil: Millis | null;
  readonly event: SealedEvent;
};

export type UnmaskStore = {
  readonly findUnmasking: (id: string) => Promise<Unmasking | undefined>;
  /** Newest first, at most 100. */
  readonly listUnmaskings: (caseId: string) => Promise<readonly Unmasking[]>;
  /** In ONE atomic act with its event, while the case goes on, by an active auditor who is a member. */
  readonly saveAsked: (asked: { readonly unmasking: Unmasking; readonly event: SealedEvent }) => Promise<'saved' | 'audit/case-ended'>;
  /**
   * In ONE atomic act with its event: by an active auditor who is a member and neither asked nor holds the passkey of the asking, while the request is open and the case
   * goes on. MUST let one decision through.
   */
  readonly saveDecided: (decision: UnmaskDecision) => Promise<'saved' | 'unmask/decided'>;
  /** In ONE atomic act with its event, before anything is shown: only for who asked, within the time, while both officers are active and the case goes on. */
  readonly saveUsed: (used: {
    readonly id: string;
    readonly officerId: string;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'unmask/over'>;
  /** Ends what was not decided, or can no longer be used, with the event that `seal` makes of each. How many. */
  readonly expireUnmaskings: (now: Millis, seal: (over: Unmasking & { readonly number: string }) => SealedEvent) => Promise<number>;
  /** Tells people what was kept back from them until now, as if it had happened now. How many entries. */
  readonly tellDue: (now: Millis) => Promise<number>;
};
