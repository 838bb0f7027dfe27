// Whether anybody else has a SQLite file open. In WAL mode every open connection holds a shared lock, which stands against an exclusive one.

import Database from 'better-sqlite3';

const patienceMs = 500;

/** False also for a file that is no database any more: nobody works with it. Changes nothing. */
export function isHeldByOthers(path: string): boolean {
  const database = new Database(path, { timeout: patienceMs });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    database.exec('ROLLBACK');
    return false;
  } catch (error) {
    return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
  } finally {
    database.close();
  }
}
