// The port for the engine's artefacts. Reads filter expiry, ended sessions, ended consents and inactive people and services in SQL; nothing relies on a purge.
// Writes of one request are collected and committed together, conditions included, before the response leaves.

import type { StoredConsent } from '../domain/consent/consent.ts';
import type { UseLimits } from '../domain/consent/uses.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import type { ServiceSession } from '../domain/logout/service-session.ts';
import type { PersonKind, StoredPerson } from '../domain/people/person.ts';

export const artefactModels = [
  'AuthorizationCode',
  'AccessToken',
  'RefreshToken',
  'ClientCredentials',
  'Interaction',
  'PushedAuthorizationRequest',
] as const;
export type ArtefactModel = (typeof artefactModels)[number];

/** One narrow row. `key` is SHA-256 of the bearer value; `payload` is JSON without it. */
export type Artefact = {
  readonly key: string;
  readonly model: ArtefactModel;
  readonly payload: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly consumedAt: number | null;
  readonly personId: string | null;
  readonly clientId: string | null;
  /** The consent this token rests on; null where no consent is needed (a first-party page, client credentials). */
  readonly consentId: string | null;
  readonly sessionUid: string | null;
  /** True with `offline_access`: outlives the session, never the consent. */
  readonly isOffline: boolean;
};

export type EngineSession = {
  readonly uid: string;
  /** SHA-256 of the cookie value; rotates, `uid` does not. */
  readonly key: string;
  /** JSON without the cookie value. */
  readonly payload: string;
  readonly personId: string | null;
  readonly expiresAt: number;
  readonly lastSeenAt: number;
  /** When its person signed in first; a save keeps what is there as long as the person stays the same. */
  readonly startedAt: number;
  /** The kind of device that it was begun with (device.ts); null where nobody signed in yet. Kept like `startedAt`. */
  readonly device: string | null;
  /** Whether its person said that others use this computer. Once said it stays so for this person. */
  readonly isShared: boolean;
  /** With which it was begun, or last confirmed; null where nobody signed in yet. */
  readonly passkeyId: string | null;
};

export type SessionRoom = {
  readonly most: number;
  /** What was unused for longer is not alive. */
  readonly seenSince: number;
  readonly sharedSeenSince: number;
  /** The entry of each that ends. */
  readonly seal: () => SealedEvent;
};

export type EngineWrite =
  /** Written (an interaction replaces itself under its key), only where the consent is valid, the person and the service are active, the session is alive (or the token is offline) at commit. */
  | { readonly kind: 'save-artefact'; readonly artefact: Artefact }
  /** MUST succeed for exactly one caller, ever. */
  | { readonly kind: 'consume'; readonly model: ArtefactModel; readonly key: string; readonly at: number }
  /** `isOnce`: fails the commit where it had ended before. Of two at once MUST one succeed. */
  | { readonly kind: 'destroy'; readonly key: string; readonly isOnce: boolean }
  /** Ends every code and token of this session and service; offline tokens too when `includesOffline`. Never ends a consent. */
  | {
      readonly kind: 'end-tokens';
      readonly sessionUid: string;
      readonly clientId: string;
      readonly at: number;
      readonly includesOffline: boolean;
    }
  /** Insert-only: an assertion or proof id is accepted once. */
  | { readonly kind: 'save-replay'; readonly key: string; readonly expiresAt: number }
  /**
   * A no-op that fails the commit when the session's uid was ended, or, where it `isSignIn`, when the passkey has ended, or the ceremony was answered before the
   * person's sign-ins ended and this session did not outlive that.
   */
  | {
      readonly kind: 'save-session';
      readonly session: EngineSession;
      readonly previousKey: string | null;
      readonly isSignIn: boolean;
      /** Of a sign-in. Without it, it counts as older than every end. */
      readonly answeredAt?: number;
      /**
       * Of a sign-in: how many sessions of the person can be alive, this one among them. Those beyond MUST end in this commit, the one that was unused for
       * longest first, also when two sign-ins come at once.
       */
      readonly room?: SessionRoom;
      readonly at: number;
    }
  /** Ends every session of the person but `except`, and every sign-in that was answered by then and comes later. Before any other write of sessions in a commit. */
  | ({
      readonly kind: 'end-sign-ins';
      readonly personId: string;
      readonly except: string | null;
      readonly at: number;
    } & Pick<SessionRoom, 'seenSince' | 'sharedSeenSince' | 'seal'>)
  /** Last seen is at least this, however requests overtake each other. Of one that has ended a no-op, which fails the commit where the session `isNeeded`. */
  | { readonly kind: 'touch-session'; readonly uid: string; readonly at: number; readonly isNeeded: boolean }
  /** A service received its tokens in a session: when that ends it MUST be told, at once where it has ended already. */
  | { readonly kind: 'enter-service'; readonly entered: ServiceSession }
  /** `told` is appended, and every service entered gets its message, only if this write ends the session: of two at once, one does. */
  | { readonly kind: 'end-session'; readonly uid: string; readonly at: number; readonly told: SealedEvent | null }
  /**
   * Counts one use of this consent. Fails the commit unless it is valid, still says what was read of it, its person and service are active, and the use is
   * within the limits: a release after a withdrawal or a narrower decision was acknowledged MUST be impossible, and so MUST be one use too many.
   */
  | {
      readonly kind: 'use-consent';
      readonly consentId: string;
      readonly version: number;
      readonly at: number;
      readonly limits: UseLimits;
    }
  /** Fails the commit unless this artefact still stands: nothing MUST come of a token that was ended meanwhile, neither another one nor a release. */
  | { readonly kind: 'require-artefact'; readonly key: string }
  | { readonly kind: 'append-event'; readonly event: SealedEvent };

/** A token that has not run out by itself, whatever became of what it rests on, with the record it rests on. */
export type RestingToken = {
  readonly personId: string;
  readonly clientId: string;
  readonly consentId: string;
  readonly expiresAt: number;
  readonly purposeId: string;
  readonly purposeVersion: number;
  readonly version: number;
  readonly state: string;
  readonly consentExpiresAt: number;
  /** As stored: what the token asks for stands in it. */
  readonly payload: string;
  /** False where the record stopped to stand since the token was made. */
  readonly isSameRun: boolean;
};

/** What the request of a remembered sign-in rests on. */
export type Remembered = {
  readonly session: Pick<EngineSession, 'uid' | 'payload' | 'personId' | 'lastSeenAt' | 'isShared'>;
  /** Of an active person. */
  readonly kind: PersonKind;
  /** The one record of this person, service and purpose that was not ended. */
  readonly consent: StoredConsent;
  readonly hasOpenRecovery: boolean;
};

export type RememberedAsked = {
  /** Of the session: digest of its cookie value, of the current one alone. */
  readonly key: string;
  readonly clientId: string;
  readonly purposeId: string;
  readonly now: number;
  readonly idleSince: number;
};

export type RestingArtefact = Pick<Artefact, 'key' | 'payload' | 'personId' | 'clientId' | 'isOffline'>;

/** What the exchange of a code rests on. */
export type Exchange = {
  readonly code: RestingArtefact;
  readonly consent: StoredConsent;
  /** Of an active person. */
  readonly kind: PersonKind;
  /** By which the service's sector knows the person. */
  readonly subject: string;
};

/** What a release of details rests on. */
export type Releasable = Pick<Exchange, 'consent' | 'subject'> & {
  readonly token: RestingArtefact;
  /** Active. */
  readonly person: StoredPerson;
};

export type SpentArtefact = Pick<Artefact, 'clientId' | 'expiresAt' | 'consumedAt' | 'payload'>;

/** Why nothing of the request was written. */
export type CommitFailure = 'already-consumed' | 'replayed' | 'session-ended' | 'grant-ended' | 'used-up' | 'too-often';

export type EngineStore = {
  /** All or nothing, in the order given, in ONE durable commit. Throws Fault `ledger/unavailable` or `store/unavailable` when it cannot. */
  readonly commit: (
    writes: readonly EngineWrite[],
    now: number,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: CommitFailure }>;
  /** Undefined when expired, ended, or when person, service, consent or session no longer carry it at `now`. */
  readonly findArtefact: (model: ArtefactModel, key: string, now: number) => Promise<Artefact | undefined>;
  /** For evidence of a refusal and for nothing else: MUST NOT be taken for a token that stands. */
  readonly findRestingToken: (model: ArtefactModel, key: string, now: number) => Promise<RestingToken | undefined>;
  /** For telling a developer what became of it and for nothing else, whatever became of it: MUST NOT be taken for something that stands. */
  readonly findSpent: (model: ArtefactModel, key: string) => Promise<SpentArtefact | undefined>;
  /** By cookie value digest: the current one, or the one before for ten seconds after a rotation. Undefined when ended, expired, idle since before `idleSince`, or its person is not active. */
  readonly findSession: (key: string, now: number, idleSince: number) => Promise<EngineSession | undefined>;
  readonly findSessionByUid: (uid: string, now: number, idleSince: number) => Promise<EngineSession | undefined>;
  /** The sessions of a person that are alive, the last used first. */
  readonly listSessions: (personId: string, now: number, idleSince: number) => Promise<readonly EngineSession[]>;
  /** For writes that ask for all of it again when they are committed, and for nothing else. Undefined where anything of it is missing. */
  readonly findRemembered: (asked: RememberedAsked) => Promise<Remembered | undefined>;
  /** The same for a code that was not used; undefined too where the sector knows the person by no subject yet. */
  readonly findExchange: (key: string, now: number) => Promise<Exchange | undefined>;
  /** The same for an access token. */
  readonly findReleasable: (key: string, now: number) => Promise<Releasable | undefined>;
  readonly hasReplay: (key: string, now: number) => Promise<boolean>;
};
