// An answer as lines of a file, for downloads, programs and the command: technical names, days of the country, times in UTC, durations in milliseconds.

import { stringify } from 'csv-stringify/sync';
import type { Reply } from '../../../domain/audit/questions/ask-question.ts';
import type { Cell, CellKind, Row, Table } from '../../../domain/audit/questions/question.ts';
import type { Texts } from '../../../../views/messages/messages.ts';
import { byteOrderMark, toSafeCell } from '../exports/list-lines.ts';
import { toTimestamp } from '../../../domain/kernel/clock.ts';
import { toCountryDay, toDayText } from '../../../domain/audit/country-day.ts';

const moments: ReadonlySet<CellKind> = new Set(['time', 'hour']);

export type CellJson = string | number | null | readonly string[];

export function toCellJson(kind: CellKind, cell: Cell): CellJson {
  if (kind === 'day' && typeof cell === 'number') {
    return toDayText(toCountryDay(cell));
  }
  return typeof cell === 'number' && moments.has(kind) ? toTimestamp(cell) : cell;
}

export function toRowJson(table: Table, row: Row): Readonly<Record<string, CellJson>> {
  return Object.fromEntries(table.columns.map(({ name, kind }, at) => [name, toCellJson(kind, row.cells[at] ?? null)]));
}

const toText = (cell: CellJson): string => (typeof cell === 'object' ? (cell?.join(' ') ?? '') : String(cell));

export function toRowCells(table: Table, row: Row): readonly string[] {
  return table.columns.map(({ kind }, at) => toText(toCellJson(kind, row.cells[at] ?? null)));
}

const toCsv = (rows: readonly (readonly string[])[]): string => stringify(rows.map((row) => row.map(toSafeCell)));

type Words = {
  readonly head: (name: 'table' | 'figure' | 'value' | 'as_of') => string;
  readonly column: (name: Table['columns'][number]['name']) => string;
  readonly table: (name: Table['name']) => string;
  readonly figure: (name: Reply['answer']['figures'][number]['name']) => string;
};

const same = <T>(name: T): T => name;
/** The names that programs know. */
const technical: Words = { head: same, column: same, table: same, figure: same };

const heads = { table: 'sheet-table', figure: 'sheet-figure', value: 'sheet-value', as_of: 'sheet-as-of' } as const;

/** A finding keeps its technical name: its words would say beforehand whether it holds. */
const toWords = ({ language, t }: Texts): Words =>
  language === 'ar'
    ? {
        head: (name) => t(heads[name]),
        column: (name) => t(`column-${name}`),
        table: (name) => t(`table-${name}`),
        figure: (name) => t(`figure-${name}`),
      }
    : technical;

function toCsvTable(table: Table, words: Words): string {
  const rows = table.rows.map((row) => [words.table(table.name), ...toRowCells(table, row)]);
  return toCsv([[words.head('table'), ...table.columns.map(({ name }) => words.column(name))], ...rows]);
}

function toCsvAnswer({ answer, checkpoint }: Reply, words: Words): string {
  const figures = answer.figures.map(({ name, value }) => [words.figure(name), String(value ?? '')]);
  const findings = answer.findings.map(({ name, holds }) => [name, String(holds)]);
  const first = [words.head('figure'), words.head('value')];
  const size = [words.head('as_of'), String(checkpoint?.size ?? 0)];
  return [toCsv([first, size, ...figures, ...findings]), ...answer.tables.map((table) => toCsvTable(table, words))].join('\n');
}

/** For a spreadsheet, in the language of its reader. */
export function toAnswerSheet(texts: Texts, reply: Reply): string {
  return `${byteOrderMark}${toCsvAnswer(reply, toWords(texts))}`;
}

function toFigureLines({ answer, checkpoint }: Reply): readonly object[] {
  return [
    { as_of: checkpoint?.size ?? 0 },
    ...answer.figures.map(({ name, value, mustBeZero }) => ({ figure: name, value, must_be_zero: mustBeZero })),
    ...answer.findings.map(({ name, holds }) => ({ finding: name, holds })),
  ];
}

export const answerLines = {
  jsonl: (reply: Reply): string => {
    const rows = reply.answer.tables.flatMap((table) => table.rows.map((row) => ({ table: table.name, ...toRowJson(table, row) })));
    return [...toFigureLines(reply), ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
  },
  csv: (reply: Reply): string => toCsvAnswer(reply, technical),
} as const;
