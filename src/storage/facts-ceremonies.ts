// Which ceremonies of passkeys the log has seen. A mark is made anew for each sign-in, so that two entries with the same one are one ceremony, written twice.

import { createHash } from 'node:crypto';
import { findCeremony } from '../domain/audit/to-fact.ts';
import type { ReadFact } from '../domain/audit/to-fact.ts';
import type { Act } from './engine.ts';
import { inLengths } from './many-rows.ts';

/** 48 bits: whatever seems known is compared by its words. */
const toNumber = (mark: string): number => createHash('sha256').update(mark).digest().readUIntBE(0, 6);

const findKnown = `SELECT c.log_index, e.type, e.body FROM audit_ceremonies c JOIN entries e ON e.log_index = c.log_index WHERE c.mark = ?`;

type Ceremony = { readonly index: number; readonly words: string; readonly mark: number };

/** Indexes of those that none had held before. */
function* note(ceremonies: readonly Ceremony[]): Act<ReadonlySet<number>> {
  const first = new Set<number>();
  for (const group of inLengths(ceremonies)) {
    const rows = yield {
      text: `INSERT INTO audit_ceremonies (mark, log_index) VALUES ${group.map(() => '(?, ?)').join(', ')} ON CONFLICT DO NOTHING RETURNING log_index`,
      values: group.flatMap(({ mark, index }) => [mark, index]),
    };
    rows.forEach((row) => first.add(Number(row['log_index'])));
  }
  return first;
}

function toCeremonies(read: readonly ReadFact[]): readonly Ceremony[] {
  return read.flatMap(({ ceremony, fact }): readonly Ceremony[] =>
    ceremony === null ? [] : [{ index: fact.index, words: ceremony, mark: toNumber(ceremony) }],
  );
}

/** Indexes of those that hold the same ceremony as an earlier one, as they were remembered before; writes nothing. */
export function* readRepeated(read: readonly ReadFact[]): Act<ReadonlySet<number>> {
  const repeated = new Set<number>();
  for (const { index, mark, words } of toCeremonies(read)) {
    const [known] = yield { text: findKnown, values: [mark] };
    const isOther = known !== undefined && Number(known['log_index']) !== index;
    if (isOther && findCeremony({ type: String(known['type']), body: String(known['body']) }) === words) {
      repeated.add(index);
    }
  }
  return repeated;
}

/** Indexes of those that hold the same ceremony as an earlier one; remembers what none did. */
export function* noteCeremonies(read: readonly ReadFact[]): Act<ReadonlySet<number>> {
  const ceremonies = toCeremonies(read);
  const first = yield* note(ceremonies);
  const repeated = new Set<number>();
  for (const { index, mark, words } of ceremonies.filter((each) => !first.has(each.index))) {
    const [known] = yield { text: findKnown, values: [mark] };
    if (known !== undefined && findCeremony({ type: String(known['type']), body: String(known['body']) }) === words) {
      repeated.add(index);
    }
  }
  return repeated;
}
