// What the pages of the auditor's desk need. Words of the register and the catalogue come in the page's language, each with its technical name;
// nothing here names a person.

import type { DeskWork } from './audit-desk-model.ts';
import type { ShownNotice } from './shown-notice.ts';
import type { Json } from '../src/domain/kernel/canonical.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';

/** In words, and as programs call it. */
export type Named = { readonly name: string; readonly code: string };

/** The case in which a page stands; null outside one. */
export type InCase = { readonly number: string; readonly url: string } | null;

/** The log as it stood. */
export type LogHead = { readonly size: number; readonly at: Millis };

export const quickStarts = ['withdrawals', 'shares', 'over-asks', 'refusals', 'register', 'looks', 'newest'] as const;
export type QuickStart = (typeof quickStarts)[number];

/** How the last verification of the whole log ended. */
export type LogVerified = { readonly at: Millis; readonly isWhole: boolean; readonly isLate: boolean };

export type AuditDeskPage = {
  /** Null before the first one. */
  readonly verified: LogVerified | null;
  /** Null where no witnesses are set. */
  readonly witnesses: LogWitnesses | null;
  readonly logUrl: string;
  readonly head: LogHead | null;
  readonly quickUrls: Readonly<Record<QuickStart, string>>;
  /** Where the number of an entry is sent, by GET, as `index`. */
  readonly openUrl: string;
  readonly work: DeskWork;
};

export type EntryRow = {
  readonly index: number;
  readonly at: Millis;
  /** As stored: a damaged one still has to be shown. */
  readonly type: string;
  readonly service: (Named & { readonly agencyName: string }) | null;
  readonly purpose: Named | null;
  readonly details: readonly Named[];
  readonly url: string;
};

export const filterFields = ['type', 'service', 'purpose', 'attribute', 'from', 'to', 'order'] as const;
export type FilterField = (typeof filterFields)[number];

export type FilterOption = { readonly value: string; readonly label: string };
export type FilterGroup = { readonly label: string; readonly options: readonly FilterOption[] };

export type QueryProblemCode =
  | 'type-unknown'
  | 'service-unknown'
  | 'purpose-unknown'
  | 'attribute-unknown'
  | 'time-invalid'
  | 'time-order'
  | 'order-unknown'
  | 'place-invalid'
  | 'beyond-log'
  | 'place-twice'
  | 'limit-invalid'
  | 'repeated'
  | 'field-unknown';

export type AuditFilters = {
  /** Where the form goes, by GET, and where an empty one is. */
  readonly url: string;
  /** What was typed, also what is wrong; absent where nothing was. */
  readonly typed: ReadonlyMap<FilterField, string>;
  readonly services: readonly FilterGroup[];
  readonly purposes: readonly FilterGroup[];
  readonly attributes: readonly FilterOption[];
};

export type AuditResult = {
  readonly rows: readonly EntryRow[];
  readonly found: { readonly count: number; readonly isMore: boolean };
  readonly order: 'newest-first' | 'oldest-first';
  /** Size of the log that was searched. */
  readonly size: number;
  /** The neighbouring pages, whatever the order. */
  readonly newerUrl: string | null;
  readonly olderUrl: string | null;
  readonly downloads: { readonly csv: string; readonly jsonl: string; readonly limit: number };
};

export type AuditEntriesPage = {
  readonly filters: AuditFilters;
  /** `field` is as it was sent. */
  readonly problems: readonly { readonly field: string; readonly problem: QueryProblemCode }[];
  /** Null where nothing was searched. */
  readonly result: AuditResult | null;
};

export type AuditDecision = { readonly index: number; readonly at: Millis; readonly type: string; readonly url: string };

/** `proven`: the file is there to be checked. */
export type ShownProof =
  | {
      readonly state: 'proven';
      /** The text of the file that is downloaded, which the browser checks. */
      readonly file: string;
      readonly fileName: string;
      readonly url: string;
      readonly size: number;
      /** base64url, from the leaf up. */
      readonly path: readonly string[];
      readonly signedAt: Millis;
      readonly log: string;
    }
  | { readonly state: 'missing' | 'erased' };

export type AuditEntryPage = {
  readonly row: EntryRow;
  readonly id: string;
  /** `name` is that of an officer; of people there is none. */
  readonly actor: { readonly kind: string | null; readonly ref: string | null; readonly name: string | null };
  readonly purposeVersion: number | null;
  readonly declined: readonly Named[];
  readonly reason: string | null;
  /** The mask of this entry. */
  readonly person: string | null;
  /** The case that is looked through, where one is. */
  readonly inCase: InCase;
  /** How the person stands in the case, and where everything about them is asked. */
  readonly pseudonym: { readonly text: string; readonly url: string } | null;
  /** The consent under which it happened, and where its proof is asked. */
  readonly consent: { readonly id: string; readonly proofUrl: string } | null;
  readonly decisions: readonly AuditDecision[];
  /** What the person was shown before this decision; null where nothing was, or nothing is kept. */
  readonly notice: ShownNotice | null;
  readonly payload: Readonly<Record<string, Json>>;
  /** Laid out over lines. */
  readonly body: string;
  readonly proof: ShownProof;
  readonly entriesUrl: string;
};

export type WitnessLine = {
  /** In the policy. */
  readonly name: string;
  /** `unknown` before this node has asked. */
  readonly state: 'cosigned' | 'unreachable' | 'refused' | 'ahead' | 'contradicted' | 'unknown';
  /** What it cosigned last, as far as it is known. */
  readonly size: number | null;
};

export type LogWitnesses = {
  /** The newest checkpoint that meets the quorum, and when the last of its witnesses saw it. */
  readonly witnessed: LogHead | null;
  /** Entries that nobody outside has seen. */
  readonly entries: number;
  /** `null` when there are none. */
  readonly since: number | null;
  readonly isAlarming: boolean;
  readonly witnesses: readonly WitnessLine[];
};

export type AuditLogPage = {
  /** `null` where no witnesses are set. */
  readonly witnesses: LogWitnesses | null;
  readonly head: (LogHead & { readonly root: string; readonly text: string }) | null;
  readonly log: string;
  readonly checkpointUrl: string;
  readonly keyUrl: string;
  /** The script adds the size of the kept checkpoint. */
  readonly consistencyUrl: string;
};
