// What services are told of something that befell a person: made for each service that it concerns, inside the act itself.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { OutboxMessage } from './message.ts';

/** A message, and the entry that it was queued. */
export type Told = { readonly message: OutboxMessage; readonly event: SealedEvent };

/** A service that takes security events, and the subject by which it knows the person; whether the person entered it since the time in question. */
export type Concerned = { readonly clientId: string; readonly subject: string; readonly wasEntered: boolean };

export type Telling = {
  /** From when an entered service is concerned by more than the act itself. */
  readonly since: Millis;
  readonly toMessages: (service: Concerned) => readonly Told[];
};
