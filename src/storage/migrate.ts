// Applies the numbered SQL files of migrations/, forward only. Must never apply over a gap, a changed file or a database that knows more than this version.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault } from '../domain/kernel/errors.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { holdLock } from './advisory-locks.ts';
import type { Dialect } from './dialect.ts';
import type { Act, Engine } from './engine.ts';
import { insertInto, selectFrom } from './statements.ts';

export type Migration = { readonly number: number; readonly name: string; readonly hash: string; readonly sql: string };

const fileName = /^(\d{4})-[a-z0-9-]+\.sql$/;

const createTable =
  'CREATE TABLE IF NOT EXISTS migrations (number bigint NOT NULL PRIMARY KEY, name text NOT NULL, hash text NOT NULL, applied_at bigint NOT NULL)';

export function readMigrations(
  dialect: Dialect,
  folder = fileURLToPath(new URL('../../migrations/', import.meta.url)),
): readonly Migration[] {
  const names = readdirSync(`${folder}/${dialect}`).toSorted();
  return names.map((name, place) => {
    const number = Number(fileName.exec(name)?.[1]);
    if (number !== place + 1) {
      throw new Fault('store/unavailable', `migration ${name} is misnamed or its number is not ${place + 1}`);
    }
    const sql = readFileSync(`${folder}/${dialect}/${name}`, 'utf8');
    return { number, name, hash: createHash('sha256').update(sql).digest('hex'), sql };
  });
}

/** Names of the files applied by this call. Several processes may call it at once: one applies, the others find nothing left. */
export async function migrate(engine: Engine, clock: Clock, known = readMigrations(engine.dialect)): Promise<readonly string[]> {
  return engine.atomic(function* () {
    if (engine.dialect === 'postgres') {
      // Waiting for another process, and a long migration, are no faults.
      yield { script: 'SET LOCAL statement_timeout = 0', isPatient: true };
      yield* holdLock(engine, 'migrations');
    }
    yield { script: createTable };
    const pending = yield* findUnapplied(engine, known);
    for (const { number, name, hash, sql } of pending) {
      yield { script: sql };
      yield insertInto(engine.tables.migrations, { number, name, hash, appliedAt: clock.now() });
    }
    return pending.map((migration) => migration.name);
  });
}

/** What `migrate` would apply. Changes nothing. */
export async function findPendingMigrations(engine: Engine, known = readMigrations(engine.dialect)): Promise<readonly string[]> {
  const [table] = await engine.read(
    engine.dialect === 'sqlite'
      ? { text: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'", values: [] }
      : { text: "SELECT 1 AS name WHERE to_regclass('migrations') IS NOT NULL", values: [] },
  );
  if (table === undefined) {
    return known.map((migration) => migration.name);
  }
  const query = selectFrom(engine.tables.migrations, 'ORDER BY number', []);
  const rows = await engine.read(query);
  return toUnapplied(rows.map(query.decode), known).map((migration) => migration.name);
}

function* findUnapplied(engine: Engine, known: readonly Migration[]): Act<readonly Migration[]> {
  const query = selectFrom(engine.tables.migrations, 'ORDER BY number', []);
  const rows = yield query;
  return toUnapplied(rows.map(query.decode), known);
}

type Applied = Pick<Migration, 'number' | 'name' | 'hash'>;

function toUnapplied(applied: readonly Applied[], known: readonly Migration[]): readonly Migration[] {
  applied.forEach((migration, place) => {
    const file = known[place];
    if (file === undefined) {
      throw new Fault('store/unavailable', `the database has migration ${migration.name}, which this version does not know`);
    }
    if (file.number !== migration.number) {
      throw new Fault('store/unavailable', `the database lacks migration ${file.name} but has ${migration.name}`);
    }
    if (file.hash !== migration.hash) {
      throw new Fault('store/unavailable', `migration ${file.name} was changed after it was applied`);
    }
  });
  return known.slice(applied.length);
}
