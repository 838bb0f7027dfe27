// The embedded database. One connection, one writer: acts that wait together share one durable commit, each in its own savepoint.
// Must never run at less than synchronous=FULL: a commit that was answered has to survive a power cut (better-sqlite3 is built to reopen at NORMAL).

import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { toTables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement, Step } from './engine.ts';
import type { Row } from './row.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { isBusy, toFileFault, toSqliteFault } from './sqlite-faults.ts';
import { checkpointSettings, createCheckpoints } from './sqlite-checkpoints.ts';
import { toStablePlan } from './sqlite-plan.ts';
import { createTrouble } from './sqlite-trouble.ts';
import type { Trouble } from './sqlite-trouble.ts';

const busyTimeoutMs = 2000;
/** While the last group found the database held by another process: the wait stops the whole process, also for those who need no database (FT-05). */
const heldTimeoutMs = 300;
/** Older ones can corrupt a file in WAL mode when a checkpoint resets the log. */
const oldestVersion = [3, 51, 3] as const;

type Prepared = Database.Statement<unknown[], Row>;

type Connection = {
  readonly database: Database.Database;
  readonly prepare: (text: string) => Prepared;
  readonly trouble: Trouble;
  readonly checkpoint: () => void;
};

/** An act that waits for its turn. Performing it yields how its caller is told once the group is durable. */
type Waiting = { readonly perform: () => { readonly isKept: boolean; readonly tell: () => void }; readonly fail: (error: unknown) => void };

export function openSqlite(path: string): Engine {
  const connection = connect(path);
  const dataVersion = connection.database.prepare<[], number>('PRAGMA data_version').pluck();
  let waiting: Waiting[] = [];
  let commits = 0;
  let isHeld = false;
  const drain = (): void => {
    const group = waiting;
    waiting = [];
    const ran = runGroup(connection, group);
    commits += ran.commits;
    if (ran.isHeld !== isHeld) {
      isHeld = ran.isHeld;
      connection.database.pragma(`busy_timeout = ${isHeld ? heldTimeoutMs : busyTimeoutMs}`);
    }
  };
  const join = (act: Waiting): void => {
    if (waiting.push(act) === 1) {
      setImmediate(drain);
    }
  };
  return {
    dialect: 'sqlite',
    tables: toTables('sqlite'),
    read: async (statement) => runStatement(connection, statement),
    atomic: (begin) => new Promise((resolve, reject) => join(toWaiting(connection, begin, { resolve, reject }))),
    findForeignCommits: () => Number(dataVersion.get()),
    commits: () => commits,
    findFaults: async () => findFaults(connection.database),
    broken: connection.trouble.begun,
    close: async () => {
      // What nobody was told of yet is refused rather than written behind the last round of the sequencer.
      waiting.forEach((act) => act.fail(new Fault('store/unavailable', 'the database was closed')));
      waiting = [];
      if (!connection.trouble.hasBegun()) {
        connection.database.close();
      }
    },
  };
}

const settings = [
  'journal_mode=WAL',
  'synchronous=FULL',
  'foreign_keys=ON',
  'secure_delete=ON',
  'recursive_triggers=ON',
  'trusted_schema=OFF',
  ...checkpointSettings,
];

function connect(path: string): Connection {
  const database = openFile(path);
  try {
    settings.forEach((setting) => database.pragma(setting));
    const [fault] = findFaults(database);
    if (fault !== undefined) {
      throw new Fault('store/unavailable', fault);
    }
  } catch (error) {
    database.close();
    throw toSqliteFault(error, false);
  }
  const statements = new Map<string, Prepared>();
  return {
    database,
    trouble: createTrouble(),
    checkpoint: createCheckpoints(database),
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) {
        return known;
      }
      const prepared = database.prepare<unknown[], Row>(toStablePlan(text));
      statements.set(text, prepared);
      return prepared;
    },
  };
}

function openFile(path: string): Database.Database {
  try {
    // Created here, so that nobody else on the machine can read it; WAL and shared memory take the same rights.
    closeSync(openSync(path, 'a', 0o600));
    return new Database(path, { timeout: busyTimeoutMs });
  } catch (error) {
    throw toFileFault(error);
  }
}

export function findFaults(database: Database.Database): readonly string[] {
  const pragma = (name: string): string => String(database.pragma(name, { simple: true }));
  const version = String(database.prepare<[], Row>('SELECT sqlite_version() AS version').get()?.['version']);
  const checks: readonly (readonly [boolean, string])[] = [
    [pragma('synchronous') === '2', 'SQLite does not run at synchronous=FULL'],
    [pragma('journal_mode') === 'wal', 'SQLite does not run in WAL mode'],
    [pragma('foreign_keys') === '1', 'SQLite does not enforce foreign keys'],
    [isAtLeast(version, oldestVersion), `SQLite ${version} is older than ${oldestVersion.join('.')}`],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}

export function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const differing = oldest.findIndex((part, place) => parts[place] !== part);
  return differing === -1 || (parts[differing] ?? 0) > (oldest[differing] ?? 0);
}

function runStatement(connection: Connection, statement: Statement): readonly Row[] {
  connection.trouble.assertNone();
  try {
    const prepared = connection.prepare(statement.text);
    const values = statement.values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    if (prepared.reader) {
      return prepared.all(...values);
    }
    prepared.run(...values);
    return [];
  } catch (error) {
    connection.trouble.note(error);
    throw toSqliteFault(error, statement.isEvidence === true);
  }
}

function runStep(connection: Connection, step: Exclude<Step, typeof undo>): readonly Row[] {
  if ('text' in step) {
    return runStatement(connection, step);
  }
  try {
    connection.database.exec(step.script);
    return [];
  } catch (error) {
    connection.trouble.note(error);
    throw toSqliteFault(error, false);
  }
}

type Trace = { isUndone: boolean; isEvidence: boolean };

function runAct<T>(connection: Connection, act: Act<T>, trace: Trace): T {
  let turn = act.next([]);
  while (turn.done !== true) {
    const step = turn.value;
    if (step === undo) {
      trace.isUndone = true;
      turn = act.next([]);
    } else {
      trace.isEvidence ||= 'text' in step && step.isEvidence === true;
      turn = act.next(runStep(connection, step));
    }
  }
  return turn.value;
}

function toWaiting<T>(
  connection: Connection,
  begin: () => Act<T>,
  caller: { readonly resolve: (value: T) => void; readonly reject: (error: unknown) => void },
): Waiting {
  const trace = { isUndone: false, isEvidence: false };
  return {
    perform: () => {
      connection.prepare('SAVEPOINT act').run();
      try {
        const value = runAct(connection, begin(), trace);
        leaveSavepoint(connection, !trace.isUndone);
        return { isKept: !trace.isUndone, tell: () => caller.resolve(value) };
      } catch (error) {
        leaveSavepoint(connection, false);
        return { isKept: false, tell: () => caller.reject(error) };
      }
    },
    fail: (error) => caller.reject(toSqliteFault(error, trace.isEvidence)),
  };
}

function leaveSavepoint(connection: Connection, isKept: boolean): void {
  if (!connection.database.inTransaction) {
    // A full disk or an input/output error ends the whole transaction, and with it every act of the group.
    throw new Fault('store/unavailable', 'the transaction was ended by the database');
  }
  if (!isKept) {
    connection.prepare('ROLLBACK TO act').run();
  }
  connection.prepare('RELEASE act').run();
}

/** What was committed stands in any case, and everybody was told. */
function copyLog({ checkpoint, trouble }: Connection): void {
  try {
    checkpoint();
  } catch (error) {
    trouble.note(error);
  }
}

/** `commits`: one or none. `isHeld`: another process had the database for as long as one waits. */
type Ran = { readonly commits: number; readonly isHeld: boolean };

function runGroup(connection: Connection, group: readonly Waiting[]): Ran {
  if (group.length === 0) {
    return { commits: 0, isHeld: false };
  }
  try {
    connection.trouble.assertNone();
    connection.prepare('BEGIN IMMEDIATE').run();
    const performed = group.map((act) => act.perform());
    connection.trouble.assertNone();
    const isKept = performed.some((act) => act.isKept);
    connection.prepare(isKept ? 'COMMIT' : 'ROLLBACK').run();
    performed.forEach((act) => act.tell());
    copyLog(connection);
    return { commits: isKept ? 1 : 0, isHeld: false };
  } catch (error) {
    connection.trouble.note(error);
    group.forEach((act) => act.fail(error));
    if (connection.database.inTransaction) {
      connection.prepare('ROLLBACK').run();
    }
    return { commits: 0, isHeld: isBusy(error) };
  }
}
