// A disk that did not keep what it took, or does not give it back. From then on nobody can know what is stored, so nothing is asked of it again by this process:
// the next one reads what is there, and a second fsync may succeed and mean nothing.

import Database from 'better-sqlite3';
import { Fault } from '../domain/kernel/errors.ts';

export type Trouble = {
  /** Resolves with what the database said of it, the first time; never where all is well. */
  readonly begun: Promise<string>;
  readonly hasBegun: () => boolean;
  /** Takes any error; only an input or output error is one. A full disk is none: it takes nothing, and says so. */
  readonly note: (error: unknown) => void;
  /** Throws a Fault when it has begun. */
  readonly assertNone: () => void;
};

// These concern memory and locks: nothing was written or read.
const harmless: ReadonlySet<string> = new Set(['SQLITE_IOERR_NOMEM', 'SQLITE_IOERR_BLOCKED', 'SQLITE_IOERR_LOCK']);

/** What the database said of its disk; undefined for every other error. */
function findDiskError(error: unknown): string | undefined {
  if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_IOERR') || harmless.has(error.code)) {
    return undefined;
  }
  return `${error.code} ${error.message}`;
}

export function createTrouble(): Trouble {
  const { promise: begun, resolve } = Promise.withResolvers<string>();
  let hasBegun = false;
  return {
    begun,
    hasBegun: () => hasBegun,
    note: (error) => {
      const said = findDiskError(error);
      if (said !== undefined) {
        hasBegun = true;
        resolve(said);
      }
    },
    assertNone: () => {
      if (hasBegun) {
        throw new Fault('store/unavailable', 'the disk failed; this process asks nothing of it again');
      }
    },
  };
}
