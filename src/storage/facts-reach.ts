// How rare what a filter asks for is, by a bounded look: how far along the log a thousand of it reach. Whoever walks the rarest reads the least.

import type { Engine } from './engine.ts';
import type { Condition } from './facts-where.ts';

const looked = 999;

export type Walk = { readonly low: number; readonly high: number; readonly order: 'ASC' | 'DESC' };

type Reader = Pick<Engine, 'read'>;

/** Infinite where there are fewer. */
async function findReach(reader: Reader, { text, values }: Condition, { low, high, order }: Walk): Promise<number> {
  const [row] = await reader.read({
    text: `SELECT log_index FROM ${text} AND log_index >= ? AND log_index < ? ORDER BY log_index ${order} LIMIT 1 OFFSET ${looked}`,
    values: [...values, low, high],
  });
  const place = row === undefined ? undefined : Number(row['log_index']);
  if (place === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  return order === 'ASC' ? place - low : high - place;
}

export type Reached = { readonly mark: number; readonly reach: number };

/** The rarest first. */
export async function orderMarks(reader: Reader, marks: readonly number[], walk: Walk): Promise<readonly Reached[]> {
  const reached: Reached[] = [];
  for (const mark of marks) {
    reached.push({ mark, reach: await findReach(reader, { text: 'audit_marks WHERE term = ?', values: [mark] }, walk) });
  }
  return reached.toSorted((a, b) => (a.reach === b.reach ? 0 : b.reach - a.reach));
}

/** Of facts with these values in these columns. */
export async function findColumnReach(
  reader: Reader,
  columns: readonly (readonly [column: string, value: number])[],
  walk: Walk,
): Promise<number> {
  if (columns.length === 0) {
    return 0;
  }
  const text = `audit_facts WHERE ${columns.map(([column]) => `${column} = ?`).join(' AND ')}`;
  return findReach(reader, { text, values: columns.map(([, value]) => value) }, walk);
}
