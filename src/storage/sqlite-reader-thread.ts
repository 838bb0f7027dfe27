// The thread of `sqlite-reader.ts`: reads, one statement after another, and can do nothing else.

import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { toStablePlan } from './sqlite-plan.ts';
import type { Row } from './row.ts';

export type ReaderRequest = { readonly id: number; readonly text: string; readonly values: readonly (string | number | null)[] };

export type ReaderAnswer =
  | { readonly id: number; readonly rows: readonly Row[] }
  | { readonly id: number; readonly rows?: undefined; readonly failure: string };

/** A tenth of the time of whoever shares the core with it. */
const nicer = 10;
const mostNice = 19;
const busyTimeoutMs = 2000;
/** Texts are few, see `Statement`; beyond this somebody was wrong about that, and memory stays bounded. */
const mostPrepared = 500;

function getPath(): string {
  const given: unknown = workerData;
  if (typeof given !== 'object' || given === null || !('path' in given) || typeof given.path !== 'string') {
    throw new TypeError('the thread was given no database');
  }
  return given.path;
}

// On Linux each thread has a priority of its own (setpriority(2)), elsewhere the whole process has one: people who sign in go first where they share a core.
if (process.platform === 'linux') {
  setPriority(Math.min(mostNice, getPriority() + nicer));
}

const database = new Database(getPath(), { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
database.pragma('query_only = ON');
database.pragma('trusted_schema = OFF');
const prepared = new Map<string, Database.Statement<unknown[], Row>>();

function prepare(text: string): Database.Statement<unknown[], Row> {
  const known = prepared.get(text);
  if (known !== undefined) {
    return known;
  }
  if (prepared.size >= mostPrepared) {
    prepared.clear();
  }
  const statement = database.prepare<unknown[], Row>(toStablePlan(text));
  prepared.set(text, statement);
  return statement;
}

function answer({ id, text, values }: ReaderRequest): ReaderAnswer {
  try {
    return { id, rows: prepare(text).all(...values) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : 'not read' };
  }
}

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)));
