// The port that storage implements for passkeys and pending ceremonies.

import type { SealedEvent } from '../ledger/event.ts';
import type { Ceremony, Passkey } from './passkey.ts';

/** Pending ceremonies, whoever they are for. */
export type CeremoniesStore = {
  readonly saveCeremony: (ceremony: Ceremony) => Promise<void>;
  /** Removes and returns it in ONE statement, whatever happens next: a challenge MUST be answered at most once, under any race. */
  readonly takeCeremony: (id: string) => Promise<Ceremony | undefined>;
};

export type PasskeysStore = CeremoniesStore & {
  readonly findPasskey: (id: string) => Promise<Passkey | undefined>;
  readonly listPasskeys: (personId: string) => Promise<readonly Passkey[]>;
  /**
   * Inserts the passkey, marks the invitation used (when one is given) and appends the event, in ONE atomic act.
   * Yields `passkey/already-registered` when the credential id exists and `enrolment/invalid-link` when the invitation is used or expired at `now`, and then changes nothing.
   */
  readonly savePasskey: (registration: {
    readonly passkey: Passkey;
    readonly invitationDigest: string | null;
    readonly now: number;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'passkey/already-registered' | 'enrolment/invalid-link'>;
  /**
   * ONE conditional update: true, and stored, only when the stored counter is below `counter` or both are zero. Otherwise nothing changes: another
   * assertion moved it on first.
   */
  readonly saveUse: (use: {
    readonly id: string;
    readonly counter: number;
    readonly isBackedUp: boolean;
    readonly at: number;
  }) => Promise<boolean>;
};
