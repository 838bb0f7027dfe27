// The rows of a list as a file: a sheet that any spreadsheet opens in Arabic, or an object on each line. No cell of the sheet is run, breaks its row, or reads in
// another order than it is written (security case AL-17).

import { stringify } from 'csv-stringify/sync';
import type { ListForm, ListRow } from '../../../domain/audit/exports/create-list.ts';
import { toEntryBody } from '../../../domain/audit/entry-body.ts';
import type { Texts } from '../../../../views/messages/messages.ts';
import { toHeadings } from '../headings.ts';
import { toTimestamp } from '../../../domain/kernel/clock.ts';

const columns = [
  'index',
  'at',
  'type',
  'service',
  'purpose',
  'purpose_version',
  'attributes',
  'record',
  'reason',
  'actor',
  'person',
] as const;

/** A spreadsheet takes the file for UTF-8 by it. */
export const byteOrderMark = '\uFEFF';

/** Characters that are not seen, or turn the order of others around, by their number: U+202E. */
const toVisible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );

/** What programs run as a formula or a DDE command, in plain or full width, behind any spaces. */
const formula = /^\s*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u;

export function toSafeCell(text: string): string {
  const visible = toVisible(text);
  return formula.test(visible) ? `'${visible}` : visible;
}

function toValues({ entry, person }: ListRow): Readonly<Record<(typeof columns)[number], string | number | null>> {
  const { attributes, at, index, purpose, service, type } = entry;
  const { actor, purposeVersion, reason, record } = toEntryBody(entry.body);
  const named = { service, purpose, purpose_version: purposeVersion, attributes: attributes.join(' '), record, reason };
  return { index, at: toTimestamp(at), type, ...named, actor: actor.kind, person };
}

const toSheet = (rows: readonly (readonly string[])[]): string => stringify([...rows], { quoted: true, record_delimiter: 'windows' });

const toCells = (row: ListRow): readonly string[] => {
  const values = toValues(row);
  return columns.map((name) => toSafeCell(String(values[name] ?? '')));
};

export type ListForms = Readonly<Record<'csv' | 'jsonl', ListForm>>;

export function createListForms(texts: Texts): ListForms {
  return {
    csv: { head: `${byteOrderMark}${toSheet([toHeadings(texts, columns)])}`, toLines: (rows) => toSheet(rows.map(toCells)) },
    jsonl: { head: '', toLines: (rows) => rows.map((row) => `${JSON.stringify(toValues(row))}\n`).join('') },
  };
}
