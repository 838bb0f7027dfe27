// Work that comes at a fixed rate, whether or not what came before has ended, as people come.

import { setTimeout as sleep } from 'node:timers/promises';

export type Rate = { readonly perSecond: number; readonly seconds: number };

/** Milliseconds of each, from when it was due, so that a server that stands still is not measured by fewer of them. */
export async function workAtRate(work: (turn: number) => Promise<unknown>, { perSecond, seconds }: Rate): Promise<readonly number[]> {
  const begun = performance.now();
  const under: Promise<number>[] = [];
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    const due = begun + (turn * 1000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    under.push(work(turn).then(() => performance.now() - due));
  }
  return Promise.all(under);
}

/** A connection that the server has just closed for being idle says nothing of how long anything takes. */
export const again = async <T>(work: () => Promise<T>): Promise<T> => work().catch(() => work());

/** The value that so large a share of all does not exceed. */
export function toRank(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}
