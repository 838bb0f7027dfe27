// Fills an empty database with rows that another one gave. The triggers that protect entries stay in force: each is appended without a number,
// as it was the first time, and then given the number it had. One rule is laid aside: what was decided does not wait anew, and whoever approved it then need
// not be an approver today.

import { toCarriedTables } from './backup-tables.ts';
import { toColumns, toTableName } from './dialect.ts';
import type { Column } from './dialect.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Value } from './row.ts';

export type RowGroup = { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly (readonly Value[])[] };

const rowsPerStatement = 50;

const columnName = /^[a-z][a-z_]*$/;

/** Given to an entry only once it is there. */
const numbering: ReadonlySet<string> = new Set(['log_index', 'leaf_hash']);

function getColumns(engine: Engine, name: string): readonly Column[] {
  const carried = toCarriedTables(engine.tables, engine.dialect).find(({ table }) => toTableName(table) === name);
  if (carried === undefined) {
    throw new Fault('store/unavailable', 'the backup holds a table that this version does not know');
  }
  return toColumns(carried.table);
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

function* numberEntries({ columns, rows }: RowGroup): Act<void> {
  const places = ['log_index', 'leaf_hash', 'id'].map((name) => columns.indexOf(name));
  for (const row of rows) {
    const values = places.map((place) => row[place] ?? null);
    if (values[0] !== null) {
      yield { text: 'UPDATE entries SET log_index = ?, leaf_hash = ? WHERE id = ?', values };
    }
  }
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
  const columns = getColumns(engine, group.name);
  if (!group.columns.every((column) => columnName.test(column))) {
    throw new Fault('store/unavailable', 'the backup names a column that cannot be one');
  }
  const stored = toStored(columns, group);
  await engine.atomic(function* () {
    yield* group.name === 'submissions' ? loadDecided(engine, insertRows(stored)) : insertRows(stored);
    if (group.name === 'entries') {
      yield* numberEntries(group);
    }
  });
}
