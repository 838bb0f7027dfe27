// Limits in the database: one row for each vessel that is not empty, and one conditional statement for each count.

import type { Count } from '../domain/limits/limit.ts';
import type { LimitsStore } from '../domain/limits/store.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';

/**
 * Whoever comes second waits for the row, and looks at it as the first has left it. An empty vessel is one whose moment has passed, whether its row is still there or
 * not, or lies where no vessel reaches (`toPossible`).
 */
const countOnce = `INSERT INTO limit_counts (key, expires_at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE
  SET expires_at = CASE WHEN limit_counts.expires_at BETWEEN ? AND ? THEN limit_counts.expires_at ELSE CAST(? AS bigint) END + CAST(? AS bigint)
  WHERE limit_counts.expires_at <= ? OR limit_counts.expires_at > ? RETURNING key`;

const findMoment = 'SELECT expires_at FROM limit_counts WHERE key = ?';

export function createLimitsStore(engine: Engine): LimitsStore {
  return {
    count: async (counts, now) => engine.atomic(() => countAll(counts, now)),
    giveBack: async (counts) =>
      engine.atomic(function* () {
        for (const { key, stepMs } of inOrder(counts)) {
          yield { text: 'UPDATE limit_counts SET expires_at = expires_at - ? WHERE key = ?', values: [stepMs, key] };
        }
      }),
  };
}

/** Of their keys, so that two who count the same never wait for each other. */
function inOrder(counts: readonly Count[]): readonly Count[] {
  return counts.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function* countAll(counts: readonly Count[], now: number): Act<readonly number[]> {
  const waits = new Map<string, number>();
  for (const { key, most, stepMs } of inOrder(counts)) {
    const [full, brim] = [now + (most - 1) * stepMs, now + most * stepMs];
    const counted = yield { text: countOnce, values: [key, now + stepMs, now, brim, now, stepMs, full, brim] };
    const [row] = counted.length > 0 ? [] : yield { text: findMoment, values: [key] };
    waits.set(key, row === undefined ? 0 : Number(row['expires_at']) - full);
  }
  if ([...waits.values()].every((wait) => wait > 0)) {
    yield undo;
  }
  return counts.map(({ key }) => waits.get(key) ?? 0);
}
