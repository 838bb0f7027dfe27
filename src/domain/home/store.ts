// The port behind a person's own page: everything is read for one person, page by page, and nothing of anybody else can come with it.
// Reading here changes nothing and leaves no entry: people look at their own.

import type { Change, Consent, StoredConsent } from '../consent/consent.ts';
import type { Receipt } from '../consent/store.ts';
import type { Millis } from '../kernel/clock.ts';
import type { EventType } from '../ledger/event.ts';
import type { Entry } from '../ledger/store.ts';

export const consentGroups = ['valid', 'law', 'ends-soon', 'paused', 'refused', 'ended'] as const;
export type ConsentGroup = (typeof consentGroups)[number];

export type ServiceFilter = {
  readonly group?: ConsentGroup | undefined;
  /** Part of the name of the service or of its agency, in either language. */
  readonly words?: string | undefined;
};

export type ServicePlace = { readonly stands: number; readonly decidedAt: Millis; readonly clientId: string };

export type OwnServices = {
  /** What stands comes first, then what was decided last. */
  readonly clientIds: readonly string[];
  readonly next: ServicePlace | null;
  /** All that match, on this page or not. */
  readonly count: number;
};

export type ConsentPlace = { readonly decidedAt: Millis; readonly id: string };

export type OwnConsents = { readonly consents: readonly StoredConsent[]; readonly next: ConsentPlace | null };

/** A person may have thousands: whole records would cost many times what is asked of them. */
export type StandingConsent = Pick<Consent, 'id' | 'clientId' | 'decidedAt'> & {
  /** Names of the attributes that were granted, or notified of. */
  readonly granted: readonly string[];
};

export type ReceiptPlace = { readonly createdAt: Millis; readonly id: string };

/** A receipt with what was decided and who acted. */
export type OwnReceipt = Receipt & { readonly change: Change; readonly actedBy: Consent['actedBy'] };
export type OwnReceipts = { readonly receipts: readonly OwnReceipt[]; readonly next: ReceiptPlace | null };

export type OwnDecision = Omit<OwnReceipt, 'jws'>;

export type DecisionPlace = { readonly consentId: string; readonly version: number };

/** An entry about the person; `index` is null while it waits for its number. */
export type OwnEntry = Pick<Entry, 'id' | 'type' | 'at' | 'service' | 'purpose' | 'attributes' | 'body'> & {
  readonly index: number | null;
};

export type OwnEntryFilter = {
  readonly types?: readonly EventType[] | undefined;
  readonly service?: string | undefined;
  readonly attribute?: string | undefined;
  /** Inclusive. */
  readonly from?: Millis | undefined;
  /** Exclusive. */
  readonly to?: Millis | undefined;
};

export type OwnEntriesAsked = {
  readonly before: string | null;
  readonly limit: number;
  /** Fewer than `entriesLookedThrough`, where the answer is no list. */
  readonly lookThrough?: number;
};

export type OwnEntries = {
  readonly entries: readonly OwnEntry[];
  readonly next: string | null;
  /** A page that is not full ends here although older entries may match: at most `entriesLookedThrough` are looked through for one page. */
  readonly lookedBackTo: Millis | null;
};

/** So that no answer takes long, however much there is: a person with ten sign-ins a day fills this in a year and more. */
export const entriesLookedThrough = 4000;

/** What a service was sent together, and when last, as far back as one page looks. */
export type LastRelease = { readonly service: string; readonly attributes: readonly string[]; readonly at: Millis };

/** One version of a record; `consentId` tells of which. */
export type OwnVersion = Pick<
  Consent,
  'version' | 'purposeVersion' | 'state' | 'change' | 'attributes' | 'basis' | 'language' | 'actedBy' | 'decidedAt' | 'expiresAt'
> & { readonly consentId: string; readonly receiptId: string };

export type HomeStore = {
  readonly readServices: (
    personId: string,
    filter: ServiceFilter,
    page: { readonly now: Millis; readonly after: ServicePlace | null; readonly limit: number },
  ) => Promise<OwnServices>;
  /** Consents with these services, what stands first, at most `perService` of each, those of the filter's group only. */
  readonly readConsentsOf: (
    personId: string,
    clientIds: readonly string[],
    asked: { readonly now: Millis; readonly group?: ConsentGroup | undefined; readonly perService: number },
  ) => Promise<readonly StoredConsent[]>;
  /** Consents with one service, newest decision first. */
  readonly readConsents: (
    personId: string,
    clientId: string,
    page: { readonly after: ConsentPlace | null; readonly limit: number },
  ) => Promise<OwnConsents>;
  /** The consents that end before `until`, the first to end first. */
  readonly readEnding: (
    personId: string,
    between: { readonly now: Millis; readonly until: Millis },
    limit: number,
  ) => Promise<readonly StoredConsent[]>;
  /** All that attributes may leave under at `now`, in no order, and of each only what tells who may see what. */
  readonly readStanding: (personId: string, now: Millis) => Promise<readonly StandingConsent[]>;
  /** The person's own among these records, in no order. */
  readonly readRecords: (personId: string, ids: readonly string[]) => Promise<readonly StoredConsent[]>;
  /** Every record by id, from the one after `after`. */
  readonly readAllConsents: (
    personId: string,
    page: { readonly after: string | null; readonly limit: number },
  ) => Promise<readonly StoredConsent[]>;
  /** All versions of these records, the oldest first. */
  readonly readVersions: (consentIds: readonly string[]) => Promise<readonly OwnVersion[]>;
  readonly readReceipts: (personId: string, page: { readonly after: ReceiptPlace | null; readonly limit: number }) => Promise<OwnReceipts>;
  /** The newest decisions about each record, newest first. */
  readonly readDecisions: (consentIds: readonly string[], perConsent: number) => Promise<readonly OwnDecision[]>;
  /** The person's own among the decisions at these places. */
  readonly readDecisionsAt: (personId: string, places: readonly DecisionPlace[]) => Promise<readonly OwnDecision[]>;
  readonly readEntries: (personId: string, filter: OwnEntryFilter, page: OwnEntriesAsked) => Promise<OwnEntries>;
  /** Undefined also for an entry about somebody else. */
  readonly findEntry: (personId: string, id: string) => Promise<OwnEntry | undefined>;
  readonly readLastReleases: (personId: string) => Promise<readonly LastRelease[]>;
};
