// A new file for its owner's eyes only, and never over another one.

import { openSync } from 'node:fs';

/** The open file, or `undefined` when there is one of this name. Claimed before the act, so that what cannot be written leaves no entry. */
export function claimFile(file: string): number | undefined {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') {
      return undefined;
    }
    throw thrown;
  }
}
