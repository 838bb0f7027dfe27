// Many rows in one statement, in few lengths, so that few texts are ever prepared.

import type { Act } from './engine.ts';
import type { Row, Value } from './row.ts';

const lengths = [64, 8, 1] as const;

/** All of them, in their order. */
export function* inLengths<T>(all: readonly T[]): Generator<readonly T[]> {
  let from = 0;
  for (const length of lengths) {
    for (; all.length - from >= length; from += length) {
      yield all.slice(from, from + length);
    }
  }
}

export type ManyRows = { readonly head: string; readonly row: string; readonly tail: string; readonly isEvidence?: true };

/** What the statements give back, in no order. */
export function* insertMany({ head, row, tail, ...kind }: ManyRows, rows: readonly (readonly Value[])[]): Act<readonly Row[]> {
  const returned: Row[] = [];
  for (const group of inLengths(rows)) {
    returned.push(...(yield { text: `${head}${group.map(() => row).join(', ')}${tail}`, values: group.flat(), ...kind }));
  }
  return returned;
}
