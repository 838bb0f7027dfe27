// An answer as lines of a file, for downloads, programs and the command: technical names, times in UTC, durations in milliseconds.

import { stringify } from 'csv-stringify/sync';
import type { Reply } from '../../../domain/audit/questions/ask-question.ts';
import type { Cell, CellKind, Row, Table } from '../../../domain/audit/questions/question.ts';
import { toSafeCell } from '../exports/list-lines.ts';
import { toTimestamp } from '../../../domain/kernel/clock.ts';

const moments: ReadonlySet<CellKind> = new Set(['time', 'day', 'hour']);

export type CellJson = string | number | null | readonly string[];

export function toCellJson(kind: CellKind, cell: Cell): CellJson {
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

function toCsvTable(table: Table): string {
  return toCsv([['table', ...table.columns.map(({ name }) => name)], ...table.rows.map((row) => [table.name, ...toRowCells(table, row)])]);
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
  csv: (reply: Reply): string => {
    const { answer, checkpoint } = reply;
    const figures = answer.figures.map(({ name, value }) => [name, String(value ?? '')]);
    const findings = answer.findings.map(({ name, holds }) => [name, String(holds)]);
    const head = toCsv([['figure', 'value'], ['as_of', String(checkpoint?.size ?? 0)], ...figures, ...findings]);
    return [head, ...answer.tables.map(toCsvTable)].join('\n');
  },
} as const;
