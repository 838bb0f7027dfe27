// A new file for its owner's eyes only, and never over another one.

import { openSync } from 'node:fs';
import { isUnreadable } from './read-file.ts';

export type Claimed = { readonly file: string } & (
  | { readonly ok: true; readonly handle: number }
  | { readonly ok: false; readonly problem: string }
);

/** Claimed before the act, so that what cannot be written leaves no entry. */
export function claimFile(file: string): Claimed {
  try {
    return { ok: true, file, handle: openSync(file, 'wx', 0o600) };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') {
      return { ok: false, file, problem: 'exists already and is never overwritten' };
    }
    if (isUnreadable(thrown)) {
      return { ok: false, file, problem: 'cannot be written: is its folder there, and may you write in it?' };
    }
    throw thrown;
  }
}
