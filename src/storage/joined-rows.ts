// Rows of several tables read by one statement: where each would be asked for by itself, what the driver does between two statements costs more than the second one.

import type { AnySQLiteTable } from 'drizzle-orm/sqlite-core';
import { toColumns, toRecord, toTableName } from './dialect.ts';
import type { Column, RowOf } from './dialect.ts';
import type { Row } from './row.ts';

export type JoinedTable<T> = {
  /** For the list behind SELECT. Tables have columns of the same name, so each carries a mark. */
  readonly names: string;
  readonly decode: (row: Row) => T;
};

/** All columns. */
export function joinTable<T extends AnySQLiteTable>(table: T, mark: string): JoinedTable<RowOf<T>> {
  const columns = toColumns(table);
  const marked = columns.map((column) => ({ ...column, name: `${mark}_${column.name}` }));
  return { names: toNames(table, mark, columns), decode: (row) => toRecord(table, marked, row) };
}

/** Some of them, because each costs something. `mark`: one for each table of a statement. Made once for each statement. */
export function joinColumns<T extends AnySQLiteTable, K extends keyof RowOf<T> & string>(
  table: T,
  mark: string,
  properties: readonly K[],
): JoinedTable<Pick<RowOf<T>, K>> {
  const wanted: ReadonlySet<string> = new Set(properties);
  const columns = toColumns(table).filter(({ property }) => wanted.has(property));
  const marked = columns.map((column) => ({ ...column, name: `${mark}_${column.name}` }));
  return { names: toNames(table, mark, columns), decode: (row) => toRecord(table, marked, row) };
}

function toNames(table: AnySQLiteTable, mark: string, columns: readonly Column[]): string {
  return columns.map(({ name }) => `${toTableName(table)}.${name} AS ${mark}_${name}`).join(', ');
}
