// What the verification of an export says, and how it collects its faults.

import type { EntryFaultCode } from './export-entry.ts';

export type ExportFaultCode =
  | EntryFaultCode
  | 'form'
  | 'log-key'
  | 'key-history'
  | 'witnesses'
  | 'checkpoint-signature'
  | 'index-gap'
  | 'index-duplicate'
  | 'order'
  | 'beyond-checkpoint'
  | 'root-mismatch'
  | 'kept-checkpoint'
  | 'tail-missing'
  | 'erasure-unaccounted';

export type ExportFault = {
  readonly code: ExportFaultCode;
  /** The first entry concerned; `null` when the fault is not about entries. */
  readonly index: number | null;
  readonly id: string | null;
  /** Line of the file, from 1; `null` when no line is at fault. */
  readonly line: number | null;
  readonly detail: string;
};

export type ExportReport = {
  readonly format: 'huwiya-log/1';
  readonly isValid: boolean;
  readonly trust: { readonly log: 'given' | 'from-file' };
  /** Entries that the checkpoint covers, and entries read. */
  readonly size: number | null;
  readonly entries: number;
  readonly erased: number;
  /** Checkpoints whose root was computed from the entries and compared. */
  readonly comparedRoots: number;
  /** In the order of the index; at most a thousand. */
  readonly faults: readonly ExportFault[];
};

export type FaultList = Map<string, ExportFault>;

const listLimit = 1000;

export function addFault(faults: FaultList, fault: ExportFault): void {
  if (faults.size < listLimit) {
    faults.set(`${fault.code}/${fault.index}/${faults.size}`, fault);
  }
}

/** A missing entry can still come, out of its order; so gaps are kept by index until the end. */
export function addGap(faults: FaultList, index: number): void {
  if (faults.size < listLimit) {
    faults.set(`gap/${index}`, { code: 'index-gap', index, id: null, line: null, detail: 'the entry is missing' });
  }
}

export function takeGap(faults: FaultList, index: number): boolean {
  return faults.delete(`gap/${index}`);
}

export function toSortedFaults(faults: FaultList): readonly ExportFault[] {
  return [...faults.values()].toSorted((a, b) => (a.index ?? -1) - (b.index ?? -1));
}
