// What a verification of the whole log says. Faults name an entry wherever one can be named; nothing here carries what an entry says.

import type { EntryFaultCode } from './check-entry.ts';
import type { Entry } from './store.ts';

/** What each fault means; docs and the command line print it. */
export const logFaultCatalogue = {
  'body-not-canonical': 'The body of the entry is not in the one form in which it was written.',
  'column-mismatch': 'A column of the entry differs from its body.',
  'commitment-mismatch': 'Body, salt and person reference of the entry do not give its commitment.',
  'leaf-mismatch': 'The entry is not the one that was hashed into the tree at its index.',
  order: 'The entry stands at another index than the one under which it was hashed into the tree.',
  'index-gap': 'An entry is missing.',
  'index-duplicate': 'Two entries have one index.',
  'beyond-checkpoint': 'An entry has an index that no checkpoint covers.',
  'tile-mismatch': 'The stored tree of hashes differs from the entries, which agree with the signed root.',
  'checkpoint-missing': 'There are entries and no checkpoint.',
  'checkpoint-signature': 'A checkpoint is malformed or not signed by the key of the log.',
  'checkpoint-column': 'A column of a checkpoint differs from its signed text.',
  'root-mismatch': 'A signed checkpoint has another root than the entries before it.',
  'inconsistent-with-earlier-checkpoint': 'A checkpoint that was kept elsewhere has another root than the entries before it.',
  'tail-missing': 'The log is shorter than a checkpoint that was kept elsewhere.',
  'erasure-unaccounted': 'Entries cannot be opened that no entry about an erasure accounts for, or the other way round.',
} as const satisfies Record<EntryFaultCode, string> & Record<string, string>;

export type LogFaultCode = keyof typeof logFaultCatalogue;

export type LogFault = {
  readonly code: LogFaultCode;
  /** The first entry concerned; `null` when the fault is not about entries. */
  readonly index: number | null;
  /** The id of its event, if the row is there. */
  readonly id: string | null;
  readonly detail: string;
};

/** No fault, but worth a look: the clock of the writer went back. */
export type LogNotice = { readonly code: 'time-backwards'; readonly index: number; readonly id: string };

export type LogReport = {
  readonly size: number;
  /** base64url; `null` when there is no checkpoint. */
  readonly root: string | null;
  readonly checkpoints: number;
  /** Entries whose salt and person reference were erased: proven by the tree at their place; what they say is proven no more. */
  readonly erased: number;
  /** In the order of the index. */
  readonly faults: readonly LogFault[];
  readonly notices: readonly LogNotice[];
  /** True when there were more faults or notices than are listed. */
  readonly isCut: boolean;
};

const listLimit = 1000;

export type Findings = {
  readonly faults: LogFault[];
  readonly notices: LogNotice[];
  isCut: boolean;
};

export function createFindings(): Findings {
  return { faults: [], notices: [], isCut: false };
}

export function addFault(findings: Findings, fault: LogFault): void {
  if (findings.faults.length < listLimit) {
    findings.faults.push(fault);
  } else {
    findings.isCut = true;
  }
}

export function addNotice(findings: Findings, entry: Entry): void {
  if (findings.notices.length < listLimit) {
    findings.notices.push({ code: 'time-backwards', index: entry.index, id: entry.id });
  } else {
    findings.isCut = true;
  }
}
