// Statements made from the tables of the schema, so that columns are named in one place only.

import type { AnySQLiteTable } from 'drizzle-orm/sqlite-core';
import { toColumns, toRecord, toTableName } from './dialect.ts';
import type { Column, RowOf } from './dialect.ts';
import type { Engine, Statement } from './engine.ts';
import type { Row, Value } from './row.ts';

export type Query<T> = Statement & { readonly decode: (row: Row) => T };

type Plan = {
  readonly columns: readonly Column[];
  readonly select: string;
  readonly insert: string;
  /** Finished texts by their tail, one string each: prepared statements are found by text. */
  readonly selects: Map<string, string>;
  readonly inserts: Map<string, string>;
  /** Of those that look a column up, by the text that does not. A table has one such column at most. */
  readonly findings: Map<string, string>;
};

const plans = new WeakMap<AnySQLiteTable, Plan>();

function getPlan(table: AnySQLiteTable): Plan {
  const known = plans.get(table);
  if (known !== undefined) {
    return known;
  }
  const columns = toColumns(table);
  const name = toTableName(table);
  const plan = {
    columns,
    select: `SELECT ${columns.map((column) => `${name}.${column.name}`).join(', ')} FROM ${name} `,
    insert: `INSERT INTO ${name} (${columns.map((column) => column.name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) `,
    selects: new Map<string, string>(),
    inserts: new Map<string, string>(),
    findings: new Map<string, string>(),
  };
  plans.set(table, plan);
  return plan;
}

function toText(head: string, tail: string, texts: Map<string, string>): string {
  const known = texts.get(tail);
  if (known !== undefined) {
    return known;
  }
  const text = head + tail;
  texts.set(tail, text);
  return text;
}

/** Whole rows of a table; `tail` is what follows FROM: joins, conditions, order. */
export function selectFrom<T extends AnySQLiteTable>(table: T, tail: string, values: readonly Value[]): Query<RowOf<T>> {
  const plan = getPlan(table);
  return { text: toText(plan.select, tail, plan.selects), values, decode: (row) => toRecord(table, plan.columns, row) };
}

/** Some columns of a table, where whole rows would cost many times what is asked of them. */
export function selectColumns<T extends AnySQLiteTable, K extends keyof RowOf<T> & string>(
  table: T,
  properties: readonly K[],
  { tail, values }: { readonly tail: string; readonly values: readonly Value[] },
): Query<Pick<RowOf<T>, K>> {
  const wanted: ReadonlySet<string> = new Set(properties);
  const columns = getPlan(table).columns.filter(({ property }) => wanted.has(property));
  const text = `SELECT ${columns.map(({ name }) => name).join(', ')} FROM ${toTableName(table)} ${tail}`;
  return { text, values, decode: (row) => toRecord(table, columns, row) };
}

/** One whole row; `tail` is what follows VALUES. */
export function insertInto<T extends AnySQLiteTable>(table: T, record: RowOf<T>, tail = ''): Statement {
  const plan = getPlan(table);
  const given: Readonly<Record<string, unknown>> = record;
  return { text: toText(plan.insert, tail, plan.inserts), values: plan.columns.map((column) => column.toDriver(given[column.property])) };
}

/** What one column takes: not a value of the record, but what `query` finds for `value`. */
export type Finding = { readonly property: string; readonly query: string; readonly value: Value };

/** One whole row, of which one column is looked up by the statement itself; `tail` is what follows VALUES. */
export function insertFinding<T extends AnySQLiteTable>(
  table: T,
  record: RowOf<T>,
  { finding, tail }: { readonly finding: Finding; readonly tail: string },
): Statement {
  const plain = insertInto(table, record, tail);
  const { columns, findings } = getPlan(table);
  const place = columns.findIndex(({ property }) => property === finding.property);
  const known = findings.get(plain.text);
  const text = known ?? replaceHole(plain.text, place, `(${finding.query})`);
  findings.set(plain.text, text);
  return { text, values: plain.values.with(place, finding.value) };
}

function replaceHole(text: string, place: number, by: string): string {
  const [head, ...parts] = text.split('?');
  return [head, ...parts.map((part, index) => (index === place ? by : '?') + part)].join('');
}

export async function findAll<T>(engine: Engine, query: Query<T>): Promise<readonly T[]> {
  const rows = await engine.read(query);
  return rows.map(query.decode);
}

export async function findOne<T>(engine: Engine, query: Query<T>): Promise<T | undefined> {
  const [row] = await engine.read(query);
  return row === undefined ? undefined : query.decode(row);
}

/** ` AND column IN (…)`; nothing where there is no list, and nothing that is true where the list is empty. */
export function toListCondition(column: string, list: readonly string[] | null): Statement {
  const marks = (list ?? []).map(() => '?').join(', ');
  return list === null ? { text: '', values: [] } : { text: ` AND ${marks === '' ? '1 = 0' : `${column} IN (${marks})`}`, values: list };
}
