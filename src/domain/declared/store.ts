// The port that storage implements for what people declare. What must be provable arrives with its sealed event and MUST commit with it.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import type { SealedData } from '../people/person.ts';
import type { Channel } from './channel.ts';
import type { FormerAddress } from './former-address.ts';
import type { CodeLimit, ContactChange } from './contact-change.ts';

/** Remembered for the limits; `destinationDigest` is keyed. */
export type SentCode = {
  readonly id: string;
  readonly personId: string;
  readonly channel: Channel;
  readonly destinationDigest: string;
  readonly sentAt: Millis;
  readonly expiresAt: Millis;
};

export type DeclaredStore = {
  /**
   * Takes the place of any change of the same person and channel. MUST be atomic: change, count and message, and MUST hold the limits under any race;
   * with `contact/too-many-codes` nothing changes.
   */
  readonly saveChange: (saved: {
    readonly change: ContactChange;
    readonly sent: SentCode;
    readonly limits: readonly CodeLimit[];
    readonly message: OutboxMessage;
  }) => Promise<'saved' | 'contact/too-many-codes'>;
  readonly findChange: (personId: string, channel: Channel) => Promise<ContactChange | undefined>;
  /** Counts a try before anybody compares. Undefined when none is left, the code ran out, or another session asked for it. MUST let no two callers share a try. */
  readonly takeTry: (asked: {
    readonly id: string;
    readonly sessionDigest: string;
    readonly now: Millis;
    readonly mostTries: number;
  }) => Promise<ContactChange | undefined>;
  /**
   * Writes what an active person declares, unless it is no longer as it was read (`expected`, its ciphertext). A proven change ends with it:
   * `contact/code-ended` when its code was used or replaced by now. MUST be atomic with event and messages.
   */
  readonly saveDeclared: (saved: {
    readonly personId: string;
    readonly expected: string | null;
    readonly declared: SealedData;
    readonly proven: { readonly id: string; readonly codeDigest: string } | null;
    readonly event: SealedEvent;
    readonly messages: readonly OutboxMessage[];
    /** The proven address that this one takes the place of. */
    readonly former?: FormerAddress | null;
  }) => Promise<'saved' | 'store/conflict' | 'contact/code-ended'>;
  readonly findFormerAddress: (id: string) => Promise<FormerAddress | undefined>;
};
