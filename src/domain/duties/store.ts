// The port that storage implements for duties. They are opened by the act that causes them: see the port of consents.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import type { Duty, DutyState } from './duty.ts';

export type DutyAnswer = Pick<Duty, 'id' | 'article'> & {
  /** The state this answer was made upon. */
  readonly before: DutyState;
  readonly state: DutyState;
  readonly at: Millis;
  readonly event: SealedEvent;
};

export type DutiesAsked = {
  readonly now: Millis;
  readonly limit: number;
  /** Of the last duty that the asker has. */
  readonly after: string | null;
};

export type DutiesStore = {
  /** Newest first. */
  readonly listDuties: (personId: string) => Promise<readonly Duty[]>;
  readonly findDuty: (id: string) => Promise<Duty | undefined>;
  /** Of one service, in the order in which they were opened. */
  readonly listOfService: (clientId: string, asked: DutiesAsked & { readonly isUnanswered: boolean }) => Promise<readonly Duty[]>;
  /** Of these services, or of every one, in the order in which they were opened. */
  readonly listOverdue: (asked: DutiesAsked & { readonly services: readonly string[] | null }) => Promise<readonly Duty[]>;
  /** MUST be atomic with its event. `duty/answered` when the duty is no longer in the state that the answer was made upon. */
  readonly saveAnswer: (answer: DutyAnswer) => Promise<'saved' | 'duty/answered'>;
  /** Those whose day has passed and of which the log does not say so yet. */
  readonly listUnrecorded: (asked: Pick<DutiesAsked, 'now' | 'limit'>) => Promise<readonly Duty[]>;
  /** MUST be atomic with its event, and do nothing where it was recorded already or answered meanwhile. */
  readonly recordOverdue: (overdue: { readonly id: string; readonly at: Millis; readonly event: SealedEvent }) => Promise<void>;
  /** A duty without a decision. MUST be atomic with its message and events. `duty/open` when one of its attributes is owed already; `consent/not-found` after a closing. */
  readonly saveRequest: (request: {
    readonly duty: Duty;
    readonly outbox: readonly OutboxMessage[];
    readonly events: readonly SealedEvent[];
  }) => Promise<'saved' | 'duty/open' | 'consent/not-found'>;
};
