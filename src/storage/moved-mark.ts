// Where a SQLite database says that it was carried over to another one: in the header of its file, which every copy of the file has. No node starts on it.

import type { Engine, Statement } from './engine.ts';

/** "move". */
const mark = 0x6d_6f_76_65;

const pragma = 'user_version';

export const setMark: Statement = { text: `PRAGMA ${pragma} = ${mark}`, values: [] };
export const clearMark: Statement = { text: `PRAGMA ${pragma} = 0`, values: [] };

export async function isMarked(engine: Pick<Engine, 'dialect' | 'read'>): Promise<boolean> {
  if (engine.dialect === 'postgres') {
    return false;
  }
  const [row] = await engine.read({ text: `PRAGMA ${pragma}`, values: [] });
  return row?.[pragma] === mark;
}
