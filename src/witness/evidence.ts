// What a witness keeps of a log that contradicts itself. Two heads of one size under one signature are the proof of a rewritten log, which nobody without the key of
// the log can make. A larger head whose proof does not hold proves nothing by itself, and anybody can send one that the log has published: it is kept apart, and
// never stands in the way of a proof.

import type { Database } from 'better-sqlite3';

export type Contradiction = {
  readonly origin: string;
  readonly at: number;
  readonly status: number;
  /** What was sent, with the signature of the log. */
  readonly request: string;
  /** What was cosigned before. */
  readonly known: string;
};

/** A larger head whose proof does not hold (C2SP tlog-witness, "add-checkpoint"). */
const unproven = 422;
/** Of each log and each kind: the first proofs say everything, and of heads without proof the newest; a log that repeats itself must not fill the disk. */
const kept = 1000;
const hourMs = 3_600_000;

export const evidenceTable =
  'CREATE TABLE contradictions (origin TEXT NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL, request TEXT NOT NULL, known TEXT NOT NULL) STRICT;';

/** The checkpoint in the body of a request, after the first empty line. */
const toCheckpoint = (request: string): string => `substr(${request}, instr(${request}, char(10, 10)) + 2)`;

export type Evidence = {
  /** True for what people have to be told: a contradiction that was not known, and the first head in an hour whose proof does not hold. */
  readonly keep: (contradiction: Contradiction) => boolean;
  /** A head that the log has proven since is no evidence. */
  readonly dropProven: (head: { readonly origin: string; readonly note: string }) => void;
  readonly list: (origin: string) => readonly Contradiction[];
};

export function createEvidence(database: Database): Evidence {
  const keepContradiction = database.prepare<Contradiction & { unproven: number; kept: number }>(
    `INSERT INTO contradictions (origin, at, status, request, known) SELECT :origin, :at, :status, :request, :known
     WHERE NOT EXISTS (SELECT 1 FROM contradictions WHERE origin = :origin AND status = :status
       AND ${toCheckpoint('request')} = ${toCheckpoint(':request')})
     AND (:status = :unproven OR (SELECT count(*) FROM contradictions WHERE origin = :origin AND status = :status) < :kept)`,
  );
  const dropOldest = database.prepare<[string, number, string, number, number]>(
    `DELETE FROM contradictions WHERE origin = ? AND status = ? AND rowid NOT IN
     (SELECT rowid FROM contradictions WHERE origin = ? AND status = ? ORDER BY rowid DESC LIMIT ?)`,
  );
  const dropProven = database.prepare<[string, number, string]>(
    `DELETE FROM contradictions WHERE origin = ? AND status = ? AND instr(?, ${toCheckpoint('request')}) = 1`,
  );
  const findUnproven = database.prepare<[string, number, number], { at: number }>(
    'SELECT at FROM contradictions WHERE origin = ? AND status = ? AND at > ? LIMIT 1',
  );
  const keep = (contradiction: Contradiction): boolean => {
    const { at, origin, status } = contradiction;
    const isTold = status === unproven && findUnproven.get(origin, unproven, at - hourMs) !== undefined;
    const { changes } = keepContradiction.run({ ...contradiction, unproven, kept });
    if (status === unproven && changes > 0) {
      dropOldest.run(origin, unproven, origin, unproven, kept);
    }
    return changes > 0 && !isTold;
  };
  const list = database.prepare<[string], Contradiction>(
    'SELECT origin, at, status, request, known FROM contradictions WHERE origin = ? ORDER BY rowid',
  );
  return {
    keep,
    dropProven: ({ origin, note }) => {
      dropProven.run(origin, unproven, note);
    },
    list: (origin) => list.all(origin),
  };
}
