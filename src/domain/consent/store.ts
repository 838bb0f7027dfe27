// The port that storage implements for consents. A decision is one atomic act: record, version with its signed receipt, event, outbox, duties. If any part cannot be written, none is.

import type { SealedEvent } from '../ledger/event.ts';
import type { Duty } from '../duties/duty.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import type { PersonKind } from '../people/person.ts';
import type { Consent, StoredConsent } from './consent.ts';
import type { Notice, NoticeVersion } from './notice.ts';
import type { Period } from './uses.ts';

export type Receipt = {
  readonly id: string;
  readonly consentId: string;
  readonly personId: string;
  readonly version: number;
  /** Compact JWS (RFC 7515), typ huwiya-receipt+jwt. */
  readonly jws: string;
  /** The event that carries the digest of this receipt. */
  readonly eventId: string;
  readonly createdAt: number;
};

export type Decision = {
  /** The record as it is after this decision. */
  readonly consent: Consent;
  /** The version this decision was made upon; null for the first one. */
  readonly expectedVersion: number | null;
  readonly receipt: Receipt;
  readonly events: readonly SealedEvent[];
  readonly outbox: readonly OutboxMessage[];
  /** What the service owes the person for it. */
  readonly duties: readonly Duty[];
  /** What was shown; the same text again is kept once. Null where nothing was shown. */
  readonly notice: Notice | null;
};

/** A decision as it lies behind one entry of the log; says nothing of the person. */
export type PastDecision = Pick<Consent, 'version' | 'state' | 'change' | 'decidedAt'> & Pick<Receipt, 'eventId'>;

/** One version as it is kept, with the body of its entry; null where the log has no such entry. */
export type StoredVersion = Omit<
  Consent,
  'id' | 'personId' | 'clientId' | 'purposeId' | 'personKind' | 'level' | 'isOffline' | 'createdAt'
> &
  Pick<Receipt, 'jws'> & { readonly body: string | null };

/** A record and all its versions, the oldest first. */
export type StoredRecord = { readonly consent: Consent; readonly versions: readonly StoredVersion[] };

export type SubjectsAsked = { readonly clientId: string; readonly sector: string; readonly subjects: readonly string[] };

/** With the kind of person as it is now, and how often was fetched lately. */
export type SubjectRecord = {
  readonly subject: string;
  readonly kind: PersonKind;
  readonly consent: StoredConsent;
  readonly period: Period;
};

export type Told = Pick<Consent, 'id' | 'version'> & Pick<Decision, 'events' | 'outbox'> & { readonly at: number };

export type ConsentStore = {
  /**
   * MUST be atomic. `store/conflict` when the record is no longer at `expectedVersion`, when another active record of the same person, service and purpose exists,
   * or when the person or the service is not active at commit; then nothing changes. What takes something back asks less: `withdrawn`, `paused` and `narrowed`
   * go through against a service that is not active, `revoked` and `invalidated` whoever is.
   */
  readonly saveDecision: (decision: Decision) => Promise<'saved' | 'store/conflict'>;
  /** The one record of this person, service and purpose, in any state; ended records included. */
  readonly findConsentFor: (personId: string, clientId: string, purposeId: string) => Promise<StoredConsent | undefined>;
  readonly findConsent: (id: string) => Promise<StoredConsent | undefined>;
  /** The records of one service by the subjects it knows; none for who is not known in its sector, or is not active. Of several for one purpose the one that counts. */
  readonly listOfSubjects: (asked: SubjectsAsked) => Promise<readonly SubjectRecord[]>;
  /** Ids of the next hundred standing records of a service, run out or not, after this id. */
  readonly listStandingOf: (clientId: string, after: string) => Promise<readonly string[]>;
  /** Newest decision first. */
  readonly listConsents: (personId: string) => Promise<readonly StoredConsent[]>;
  /** Newest first. */
  readonly listReceipts: (personId: string) => Promise<readonly Receipt[]>;
  /** All of one record, oldest first. */
  readonly listDecisions: (consentId: string) => Promise<readonly PastDecision[]>;
  readonly findReceipt: (id: string) => Promise<Receipt | undefined>;
  /** The next records after this id, of everybody, for a check against the log. */
  readonly readRecords: (after: string, limit: number) => Promise<readonly StoredRecord[]>;
  readonly readRecord: (id: string) => Promise<StoredRecord | undefined>;
  readonly countRecords: () => Promise<number>;
  /** Records that ran out, of which the log does not say so yet; those that ran out first come first. */
  readonly listUntold: (now: number, limit: number) => Promise<readonly StoredConsent[]>;
  /** MUST be atomic with its events and messages, and do nothing where it was told already or the record moved on meanwhile. */
  readonly tellExpiry: (told: Told) => Promise<void>;
  /** The text that somebody was shown, by its digest. */
  readonly findNotice: (digest: string) => Promise<Notice | undefined>;
  /** A text that anybody was shown of the same version of the purpose in this language. */
  readonly findNoticeIn: (version: NoticeVersion, language: Notice['language']) => Promise<Notice | undefined>;
};
