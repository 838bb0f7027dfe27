// Errors of SQLite as faults of ours. Messages of SQLite name tables and columns, never values; nothing else of the error is kept.

import Database from 'better-sqlite3';
import { Fault } from '../domain/kernel/errors.ts';

const conflicts: ReadonlySet<string> = new Set([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_FOREIGNKEY',
]);

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Errors that are not the database's pass unchanged. */
export function toSqliteFault(error: unknown, isEvidence: boolean): unknown {
  if (error instanceof Fault && isEvidence && error.code === 'store/unavailable') {
    return new Fault('ledger/unavailable', error.detail);
  }
  if (!(error instanceof Database.SqliteError)) {
    return error;
  }
  const detail = `${error.code} ${error.message}`;
  if (isEvidence) {
    return new Fault('ledger/unavailable', detail);
  }
  return new Fault(conflicts.has(error.code) ? 'store/conflict' : 'store/unavailable', detail);
}

/** Why a database file cannot be opened, without its path: the setting that names it is known. */
export function toFileFault(error: unknown): Fault {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return new Fault('store/unavailable', `the database file cannot be opened (${typeof code === 'string' ? code : 'unknown'})`);
}
