// The database of several nodes. Each act has a connection and a transaction of its own; what must not change meanwhile is locked by its statements.
// Must never try an act again after its commit was sent: only the database's own word that nothing happened allows that.

import { createHash, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toTables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement, Step } from './engine.ts';
import { isLost, isRetryable, toPostgresFault } from './postgres-faults.ts';
import type { Row } from './row.ts';

/** One connection, held by one caller at a time. Errors are the driver's. */
export type PostgresSession = {
  /** A named statement is prepared once and kept. */
  readonly run: (statement: {
    readonly name?: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }) => Promise<readonly Row[]>;
  /** Several statements without values. */
  readonly runScript: (script: string) => Promise<void>;
  /** Until it is given back, no statement is given up for the time it takes. */
  readonly takeTime: () => void;
};

export type PostgresSessions = {
  /** The session MUST be free of any transaction when it is handed out. Throws a Fault when there is none to be had; else what `work` throws. */
  readonly use: <T>(work: (session: PostgresSession) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** The first, and three more. */
const mostTries = 4;
const oldestVersion = 150_000;

export function createPostgresEngine(sessions: PostgresSessions): Engine {
  const prepare = createPreparer();
  let commits = 0;
  return {
    dialect: 'postgres',
    tables: toTables('postgres'),
    read: async (statement) => sessions.use(async (session) => runStatement({ session, prepare }, statement)),
    atomic: async (begin) => {
      const { value, isKept } = await tryAct(sessions, prepare, begin);
      commits += isKept ? 1 : 0;
      return value;
    },
    findForeignCommits: () => undefined,
    commits: () => commits,
    findFaults: async () => sessions.use(findFaults),
    broken: new Promise(() => undefined),
    close: async () => sessions.close(),
  };
}

type Preparer = (statement: Statement) => { readonly name: string; readonly text: string; readonly values: readonly unknown[] };
type Connection = { readonly session: PostgresSession; readonly prepare: Preparer };

/** `?` becomes `$1`, `$2`, …; the name is the digest of the text, the same on every node. */
function createPreparer(): Preparer {
  const known = new Map<string, { readonly name: string; readonly text: string }>();
  return ({ text: written, values }) => {
    const prepared = known.get(written) ?? toPrepared(written);
    known.set(written, prepared);
    return { ...prepared, values };
  };
}

function toPrepared(written: string): { readonly name: string; readonly text: string } {
  let count = 0;
  const text = written.replaceAll('?', () => `$${(count += 1)}`);
  return { name: createHash('sha256').update(text).digest('base64url').slice(0, 24), text };
}

async function runStatement(connection: Connection, statement: Statement): Promise<readonly Row[]> {
  try {
    return await connection.session.run(connection.prepare(statement));
  } catch (error) {
    throw toPostgresFault(error, statement.isEvidence === true);
  }
}

async function runControl(connection: Connection, text: string, isEvidence: boolean): Promise<void> {
  try {
    await connection.session.runScript(text);
  } catch (error) {
    throw toPostgresFault(error, isEvidence);
  }
}

type Trace = { isUndone: boolean; isEvidence: boolean };

async function runStep(connection: Connection, step: Step, trace: Trace): Promise<readonly Row[]> {
  if (step === undo) {
    trace.isUndone = true;
    return [];
  }
  if ('script' in step) {
    if (step.isPatient === true) {
      connection.session.takeTime();
    }
    await runControl(connection, step.script, false);
    return [];
  }
  trace.isEvidence ||= step.isEvidence === true;
  return runStatement(connection, step);
}

async function runAct<T>(connection: Connection, act: Act<T>, trace: Trace): Promise<T> {
  let turn = act.next([]);
  while (turn.done !== true) {
    turn = act.next(await runStep(connection, turn.value, trace));
  }
  return turn.value;
}

type Ran<T> = { readonly value: T; readonly isKept: boolean };

async function runTransaction<T>(connection: Connection, begin: () => Act<T>): Promise<Ran<T>> {
  const trace = { isUndone: false, isEvidence: false };
  await runControl(connection, 'BEGIN', false);
  try {
    const value = await runAct(connection, begin(), trace);
    await runControl(connection, trace.isUndone ? 'ROLLBACK' : 'COMMIT', trace.isEvidence);
    return { value, isKept: !trace.isUndone };
  } catch (error) {
    // Behind a question without an answer this would wait as long again; the connection is closed, and its transaction with it.
    if (!isLost(error)) {
      await runControl(connection, 'ROLLBACK', trace.isEvidence);
    }
    throw error;
  }
}

async function tryAct<T>(sessions: PostgresSessions, prepare: Preparer, begin: () => Act<T>): Promise<Ran<T>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await sessions.use(async (session) => runTransaction({ session, prepare }, begin));
    } catch (error) {
      if (tries === mostTries || !isRetryable(error)) {
        throw error;
      }
    }
    await sleep(randomInt(5, 20 * tries));
  }
}

async function findFaults(session: PostgresSession): Promise<readonly string[]> {
  const show = async (name: string): Promise<string> => {
    const [row] = await session.run({ text: 'SELECT current_setting($1) AS value', values: [name] });
    return String(row?.['value']);
  };
  const checks: readonly (readonly [boolean, string])[] = [
    [(await show('synchronous_commit')) !== 'off', 'PostgreSQL runs with synchronous_commit=off'],
    [(await show('fsync')) === 'on', 'PostgreSQL runs with fsync=off'],
    [Number(await show('server_version_num')) >= oldestVersion, 'PostgreSQL is older than version 15'],
    [(await show('server_encoding')) === 'UTF8', 'the database is not encoded in UTF8'],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}
