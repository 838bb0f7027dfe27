// What a witness must never forget: the head that it cosigned last for each log. A file of its own, durable before anybody sees a cosignature, and compared and
// changed in one act, so that neither a crash nor a second process makes it cosign two heads that contradict (C2SP tlog-witness, "add-checkpoint").
// What contradicted is kept as well.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beginHeadFile, findForgotten, keepHeadPlace } from './head-file.ts';
import { createEvidence, evidenceTable } from './evidence.ts';
import type { Contradiction } from './evidence.ts';

export type KeptHead = {
  readonly origin: string;
  readonly size: number;
  /** base64url. */
  readonly root: string;
  /** The checkpoint as the log signed it, with our cosignature. */
  readonly note: string;
  /** Milliseconds. */
  readonly cosignedAt: number;
};

export type WitnessState = {
  /**
   * Runs `decide` with the newest head under a lock that every process shares, and stores what it gives before it returns. True for what people have to be told: a
   * contradiction that was not known, and the first head in an hour whose proof does not hold.
   */
  readonly advance: (origin: string, decide: (known: KeptHead | undefined) => Step) => boolean;
  readonly findHead: (origin: string) => KeptHead | undefined;
  readonly listContradictions: (origin: string) => readonly Contradiction[];
  readonly close: () => void;
};

export type Step = { readonly head?: KeptHead; readonly contradiction?: Contradiction };

const tables = `
CREATE TABLE witness (key_id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE heads (
  origin TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, note TEXT NOT NULL, cosigned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER heads_grow BEFORE UPDATE ON heads WHEN NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN SELECT RAISE(ABORT, 'a head never goes back'); END;
CREATE TRIGGER heads_stay BEFORE DELETE ON heads BEGIN SELECT RAISE(ABORT, 'a head never goes'); END;
${evidenceTable}
`;

const columns = 'origin, size, root, note, cosigned_at AS "cosignedAt"';

function toPath(folder: string): string {
  return join(folder, 'witness.db');
}

const toHeadFile = (folder: string): string => join(folder, 'witness.heads');

function connect(path: string): Database.Database {
  const database = new Database(path, { timeout: 5000 });
  for (const setting of ['journal_mode=WAL', 'synchronous=FULL', 'trusted_schema=OFF', 'recursive_triggers=ON']) {
    database.pragma(setting);
  }
  return database;
}

/** Throws when there is one already. */
export function createState(folder: string, keyId: string): void {
  if (existsSync(toPath(folder))) {
    throw new TypeError(`${toPath(folder)} is there already`);
  }
  beginHeadFile(toHeadFile(folder));
  const database = connect(toPath(folder));
  database.exec(tables);
  database.prepare('INSERT INTO witness (key_id) VALUES (?)').run(keyId);
  database.close();
}

/** Refuses to begin anew under an old key: a witness that forgot what it cosigned could cosign something else. */
export function findStateProblem(folder: string, keyId: string): string | undefined {
  if (!existsSync(toPath(folder))) {
    return 'witness.db is missing: a witness that lost its memory must not go on under the same key; set up a new one in another folder';
  }
  if (!existsSync(toHeadFile(folder))) {
    return 'witness.heads is missing: nothing says any more whether witness.db is an old copy; put it back, or set up a new witness in another folder';
  }
  const database = connect(toPath(folder));
  try {
    const known = database.prepare<[], { key_id: string }>('SELECT key_id FROM witness').get()?.key_id;
    if (known !== keyId) {
      return 'witness.db belongs to another key';
    }
    const findHead = database.prepare<[string], KeptHead>(`SELECT ${columns} FROM heads WHERE origin = ?`);
    const forgotten = findForgotten(toHeadFile(folder), (origin) => findHead.get(origin));
    return (
      forgotten &&
      `witness.db is an old copy: it does not know that ${forgotten.size} entries of ${forgotten.origin} were cosigned, as witness.heads says; put the newest back, or set up a new witness in another folder`
    );
  } finally {
    database.close();
  }
}

export function openState(folder: string): WitnessState {
  const database = connect(toPath(folder));
  const findHead = database.prepare<[string], KeptHead>(`SELECT ${columns} FROM heads WHERE origin = ?`);
  const keepHead = database.prepare<[string, number, string, string, number]>(
    `INSERT INTO heads (origin, size, root, note, cosigned_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note, cosigned_at = excluded.cosigned_at`,
  );
  const evidence = createEvidence(database);
  const advance = database.transaction((origin: string, decide: (known: KeptHead | undefined) => Step): boolean => {
    const { head, contradiction } = decide(findHead.get(origin));
    if (head !== undefined) {
      keepHead.run(head.origin, head.size, head.root, head.note, head.cosignedAt);
      evidence.dropProven(head);
    }
    return contradiction !== undefined && evidence.keep(contradiction);
  });
  // Under the same lock: the file is read and written whole, and holds other logs too.
  const keepPlace = database.transaction((origin: string): void => {
    const kept = findHead.get(origin);
    if (kept !== undefined) {
      keepHeadPlace(toHeadFile(folder), kept);
    }
  });
  return {
    advance: (origin, decide) => {
      const isNews = advance.immediate(origin, decide);
      keepPlace.immediate(origin);
      return isNews;
    },
    findHead: (origin) => findHead.get(origin),
    listContradictions: evidence.list,
    close: () => {
      database.close();
    },
  };
}
