// The port that storage implements for the outbox. Several nodes share it: a message is sent by whoever holds its lease, and a lease ends by itself.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { MessageState, OutboxMessage, Topic } from './message.ts';

export type LeaseAsked = {
  /** Never used before. */
  readonly leaseId: string;
  readonly now: Millis;
  readonly until: Millis;
  readonly topics: readonly Topic[];
  readonly most: number;
  /** Counts the leases of every node. */
  readonly mostPerRecipient: number;
};

export type LeasedMessage = OutboxMessage & {
  readonly leaseId: string;
  /** This one included. */
  readonly attempts: number;
};

/** What becomes of a leased message. `failure` is a code, never words of the other side. */
export type Settlement = {
  readonly message: Pick<LeasedMessage, 'id' | 'leaseId' | 'recipient'>;
  readonly at: Millis;
  readonly next:
    | { readonly state: 'sent'; readonly removeAt: Millis }
    | { readonly state: 'dead'; readonly failure: string; readonly removeAt: Millis }
    /** Others for the same recipient wait at least until `othersNotBefore`: who does not answer is asked by one message, not by all. */
    | { readonly state: 'waiting'; readonly failure: string; readonly nextAttemptAt: Millis; readonly othersNotBefore: Millis };
  readonly events: readonly SealedEvent[];
};

/** A message as an operator sees it: what it says is not shown. */
export type ListedMessage = {
  readonly id: string;
  readonly topic: string;
  readonly recipient: string;
  readonly state: MessageState;
  readonly attempts: number;
  readonly createdAt: Millis;
  readonly nextAttemptAt: Millis;
  readonly giveUpAt: Millis;
  readonly sentAt: Millis | null;
  /** Of the last attempt. */
  readonly failure: string | null;
};

export type OutboxDepth = { readonly waiting: number; readonly dead: number; readonly oldestWaitingAt: Millis | null };

export type DeliveriesAsked = {
  /** Null: all. */
  readonly state: MessageState | null;
  /** The id of the last one that is known already. */
  readonly before: string | null;
  readonly limit: number;
};

export type OutboxStore = {
  /** Those due first. MUST hand out no message whose lease runs, and count the attempt before anybody makes it: one that kills its node comes to an end too. */
  readonly lease: (asked: LeaseAsked) => Promise<readonly LeasedMessage[]>;
  /** MUST be atomic with its events. `lease-lost` when somebody else holds the message by now; then nothing changes. */
  readonly settle: (settlement: Settlement) => Promise<'saved' | 'lease-lost'>;
  /** Brings back a dead message, or makes a waiting one due at once; not one that is on its way now. */
  readonly retry: (asked: { readonly id: string; readonly now: Millis; readonly giveUpAt: Millis }) => Promise<'saved' | 'not-retried'>;
  readonly measure: () => Promise<OutboxDepth>;
  /** Oldest first. */
  readonly list: (asked: { readonly state: MessageState; readonly limit: number }) => Promise<readonly ListedMessage[]>;
  /** Those to a service, the last first. MUST hold no letter to a person. */
  readonly listOfRecipient: (recipient: string, asked: DeliveriesAsked) => Promise<readonly ListedMessage[]>;
};
