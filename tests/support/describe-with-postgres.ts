// Tests that start servers of PostgreSQL of their own. Where its programs are missing they are not collected, and the run names them at its end.

import { expect, test } from 'vitest';
import { reportNotCollected } from './not-collected.ts';
import { findBinaries } from './postgres-binaries.ts';
import type { Binaries } from './postgres-binaries.ts';

export function describeWithPostgres(what: string, define: (binaries: Binaries) => void): void {
  const [found] = findBinaries();
  if (found !== undefined) {
    define(found);
    return;
  }
  const reason = 'no PostgreSQL server was found';
  reportNotCollected(what, reason);
  test(`${what}: not collected, ${reason}`, () => {
    expect(findBinaries()).toEqual([]);
  });
}
