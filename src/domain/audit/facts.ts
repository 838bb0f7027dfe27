// Facts: what an entry says, laid out so that a question over millions of entries is answered in milliseconds. They are made from entries and can be
// made again at any time; evidence are the entries alone. Never here: values of attributes, or anything that an entry does not say.

import type { Millis } from '../kernel/clock.ts';
import type { PageAsked } from '../ledger/store.ts';

/** What a fact can be found and grouped by, beside its columns. */
export const markKinds = [
  'agency',
  'attribute',
  'basis',
  'browser',
  'case',
  'category',
  'change',
  'declined',
  'device',
  'document',
  'endpoint',
  'field',
  'flaw',
  'form',
  'language',
  'level',
  'method',
  'notice',
  'officer',
  'person-kind',
  'query',
  'role',
  'shared',
  'status',
  'way',
  'withheld',
] as const;

export type MarkKind = (typeof markKinds)[number];

export type Mark = { readonly kind: MarkKind; readonly term: string };

/**
 * What the log itself shows to be wrong with an entry. `no-record` to `beyond-consent`: a release under a record that did not stand at that place of the
 * log, or of more than was granted. `hasty`: decided faster than its notice can be read. `clock-back`: made by a clock that stood behind those of the entries
 * before it. `twice-in-a-minute`: the same person had decided less than a minute before. `repeated-ceremony`: a sign-in with the very ceremony of an earlier
 * one. `unreadable`: the body is damaged.
 */
export const flaws = [
  'no-record',
  'after-withdrawal',
  'after-expiry',
  'paused',
  'beyond-purpose',
  'beyond-consent',
  'below-level',
  'hasty',
  'twice-in-a-minute',
  'after-death',
  'clock-back',
  'repeated-ceremony',
  'unreadable',
] as const;

export type Flaw = (typeof flaws)[number];

export type FactActor = { readonly kind: string; readonly ref: string | null };

export type Fact = {
  readonly index: number;
  readonly at: Millis;
  readonly type: string;
  readonly service: string | null;
  readonly purpose: string | null;
  readonly purposeVersion: number | null;
  readonly reason: string | null;
  /** Id of the consent record. */
  readonly record: string | null;
  /** `null` also once erased. */
  readonly personRef: string | null;
  readonly actor: FactActor;
  readonly actedBy: string | null;
  /**
   * Milliseconds since what this entry answers: of a decision, the newest `consent.requested` of the same person, service and purpose within an hour; of
   * `set.delivered` and `rp.*`, the change of the same record; of a release after an end, that end; of `complaint.closed`, the report; of `unmask.*`, the
   * request in the same case.
   */
  readonly elapsed: Millis | null;
  readonly marks: readonly Mark[];
};

/** Members that are absent do not filter; those that are there all hold. */
export type FactFilter = {
  readonly types?: readonly string[];
  readonly services?: readonly string[];
  readonly purpose?: string;
  readonly purposeVersion?: number;
  readonly reason?: string;
  readonly record?: string;
  readonly personRefs?: readonly string[];
  readonly actorRef?: string;
  readonly actorKind?: string;
  /** Who decided in the person’s place, or `self`. */
  readonly actedBy?: string;
  /** One of them at least. */
  readonly anyAttribute?: readonly string[];
  /** All of them. */
  readonly marks?: readonly Mark[];
  /** Inclusive. */
  readonly from?: Millis;
  /** Exclusive. */
  readonly to?: Millis;
  /** Exclusive; facts without `elapsed` do not match. */
  readonly elapsedBelow?: Millis;
  /** Inclusive; facts without `elapsed` do not match. */
  readonly elapsedFrom?: Millis;
  /** As the log stood: only entries with a lower index. */
  readonly below: number;
};

/** `hour` is 0 to 23; `day` is YYYY-MM-DD and `month` YYYY-MM, all of the country (UTC+3). */
export type GroupKey =
  | 'type'
  | 'service'
  | 'purpose'
  | 'purposeVersion'
  | 'reason'
  | 'actor'
  | 'actedBy'
  | 'hour'
  | 'day'
  | 'month'
  | 'record'
  | 'person'
  | { readonly mark: MarkKind };

export type GroupAsked = {
  readonly by: readonly GroupKey[];
  /** How many different people each group concerns; erased ones are not among them. */
  readonly people?: true;
  readonly elapsed?: true;
  /** Groups with the greatest count first, then by their keys. */
  readonly limit: number;
};

/** Milliseconds. */
export type ElapsedSpread = { readonly min: Millis; readonly median: Millis; readonly p95: Millis; readonly max: Millis };

export type FactGroup = {
  /** In the order of `by`. */
  readonly keys: readonly (string | number | null)[];
  readonly count: number;
  readonly people?: number;
  readonly elapsed?: ElapsedSpread | null;
};

export type FactPage = {
  readonly facts: readonly Fact[];
  /** Index of the last fact of this page when there are more; else `null`. */
  readonly next: number | null;
};

export type Projected = {
  /** Facts made by this call. */
  readonly added: number;
  /** Entries with a lower index have their fact. */
  readonly size: number;
};

/** Most entries that one act turns into facts where people sign in, so that nobody waits long for it. */
export const projectionLimit = 250;

export type FactStore = {
  /**
   * Turns the next entries, at most `limit`, into facts, in the order of their index, in ONE atomic act under a lock that every process shares. MUST leave
   * no gap and make no fact twice; MUST NOT stop at a damaged entry.
   */
  readonly projectFacts: (limit: number) => Promise<Projected>;
  /** Entries with a lower index have their fact. */
  readonly findProjected: () => Promise<number>;
  /**
   * As `findProjected`, of what is read by all that follows: a copy may be behind, and is given up to a second to hold `wanted`. Where it does not, the result is
   * lower, and MUST bound whatever is asked then.
   */
  readonly findReadable: (wanted: number) => Promise<number>;
  /** Entries themselves with a lower index, whatever facts there are. */
  readonly countEntries: (below: number) => Promise<number>;
  /** A page by index. MUST NOT skip or repeat a fact when others are added between two pages. */
  readonly readFacts: (filter: FactFilter, page: PageAsked) => Promise<FactPage>;
  /** How many facts match, at most `limit` when there is one. */
  readonly countFacts: (filter: FactFilter, limit: number | null) => Promise<number>;
  readonly groupFacts: (filter: FactFilter, asked: GroupAsked) => Promise<readonly FactGroup[]>;
};
