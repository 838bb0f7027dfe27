// The whole database as rows, table by table, from one moment. Values travel as text, numbers, booleans and null, the same from both databases.

import { toCarriedTables, toMovedTables } from './backup-tables.ts';
import type { CarriedTable } from './backup-tables.ts';
import { toColumns, toTableName } from './dialect.ts';
import type { Column } from './dialect.ts';
import type { Engine } from './engine.ts';
import type { Row, Value } from './row.ts';

/** Reads one moment of the database, however long it takes and whatever is written meanwhile. */
export type Snapshot = Pick<Engine, 'dialect' | 'tables' | 'read' | 'close'>;

export type TableRows = {
  readonly name: string;
  readonly columns: readonly string[];
  /** In groups, so that a reader waits once for many. */
  readonly groups: AsyncIterable<readonly (readonly Value[])[]>;
};

const groupSize = 1000;

function toText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  throw new TypeError('a column of text holds something else');
}

/** What a column holds, spelled the same whichever driver read it. */
function toPortable({ kind, isFlag }: Pick<Column, 'kind' | 'isFlag'>, value: unknown): Value {
  if (value === null || value === undefined) {
    return null;
  }
  if (isFlag) {
    return value === true || value === 1;
  }
  return kind === 'whole' ? Number(value) : toText(value);
}

async function* readGroups(snapshot: Snapshot, { table, order }: CarriedTable): AsyncGenerator<readonly (readonly Value[])[]> {
  const columns = toColumns(table);
  const name = toTableName(table);
  const marks = order.map((column, place) => `${column} AS key_${place}`);
  const select = `SELECT ${[...columns.map((column) => column.name), ...marks].join(', ')} FROM ${name}`;
  const after = `WHERE (${order.join(', ')}) > (${order.map(() => '?').join(', ')})`;
  const tail = `ORDER BY ${order.join(', ')} LIMIT ${groupSize}`;
  let rows: readonly Row[] = await snapshot.read({ text: `${select} ${tail}`, values: [] });
  for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
    yield rows.map((row) => columns.map((column) => toPortable(column, row[column.name])));
    const reached = last;
    const values = order.map((_, place) => toCursor(reached[`key_${place}`]));
    rows = rows.length < groupSize ? [] : await snapshot.read({ text: `${select} ${after} ${tail}`, values });
  }
}

function toCursor(value: unknown): Value {
  return typeof value === 'number' ? value : String(value);
}

/** Every table that a backup carries, in the order in which they can be filled again. */
export function readTables(snapshot: Snapshot): readonly TableRows[] {
  return toCarriedTables(snapshot.tables, snapshot.dialect).map((carried) => toTableRows(snapshot, carried));
}

/** Those of a move to another database. */
export function readAllTables(snapshot: Snapshot): readonly TableRows[] {
  return toMovedTables(snapshot.tables, snapshot.dialect).map((carried) => toTableRows(snapshot, carried));
}

function toTableRows(snapshot: Snapshot, carried: CarriedTable): TableRows {
  return {
    name: toTableName(carried.table),
    columns: toColumns(carried.table).map((column) => column.name),
    groups: readGroups(snapshot, carried),
  };
}

export type SnapshotHead = {
  readonly migration: { readonly number: number; readonly name: string };
  readonly size: number;
  readonly pending: number;
  readonly checkpoint: string | null;
};

/** How far schema and log of this moment go. */
export async function readHead(snapshot: Snapshot): Promise<SnapshotHead> {
  const read = async (text: string): Promise<Row | undefined> => (await snapshot.read({ text, values: [] }))[0];
  const migration = await read('SELECT number, name FROM migrations ORDER BY number DESC LIMIT 1');
  const checkpoint = await read('SELECT size, text FROM checkpoints ORDER BY size DESC LIMIT 1');
  const pending = await read('SELECT count(*) AS count FROM entries WHERE log_index IS NULL');
  return {
    migration: { number: Number(migration?.['number']), name: String(migration?.['name']) },
    size: Number(checkpoint?.['size'] ?? 0),
    pending: Number(pending?.['count']),
    checkpoint: checkpoint === undefined ? null : String(checkpoint['text']),
  };
}
