// One exit code for each kind of fault, so that a script can tell them apart. Codes are public and never given another meaning.

import type { ExportFaultCode } from './export-report.ts';
import type { FiguresCheckName } from './verify-figures.ts';
import type { ListCheckName } from './verify-list.ts';
import type { PackCheckName } from './verify-pack.ts';
import type { EntryCheckName } from './verify-entry.ts';
import type { ReceiptCheckName } from './verify-receipt.ts';

/**
 * | Code | Meaning |
 * | --- | --- |
 * | 0 | everything that could be checked holds |
 * | 1 | the file could not be read |
 * | 2 | wrong usage |
 * | 10 … 19 | a receipt, or an entry by itself |
 * | 20 … 29 | the order of the log, and what is missing of it |
 * | 30 … 39 | checkpoints, keys and witnesses |
 * | 40 … 49 | evidence packs |
 * | 50 … 59 | lists |
 * | 60 … 69 | public figures |
 */
export const exitCodes = {
  form: 10,
  'receipt-signature': 11,
  issuer: 12,
  'receipt-named': 13,
  'entry-canonical': 14,
  'body-not-canonical': 14,
  commitment: 15,
  'commitment-mismatch': 15,
  'column-mismatch': 16,
  inclusion: 17,
  confirmation: 18,
  'record-digest': 19,
  'index-gap': 20,
  'index-duplicate': 21,
  order: 22,
  'beyond-checkpoint': 23,
  'tail-missing': 24,
  'erasure-unaccounted': 25,
  'root-mismatch': 30,
  'checkpoint-signature': 31,
  'kept-checkpoint': 32,
  'log-key': 33,
  'key-history': 34,
  witnesses: 35,
  'pack-form': 40,
  'pack-signature': 41,
  'pack-files': 42,
  openings: 43,
  stretch: 44,
  versions: 45,
  counts: 46,
  records: 47,
  notices: 48,
  witnessed: 49,
  'list-form': 50,
  'list-signature': 51,
  'list-files': 52,
  'list-rows': 53,
  'figures-form': 60,
  'figures-signature': 61,
  'figures-hidden': 62,
  'figures-earlier': 63,
} as const satisfies Record<ExportFaultCode | FiguresCheckName | ListCheckName | ReceiptCheckName | EntryCheckName | PackCheckName, number>;

export const exitUnreadable = 1;
export const exitUsage = 2;
