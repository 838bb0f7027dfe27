// Fills an empty database with rows that another one gave. The triggers that protect entries stay in force: each is appended without a number,
// as it was the first time, and then given the number it had. One rule is laid aside: what was decided does not wait anew, and whoever approved it then need
// not be an approver today.

import { toCarriedTables, toMovedTables } from './backup-tables.ts';
import type { CarriedTable } from './backup-tables.ts';
import { toColumns, toTableName } from './dialect.ts';
import type { Column } from './dialect.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { insertMany } from './many-rows.ts';
import type { ManyRows } from './many-rows.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Value } from './row.ts';

export type RowGroup = { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly (readonly Value[])[] };

const rowsPerStatement = 50;

const columnName = /^[a-z][a-z_]*$/;

/** Given to an entry only once it is there. */
const numbering: ReadonlySet<string> = new Set(['log_index', 'leaf_hash']);

function getTable(tables: readonly CarriedTable[], name: string): CarriedTable {
  const carried = tables.find(({ table }) => toTableName(table) === name);
  if (carried === undefined) {
    throw new Fault('store/unavailable', 'the backup holds a table that this version does not know');
  }
  return carried;
}

function toInsert({ name, columns }: RowGroup, rows: readonly (readonly Value[])[]): Statement {
  const places = `(${columns.map(() => '?').join(', ')})`;
  return { text: `INSERT INTO ${name} (${columns.join(', ')}) VALUES ${rows.map(() => places).join(', ')}`, values: rows.flat() };
}

/** Many rows in a statement; what is left over one by one, so that texts stay few. */
function* insertRows(group: RowGroup): Act<void> {
  const whole = group.rows.length - (group.rows.length % rowsPerStatement);
  for (let from = 0; from < whole; from += rowsPerStatement) {
    yield toInsert(group, group.rows.slice(from, from + rowsPerStatement));
  }
  for (const row of group.rows.slice(whole)) {
    yield toInsert(group, [row]);
  }
}

const numberedRows: ManyRows = {
  head: 'UPDATE entries SET log_index = given.column2, leaf_hash = given.column3 FROM (VALUES ',
  row: '(?, CAST(? AS bigint), ?)',
  tail: ') AS given WHERE entries.id = given.column1',
};

function* numberEntries({ columns, rows }: RowGroup): Act<void> {
  const places = ['id', 'log_index', 'leaf_hash'].map((name) => columns.indexOf(name));
  const numbered = rows.map((row) => places.map((place) => row[place] ?? null)).filter(([, index]) => index !== null);
  yield* insertMany(numberedRows, numbered);
}

/** As this database wants to be given it. */
function toStored(columns: readonly Column[], group: RowGroup): RowGroup {
  const isNumbering = group.columns.map((column) => group.name === 'entries' && numbering.has(column));
  const flags = group.columns.map((name) => columns.some((column) => column.name === name && column.isFlag));
  const toValue = (value: Value, place: number): Value => {
    if (isNumbering[place] === true) {
      return null;
    }
    return flags[place] === true && value !== null ? Boolean(value) : value;
  };
  return { ...group, rows: group.rows.map((row) => row.map(toValue)) };
}

const beginning = 'submissions_begin';

/** Without the rule that everything begins by waiting, which stands again in the same act. */
function* loadDecided({ dialect }: Engine, insert: Act<void>): Act<void> {
  if (dialect === 'postgres') {
    yield { script: `ALTER TABLE submissions DISABLE TRIGGER ${beginning}` };
    yield* insert;
    yield { script: `ALTER TABLE submissions ENABLE TRIGGER ${beginning}` };
    return;
  }
  const [rule] = yield { text: "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", values: [beginning] };
  yield { script: `DROP TRIGGER ${beginning}` };
  yield* insert;
  yield { script: String(rule?.['sql']) };
}

/** All rows of the group, or none. Tables MUST come in the order in which they were given. */
export async function loadRows(engine: Engine, group: RowGroup): Promise<void> {
  await load(engine, group, getTable(toCarriedTables(engine.tables, engine.dialect), group.name));
}

/** The same for a move to PostgreSQL. What passes is as far as it had come, and need not begin at its beginning: whoever moves compares every row afterwards. */
export async function loadMovedRows(engine: Engine, group: RowGroup): Promise<void> {
  const table = getTable(toMovedTables(engine.tables, engine.dialect), group.name);
  await load(engine, group, table);
}

async function load(engine: Engine, group: RowGroup, { table, isPassing }: CarriedTable): Promise<void> {
  if (!group.columns.every((column) => columnName.test(column))) {
    throw new Fault('store/unavailable', 'the backup names a column that cannot be one');
  }
  const stored = toStored(toColumns(table), group);
  await engine.atomic(function* () {
    yield* insertStored(engine, stored, isPassing);
    if (group.name === 'entries') {
      yield* numberEntries(group);
    }
  });
}

function* insertStored(engine: Engine, stored: RowGroup, isPassing: boolean): Act<void> {
  if (isPassing) {
    yield { script: `ALTER TABLE ${stored.name} DISABLE TRIGGER USER` };
    yield* insertRows(stored);
    yield { script: `ALTER TABLE ${stored.name} ENABLE TRIGGER USER` };
  } else {
    yield* stored.name === 'submissions' ? loadDecided(engine, insertRows(stored)) : insertRows(stored);
  }
}
