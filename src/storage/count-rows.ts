// What a table holds, in one text that does not depend on the order in which its rows are read: databases sort texts each in its own way.

import { hash } from 'node:crypto';
import type { Value } from './row.ts';

export type RowCount = {
  readonly add: (row: readonly Value[]) => void;
  readonly rows: () => number;
  /** The sum of the SHA-256 of all rows, in four parts of 64 bits. It finds what went wrong on the way and proves nothing to anybody else. */
  readonly sum: () => string;
};

const parts = [0, 8, 16, 24] as const;

export function createRowCount(): RowCount {
  const sums = parts.map(() => 0n);
  let rows = 0;
  return {
    add: (row) => {
      const digest = hash('sha256', JSON.stringify(row), 'buffer');
      parts.forEach((offset, place) => {
        sums[place] = BigInt.asUintN(64, (sums[place] ?? 0n) + digest.readBigUInt64BE(offset));
      });
      rows += 1;
    },
    rows: () => rows,
    sum: () => sums.map((sum) => sum.toString(16).padStart(16, '0')).join(''),
  };
}
