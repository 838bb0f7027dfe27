// Copies the write-ahead log of SQLite into its file. The hook of the library does the same after a commit and forgets what the disk says of it: the kernel then takes
// the pages for written, a later try succeeds and means nothing, and a power cut loses what was acknowledged. Here a disk that fails is heard.

import type Database from 'better-sqlite3';

/** Pages of the log before they are copied into the file: 16 MB. A page that many commits change is copied once, and fewer commits wait for it. */
const checkpointPages = 4000;
const pageBytes = 4096;

export const checkpointSettings = [
  // What a long reader made of the write-ahead log does not stay on the disk (RX-11).
  `journal_size_limit=${checkpointPages * pageBytes}`,
  'wal_autocheckpoint=0',
] as const;

type Counts = { readonly log: number; readonly checkpointed: number };

/** To be called after each commit. Throws what the database says of the disk; the commit itself is durable all the same. */
export function createCheckpoints(database: Database.Database): () => void {
  // Looks and copies nothing (SQLite 3.51).
  const look = database.prepare<[], Counts>('PRAGMA wal_checkpoint(NOOP)');
  const copy = database.prepare<[], Counts>('PRAGMA wal_checkpoint(PASSIVE)');
  return () => {
    const counts = look.get();
    if (counts !== undefined && counts.log >= checkpointPages && counts.checkpointed < counts.log) {
      copy.get();
    }
  };
}
