// How many bytes the ledger takes on disk: readable events, what can be erased, tiles and checkpoints, indexes included.

import Database from 'better-sqlite3';

export type LedgerSize = {
  readonly bytes: number;
  readonly tables: Readonly<Record<string, number>>;
  readonly entries: number;
  readonly checkpoints: number;
};

const tables = ['entries', 'entry_secrets', 'entry_attributes', 'ledger_tiles', 'checkpoints'];

function readNumber(database: Database.Database, text: string): number {
  return Number(database.prepare<[], unknown>(text).pluck().get() ?? 0);
}

export function readLedgerSize(file: string): LedgerSize {
  const database = new Database(file, { readonly: true });
  try {
    const readBytes = (table: string): number =>
      readNumber(
        database,
        `SELECT sum(payload) + sum(ncell) * 4 FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = '${table}')`,
      );
    const sizes = tables.map((table) => [table, readBytes(table)] as const);
    return {
      bytes: sizes.reduce((sum, [, bytes]) => sum + bytes, 0),
      tables: Object.fromEntries(sizes),
      entries: readNumber(database, 'SELECT count(*) FROM entries'),
      checkpoints: readNumber(database, 'SELECT count(*) FROM checkpoints'),
    };
  } finally {
    database.close();
  }
}
