// The port that storage implements for passkeys and pending ceremonies.

import type { Millis } from '../kernel/clock.ts';
import type { Level } from '../kernel/levels.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { SealedData } from '../people/person.ts';
import type { Ceremony, EndedPasskey, Passkey, PasskeyEnd } from './passkey.ts';

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

export type PasskeyName = { readonly passkeyId: string; readonly sealed: SealedData };

/** What people call their passkeys. A name outlives its passkey, so that the history can still name it. */
export type PasskeyNamesStore = {
  /** Of those that have ended too. */
  readonly listNames: (personId: string) => Promise<readonly PasskeyName[]>;
  /**
   * Replaces the name, or takes it away, and appends the event, in ONE atomic act. False, and nothing changed, where the passkey has ended or is somebody
   * else's.
   */
  readonly saveName: (named: {
    readonly personId: string;
    readonly passkeyId: string;
    readonly sealed: SealedData | null;
    readonly event: SealedEvent;
  }) => Promise<boolean>;
};

/** A second passkey at once, right after enrolment. */
export type SpareOffer = {
  readonly digest: string;
  readonly personId: string;
  readonly ceiling: Level;
  readonly expiresAt: Millis;
};

export type SpareOffersStore = {
  /** Undefined when it was used, skipped, has expired at `now`, or its person has signed in since. */
  readonly findOffer: (digest: string, now: Millis) => Promise<SpareOffer | undefined>;
  readonly endOffer: (digest: string) => Promise<void>;
};

/** With it somebody who is signed in brings one of their passkeys to `high`. It lets nobody in. */
export type LevelCode = {
  readonly digest: string;
  readonly personId: string;
  readonly expiresAt: Millis;
};

export type RaisedPasskey = {
  readonly passkeyId: string;
  readonly personId: string;
  readonly codeDigest: string;
  /** The session it happens in. */
  readonly sessionUid: string;
  readonly now: Millis;
  readonly event: SealedEvent;
};

export type LevelCodesStore = {
  /** Undefined when it was used, replaced or taken away, or has expired at `now`. Reading has no effect. */
  readonly findLevelCode: (digest: string, now: Millis) => Promise<LevelCode | undefined>;
  /**
   * Takes the code, raises the ceiling of the passkey to `high` and appends the event, in ONE atomic act. Changes nothing where the code is not this person's or no
   * longer good at `now`, the session has ended or is another person's, the passkey has ended or is somebody else's, or the person is not active. MUST have one
   * winner under any race.
   */
  readonly raisePasskey: (raised: RaisedPasskey) => Promise<'saved' | 'level-code/refused' | 'session/ended' | 'passkey/gone'>;
};

/** Why a passkey is not stored. */
export type RegistrationRefusal =
  | 'level-code/refused'
  | 'passkey/already-registered'
  | 'passkey/too-many'
  | 'enrolment/invalid-link'
  | 'enrolment/offer-ended'
  | 'session/ended';

export type SavedRegistration = {
  readonly passkey: Passkey;
  readonly invitationDigest: string | null;
  /** The offer that is taken. */
  readonly offerDigest?: string | null;
  /** The session that it happens in, where no link and no offer is taken. */
  readonly sessionUid?: string | null;
  /** The level code that is taken in that session. */
  readonly codeDigest?: string | null;
  /** The offer that the new passkey opens. */
  readonly opens?: SpareOffer | null;
  readonly now: number;
  readonly event: SealedEvent;
};

export type PasskeysStore = CeremoniesStore &
  PasskeyNamesStore &
  SpareOffersStore &
  LevelCodesStore & {
    /** Undefined for one that has ended. Its standing is that of this moment: what a source of metadata warns of counts from the commit of the import on. */
    readonly findPasskey: (id: string) => Promise<Passkey | undefined>;
    /** One that has ended, for telling its holder so and for nothing else. */
    readonly findEndedPasskey: (id: string) => Promise<Passkey | undefined>;
    /** Those that have ended, for the history. */
    readonly listEndedPasskeys: (personId: string) => Promise<readonly EndedPasskey[]>;
    /** Those that have not ended, oldest first. */
    readonly listPasskeys: (personId: string) => Promise<readonly Passkey[]>;
    /**
     * Ends the passkeys and the sessions that were begun with them, tells the services that were entered in those, and appends the events, in ONE atomic act.
     * A sign-in with one of them that is under way at the same moment MUST come wholly before, and end too, or fail. False, and nothing changed, where one of them
     * had ended before or is somebody else's.
     */
    readonly endPasskeys: (ended: EndedPasskeys) => Promise<boolean>;
    /**
     * Inserts the passkey, marks the invitation used or takes the offer (when one is given), opens the next offer and appends the event, in ONE atomic act.
     * An invitation and an offer give the passkey their ceiling, whatever the passkey says, and open nothing for somebody who is not active; a level code gives
     * `high`, and counts in an open session of its person alone.
     * Changes nothing where the credential id exists, the person has `mostPasskeys`, the invitation or the offer is used or expired at `now`, or the session has
     * ended or is another person's: of a recovery, a freeze or a removal at the same moment the passkey MUST come wholly before, and end too, or not come.
     */
    readonly savePasskey: (registration: SavedRegistration) => Promise<'saved' | RegistrationRefusal>;
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
