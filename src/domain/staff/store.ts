// The port that storage implements for staff. Everything that must be provable arrives with its sealed event and MUST commit with it.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Suspicion } from '../passkeys/passkey.ts';
import type { Appointment, Officer, OfficerInvitation, OfficerPasskey, OfficerStatus, Role } from './officer.ts';
import type { StaffSession } from './session.ts';

/** What decides whether a passkey opens a desk. */
export type KeyFacts = Pick<OfficerPasskey, 'standing' | 'isBackupEligible' | 'endedAt' | 'endReason'>;

export type ListedOfficer = Officer & { readonly passkeyCount: number; readonly passkeys: readonly KeyFacts[] };

export type OfficerNamed = Pick<Officer, 'name' | 'agencyId'> & { readonly role: Role };

/** `passkey`: with which it was begun, as it stands now. */
export type OpenSession = { readonly officer: Officer; readonly session: StaffSession; readonly passkey: KeyFacts };

export type StaffStore = {
  readonly findOfficer: (id: string) => Promise<Officer | undefined>;
  /** There is at most one active officer of a name, role and agency. */
  readonly findActiveOfficer: (named: OfficerNamed) => Promise<ListedOfficer | undefined>;
  /** Whether an officer of this role ever created a passkey, whatever became of the officer. */
  readonly hasEnrolled: (role: Role) => Promise<boolean>;
  /** Oldest first. */
  readonly listOfficers: () => Promise<readonly ListedOfficer[]>;
  /**
   * Stores the officer unless the id is known, replaces every unused invitation of the officer and appends the event, in ONE atomic act.
   * Yields `officer/enrolled` when an active officer under another id has this name, role and agency, or when this one has a passkey or is not
   * active, and then changes nothing.
   */
  readonly saveInvitation: (invited: {
    readonly officer: Officer;
    readonly invitation: OfficerInvitation;
    readonly event: SealedEvent;
    /** Of an expert. One who was appointed before stays so: `officer/enrolled` where it is another case or end. */
    readonly appointed?: { readonly appointment: Appointment; readonly event: SealedEvent };
  }) => Promise<'saved' | 'officer/enrolled'>;
  /** Of an expert; undefined for everybody else. */
  readonly findAppointment: (officerId: string) => Promise<Appointment | undefined>;
  /** Only an invitation that is unused and not expired at `now`. Reading has no effect. */
  readonly findInvitation: (digest: string, now: Millis) => Promise<OfficerInvitation | undefined>;
  readonly findPasskey: (id: string) => Promise<OfficerPasskey | undefined>;
  /** Oldest first. */
  readonly listPasskeys: (officerId: string) => Promise<readonly OfficerPasskey[]>;
  /** Moves the counter of the passkey on. False, and nothing changed, unless it goes up or both are zero, it has not ended, and the officer is active. */
  readonly saveUse: (use: {
    readonly passkeyId: string;
    readonly officerId: string;
    readonly counter: number;
    readonly isBackedUp: boolean;
    readonly at: Millis;
  }) => Promise<boolean>;
  /**
   * Inserts the passkey, marks the invitation used and appends the event, in ONE atomic act. Yields `passkey/already-registered` when the credential id
   * exists and `officer/invalid-link` when the invitation is used, expired at `now`, of somebody else or of an officer who is not active, and then
   * changes nothing.
   */
  readonly savePasskey: (registration: {
    readonly passkey: OfficerPasskey;
    readonly invitationDigest: string;
    readonly now: Millis;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'passkey/already-registered' | 'officer/invalid-link'>;
  /**
   * Moves the counter of the passkey on, begins the session and appends the event, in ONE atomic act. False, and nothing changed, unless the stored
   * counter is below `counter` or both are zero, the passkey has not ended, and the officer is active.
   */
  readonly startSession: (start: {
    readonly use: { readonly passkeyId: string; readonly counter: number; readonly isBackedUp: boolean };
    readonly session: StaffSession;
    readonly event: SealedEvent;
  }) => Promise<boolean>;
  /** Only while the officer is active, the session not ended, `expiresAt` after `now` and `lastSeenAt` after `idleSince`. */
  readonly findSession: (digest: string, at: { readonly now: Millis; readonly idleSince: Millis }) => Promise<OpenSession | undefined>;
  /** Never moves back, and brings no ended session back. */
  readonly saveLastSeen: (digest: string, at: Millis) => Promise<void>;
  /** Ends it and appends the event, in ONE atomic act; nothing at all when it was ended before. */
  readonly endSession: (ended: { readonly digest: string; readonly at: Millis; readonly event: SealedEvent }) => Promise<void>;
  /**
   * Changes the status, ends every session and unused invitation of an officer who is no longer active and appends the event, in ONE atomic act.
   * Yields `officer/enrolled` when another active officer has this name, role and agency, and then changes nothing.
   */
  readonly saveStatus: (changed: {
    readonly officerId: string;
    readonly status: OfficerStatus;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'officer/enrolled'>;
  /**
   * Ends the passkey, suspends its officer, ends every session and unused invitation of the officer and appends the event, in ONE atomic act. False, and
   * nothing changed, unless the passkey is of this officer and the officer is active.
   */
  readonly suspendForPasskey: (suspended: {
    readonly officerId: string;
    readonly passkeyId: string;
    readonly reason: Suspicion;
    readonly event: SealedEvent;
  }) => Promise<boolean>;
  readonly saveLanguage: (officerId: string, language: 'ar' | 'en') => Promise<void>;
};
