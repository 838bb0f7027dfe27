// The port that storage implements for passkeys and pending ceremonies.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Ceremony, Passkey, PasskeyEnd, Standing } from './passkey.ts';

/** Pending ceremonies, whoever they are for. */
export type CeremoniesStore = {
  readonly saveCeremony: (ceremony: Ceremony) => Promise<void>;
  /** Removes and returns it in ONE statement, whatever happens next: a challenge MUST be answered at most once, under any race. */
  readonly takeCeremony: (id: string) => Promise<Ceremony | undefined>;
};

export type EndedPasskeys = {
  readonly personId: string;
  /** Null: every one. */
  readonly ids: readonly string[] | null;
  readonly reason: PasskeyEnd;
  readonly at: Millis;
  /** False, and nothing changed, where none would be left. */
  readonly keepsOne: boolean;
  readonly events: readonly SealedEvent[];
  /** The entry for each session that ends with them. */
  readonly sealSessionEnd: () => SealedEvent;
};

export type PasskeysStore = CeremoniesStore & {
  /** Undefined for one that has ended. */
  readonly findPasskey: (id: string) => Promise<Passkey | undefined>;
  /** Those that have not ended, oldest first. */
  readonly listPasskeys: (personId: string) => Promise<readonly Passkey[]>;
  /**
   * Ends the passkeys and the sessions that were begun with them, tells the services that were entered in those, and appends the events, in ONE atomic act.
   * A sign-in with one of them that is under way at the same moment MUST come wholly before, and end too, or fail. False, and nothing changed, where one of them
   * had ended before or is somebody else's.
   */
  readonly endPasskeys: (ended: EndedPasskeys) => Promise<boolean>;
  /** For every passkey of a model, as new metadata say. */
  readonly saveStandings: (standings: readonly { readonly id: string; readonly standing: Standing }[]) => Promise<void>;
  /**
   * Inserts the passkey, marks the invitation used (when one is given) and appends the event, in ONE atomic act. An invitation gives the passkey its ceiling,
   * whatever the passkey says, and opens nothing for somebody who is not active.
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
