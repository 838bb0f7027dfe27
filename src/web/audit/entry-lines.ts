// Entries as lines of a file, for the page's downloads and for the command: a sheet, or an object on each line. Times are UTC.

import { stringify } from 'csv-stringify/sync';
import type { ListedEntry } from '../../domain/audit/look.ts';
import type { Texts } from '../../../views/messages/messages.ts';
import { byteOrderMark, toSafeCell } from './exports/list-lines.ts';
import { toHeadings } from './headings.ts';
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

const toSheet = (rows: readonly (readonly string[])[]): string => stringify(rows.map((row) => row.map(toSafeCell)));

/** For the command and for programs. */
export const lineForms = {
  jsonl: { head: '', toLines: (entries) => entries.map(toJsonLine).join('') },
  csv: { head: toSheet([columns]), toLines: (entries) => toSheet(entries.map(toCells)) },
} as const satisfies Record<'jsonl' | 'csv', LineForm>;

/** For a spreadsheet, in the language of its reader. */
export function createLineForms(texts: Texts): Readonly<Record<'jsonl' | 'csv', LineForm>> {
  return { ...lineForms, csv: { ...lineForms.csv, head: `${byteOrderMark}${toSheet([toHeadings(texts, columns)])}` } };
}
