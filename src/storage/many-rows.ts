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

const made = new WeakMap<ManyRows, Map<number, string>>();

/** The same string each time, because a statement that is prepared is found by it. */
function toText(many: ManyRows, length: number): string {
  const texts = made.get(many) ?? new Map<number, string>();
  made.set(many, texts);
  const { head, row, tail } = many;
  const text = texts.get(length) ?? `${head}${Array.from({ length }, () => row).join(', ')}${tail}`;
  texts.set(length, text);
  return text;
}

/** What the statements give back, in no order. `many`: one of few, which stay. */
export function* insertMany(many: ManyRows, rows: readonly (readonly Value[])[]): Act<readonly Row[]> {
  const kind = many.isEvidence === true ? { isEvidence: true as const } : {};
  const returned: Row[] = [];
  for (const group of inLengths(rows)) {
    returned.push(...(yield { text: toText(many, group.length), values: group.flat(), ...kind }));
  }
  return returned;
}
