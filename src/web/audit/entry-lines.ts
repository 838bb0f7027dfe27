// Entries as lines of a file, for the page's downloads and for the command: a sheet, or an object on each line. Times are UTC.

import { stringify } from 'csv-stringify/sync';
import type { ListedEntry } from '../../domain/audit/look.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';

const columns = ['index', 'type', 'at', 'service', 'purpose', 'attributes'] as const;

export function toCells({ index, type, at, service, purpose, attributes }: ListedEntry): readonly string[] {
  return [String(index), type, toTimestamp(at), service ?? '', purpose ?? '', attributes.join(' ')];
}

function toJsonLine({ index, type, at, service, purpose, attributes }: ListedEntry): string {
  return `${JSON.stringify({ index, type, at: toTimestamp(at), service, purpose, attributes })}\n`;
}

export type LineForm = {
  readonly head: string;
  readonly toLines: (entries: readonly ListedEntry[]) => string;
};

export const lineForms = {
  jsonl: { head: '', toLines: (entries) => entries.map(toJsonLine).join('') },
  // A cell that begins like a formula would be run by a spreadsheet.
  csv: { head: stringify([[...columns]]), toLines: (entries) => stringify(entries.map(toCells), { escape_formulas: true }) },
} as const satisfies Record<'jsonl' | 'csv', LineForm>;
