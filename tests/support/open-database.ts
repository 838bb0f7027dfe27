// The database of a world through a connection of our own: to look at what is stored, and to make trouble that the product did not make itself.

import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

export type OpenDatabase = {
  readonly rows: (query: string, ...values: readonly (string | number)[]) => readonly Row[];
  readonly run: (script: string) => void;
  /** How many rows every table holds. */
  readonly count: (tables: readonly string[]) => Readonly<Record<string, number>>;
  readonly close: () => void;
};

function getPath(world: World): string {
  if (world.config.database.kind !== 'sqlite') {
    throw new TypeError('this world is not on SQLite');
  }
  return world.config.database.path;
}

export function openWorldDatabase(world: World): OpenDatabase {
  return openDatabaseFile(getPath(world));
}

export function openDatabaseFile(path: string): OpenDatabase {
  const database = new Database(path, { timeout: 5000 });
  const prepared = new Map<string, Database.Statement<unknown[], Row>>();
  const prepare = (query: string): Database.Statement<unknown[], Row> => {
    const known = prepared.get(query) ?? database.prepare<unknown[], Row>(query);
    prepared.set(query, known);
    return known;
  };
  const rows: OpenDatabase['rows'] = (query, ...values) => prepare(query).all(...values);
  return {
    rows,
    run: (script) => {
      database.exec(script);
    },
    count: (tables) => Object.fromEntries(tables.map((table) => [table, Number(rows(`SELECT count(*) AS n FROM ${table}`)[0]?.['n'])])),
    close: () => {
      database.close();
    },
  };
}

/** Every byte of the database: the file, its write-ahead log, its shared memory. */
export function readDatabaseFiles(world: World): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const path = getPath(world);
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(basename(path)))
    .map((name) => ({ name, bytes: readFileSync(join(dirname(path), name)) }));
}

/** Runs `work` while every insert into `table` fails, and takes the fault away afterwards. */
export async function whileInsertFails<T>(database: OpenDatabase, table: string, work: () => Promise<T>): Promise<T> {
  database.run(`CREATE TRIGGER planted_fault BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'planted fault'); END`);
  try {
    return await work();
  } finally {
    database.run('DROP TRIGGER planted_fault');
  }
}

/** Runs `work` while nothing can be taken out of `tables`, whoever tries and whenever. */
export async function whileDeleteFails<T>(database: OpenDatabase, tables: readonly string[], work: () => Promise<T>): Promise<T> {
  for (const table of tables) {
    database.run(`CREATE TRIGGER planted_hold_${table} BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'planted fault'); END`);
  }
  try {
    return await work();
  } finally {
    for (const table of tables) {
      database.run(`DROP TRIGGER planted_hold_${table}`);
    }
  }
}

/** Runs `work` while every row that enters `table` takes tens of milliseconds, as on a slow disk, so that what others read meanwhile is old. */
export async function whileInsertIsSlow<T>(database: OpenDatabase, table: string, work: () => Promise<T>): Promise<T> {
  const counting = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT i FROM n';
  database.run(`CREATE TRIGGER planted_delay AFTER INSERT ON ${table} BEGIN SELECT count(*) FROM (${counting}); END`);
  try {
    return await work();
  } finally {
    database.run('DROP TRIGGER planted_delay');
  }
}

/** Runs `work` while `table` cannot be read nor written. */
export async function whileAway<T>(database: OpenDatabase, table: string, work: () => Promise<T>): Promise<T> {
  database.run(`ALTER TABLE ${table} RENAME TO planted_absence`);
  try {
    return await work();
  } finally {
    database.run(`ALTER TABLE planted_absence RENAME TO ${table}`);
  }
}
