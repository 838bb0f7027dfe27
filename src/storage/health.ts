// What readiness and `huwiya doctor` ask of a database: whether it can be written, has what this version needs, is whole, and what time it has. Changes nothing.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Dialect } from './dialect.ts';
import { undo } from './engine.ts';
import type { Engine, Statement } from './engine.ts';
import { readMigrations } from './migrate.ts';
import { insertInto } from './statements.ts';

export type DatabaseHealth = {
  readonly dialect: Dialect;
  /** Writes and takes it back before the commit. Throws a Fault where nothing could be written. */
  readonly probeWrite: () => Promise<void>;
  /** Resolves, with what the database said, when its disk failed: this process must end, and another one find out what is there. */
  readonly broken: Promise<string>;
  /** Whether what this version needs is there; a database that has more, in the middle of an upgrade, has it too. */
  readonly hasMigrations: () => Promise<boolean>;
  /** Version and settings of the database, in one line for an operator. */
  readonly describe: () => Promise<string>;
  /** What stops no start and somebody should know. */
  readonly findCares: () => Promise<readonly Care[]>;
  /** What the database finds wrong with its own pages and references, at most a few; `full` reads every index too. */
  readonly findDamage: (depth: 'quick' | 'full') => Promise<readonly string[]>;
  /** The clock of a database on another machine; undefined where it has no clock of its own. */
  readonly findClock: () => Promise<Millis | undefined>;
  /** When the event was sealed that has waited longest for its number. */
  readonly findOldestPending: () => Promise<Millis | undefined>;
};

/** `standby`: after a change of servers a commit that was answered may be missing. `owner`: whoever takes over this process can switch triggers off. */
export type Care = { readonly kind: 'standby' | 'owner'; readonly problem: string; readonly fix: string };

const oldestPending: Readonly<Record<Dialect, string>> = {
  sqlite: 'SELECT at FROM entries WHERE log_index IS NULL ORDER BY rowid LIMIT 1',
  postgres: 'SELECT at FROM entries WHERE log_index IS NULL ORDER BY appended LIMIT 1',
};

const plain = (text: string): Statement => ({ text, values: [] });

async function describe(engine: Engine): Promise<string> {
  if (engine.dialect === 'sqlite') {
    const [row] = await engine.read(plain('SELECT sqlite_version() AS version'));
    return `SQLite ${String(row?.['version'])}, WAL, synchronous=FULL`;
  }
  const [row] = await engine.read(
    plain(`SELECT current_setting('server_version') AS version, current_setting('synchronous_commit') AS waits,
      current_setting('data_checksums') AS sums`),
  );
  return `PostgreSQL ${String(row?.['version'])}, synchronous_commit=${String(row?.['waits'])}, data_checksums=${String(row?.['sums'])}`;
}

const standby: Care = {
  kind: 'standby',
  problem: 'PostgreSQL runs with synchronous_commit=local: a standby that takes over may lack what was answered',
  fix: 'Set it to on, remote_apply or remote_write, and name the standby in synchronous_standby_names',
};
const owner: Care = {
  kind: 'owner',
  problem: 'the role of HUWIYA_DATABASE owns the table entries, so it can switch off what keeps evidence as it was written',
  fix: 'Let nodes use a role with the grants of docs/guides/operator.md, and the owner migrate alone',
};

async function findCares(engine: Engine): Promise<readonly Care[]> {
  if (engine.dialect === 'sqlite') {
    return [];
  }
  const [row] = await engine.read(
    plain(`SELECT current_setting('synchronous_commit') = 'local' AS is_local,
      (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('entries')) AS owns`),
  );
  return [...(row?.['is_local'] === true ? [standby] : []), ...(row?.['owns'] === true ? [owner] : [])];
}

async function findDamage(engine: Engine, depth: 'quick' | 'full'): Promise<readonly string[]> {
  if (engine.dialect === 'postgres') {
    // Its own tools read its pages: with data_checksums every read does.
    return [];
  }
  const pages = await engine.read(plain(depth === 'full' ? 'PRAGMA integrity_check(10)' : 'PRAGMA quick_check(10)'));
  const references = await engine.read(plain('SELECT "table" AS name FROM pragma_foreign_key_check LIMIT 10'));
  return [
    ...pages
      .flatMap((row) => Object.values(row).map(String))
      .filter((text) => text !== 'ok')
      .map((text) => text.replaceAll('\n', '; ')),
    ...references.map((row) => `a row of ${String(row['name'])} refers to nothing`),
  ];
}

async function findMillis(engine: Engine, statement: Statement): Promise<Millis | undefined> {
  const [row] = await engine.read(statement);
  return row === undefined ? undefined : Number(Object.values(row)[0]);
}

const postgresClock = plain('SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS now');

export function createHealth(engine: Engine): DatabaseHealth {
  const newest = readMigrations(engine.dialect).length;
  return {
    dialect: engine.dialect,
    broken: engine.broken,
    probeWrite: async () =>
      engine.atomic(function* () {
        yield insertInto(engine.tables.replays, { key: 'probe', expiresAt: 0 });
        yield undo;
      }),
    hasMigrations: async () =>
      (await engine.read({ text: 'SELECT number FROM migrations WHERE number = ?', values: [newest] })).length === 1,
    describe: async () => describe(engine),
    findCares: async () => findCares(engine),
    findDamage: async (depth) => findDamage(engine, depth),
    findClock: async () => (engine.dialect === 'sqlite' ? undefined : findMillis(engine, postgresClock)),
    findOldestPending: async () => findMillis(engine, plain(oldestPending[engine.dialect])),
  };
}

/** How far a clock is from that of the database, against the middle of the question: the answer may take its time. 0 where the database has no clock of its own. */
export async function findSkew({ findClock }: Pick<DatabaseHealth, 'findClock'>, clock: Clock): Promise<Millis> {
  const asked = clock.now();
  const theirs = await findClock();
  return theirs === undefined ? 0 : Math.abs(theirs - (asked + clock.now()) / 2);
}
