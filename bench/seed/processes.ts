// The lives in several threads, and their days put together again: the same acts in the same order, however many threads there are.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compareActs } from './acts.ts';
import type { Act } from './acts.ts';
import type { DayDone, Share } from './lives.ts';

export type Together = { readonly day: number; readonly acts: readonly Act[] };

type Thread = { readonly worker: Worker; readonly ready: DayDone[]; cpuMs: number };

function isDayDone(value: unknown): value is DayDone {
  return typeof value === 'object' && value !== null && 'acts' in value && 'day' in value;
}

function startThread(share: Share): Thread {
  const worker = new Worker(new URL('./lives.ts', import.meta.url), { workerData: share });
  const thread: Thread = { worker, ready: [], cpuMs: 0 };
  worker.on('message', (value: unknown) => {
    if (isDayDone(value)) {
      thread.ready.push(value);
    }
  });
  return thread;
}

async function takeDay(thread: Thread): Promise<readonly Act[]> {
  while (thread.ready.length === 0) {
    await once(thread.worker, 'message');
  }
  const done = thread.ready.shift();
  thread.worker.postMessage('more');
  thread.cpuMs = done?.cpuMs ?? thread.cpuMs;
  return done?.acts ?? [];
}

/** People go round the threads, so that each has as many of every kind. */
function toShares(share: Share, count: number): readonly Share[] {
  return Array.from({ length: count }, (_, place) => ({ ...share, born: share.born.filter(({ index }) => index % count === place) }));
}

export type Lives = {
  readonly days: AsyncGenerator<Together>;
  /** Of all threads together, so far. */
  readonly cpuMs: () => number;
};

export function startLives(share: Share, { days, threads }: { readonly days: number; readonly threads: number }): Lives {
  const running = toShares(share, threads).map(startThread);
  async function* live(): AsyncGenerator<Together> {
    try {
      for (let day = 0; day < days; day += 1) {
        const parts = await Promise.all(running.map(takeDay));
        yield { day, acts: parts.flat().toSorted(compareActs) };
      }
    } finally {
      await Promise.all(running.map(async ({ worker }) => worker.terminate()));
    }
  }
  return { days: live(), cpuMs: () => running.reduce((sum, { cpuMs }) => sum + cpuMs, 0) };
}
