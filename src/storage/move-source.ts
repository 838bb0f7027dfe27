// The SQLite database of which everything is carried over. From the first look to the last nobody else writes to it, and it is marked as gone before the other is there.

import { clearMark, setMark } from './moved-mark.ts';
import type { Snapshot } from './read-tables.ts';
import { openSqlite } from './sqlite.ts';

export type MoveSource = {
  readonly snapshot: Snapshot;
  /** From now on no node starts on it. Durable when it returns. */
  readonly leave: () => Promise<void>;
  /** It serves as before. */
  readonly stay: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Throws Fault `store/unavailable` where another process is writing. */
export async function openMoveSource(path: string): Promise<MoveSource> {
  const engine = openSqlite(path);
  const say = async (text: string): Promise<void> => {
    await engine.read({ text, values: [] });
  };
  try {
    await say('BEGIN IMMEDIATE');
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    snapshot: engine,
    leave: async () => {
      await engine.read(setMark);
      await say('COMMIT');
    },
    stay: async () => {
      await engine.read(clearMark);
    },
    close: engine.close,
  };
}

/** Takes the mark away. */
export async function takeBack(path: string): Promise<void> {
  const engine = openSqlite(path);
  try {
    await engine.read(clearMark);
  } finally {
    await engine.close();
  }
}
