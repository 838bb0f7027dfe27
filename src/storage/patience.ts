// How long one request waits for the database in all: many waits that are each short enough are one long one for whoever sits before the page, and hold what others need.
// Must never keep anybody from going on who has begun to write: what a request writes last may be the end of somebody's tokens.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Millis } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Engine } from './engine.ts';

/** What one request has waited; several waits at once count once. */
type Waited = { ended: Millis; waits: number; begun: Millis; hasWritten: boolean; isOver: boolean };

const current = new AsyncLocalStorage<Waited>();

/** What `work` asks of the database counts together, until it ends; what it leaves running behind it counts no more. */
export async function runWithPatience<T>(work: () => Promise<T>): Promise<T> {
  const waited: Waited = { ended: 0, waits: 0, begun: 0, hasWritten: false, isOver: false };
  try {
    return await current.run(waited, work);
  } finally {
    waited.isOver = true;
  }
}

export type Patience = {
  /** That never goes back. */
  readonly steady: Clock;
  readonly mostMs: Millis;
};

async function count<T>(waited: Waited, steady: Clock, work: () => Promise<T>): Promise<T> {
  waited.begun = waited.waits === 0 ? steady.now() : waited.begun;
  waited.waits += 1;
  try {
    return await work();
  } finally {
    waited.waits -= 1;
    waited.ended += waited.waits === 0 ? steady.now() - waited.begun : 0;
  }
}

function assertLeft(waited: Waited, { steady, mostMs }: Patience): void {
  const underWay = waited.waits === 0 ? 0 : steady.now() - waited.begun;
  if (waited.ended + underWay >= mostMs) {
    throw new Fault('store/unavailable', `the database has kept this request waiting for ${mostMs} milliseconds`);
  }
}

/** Asks nothing more for a request that has waited for `mostMs` already. Whatever belongs to no request has all the time it needs. */
export function limitPatience(engine: Engine, patience: Patience): Engine {
  const within = async <T>(ask: () => Promise<T>, kind: 'reading' | 'writing'): Promise<T> => {
    const waited = current.getStore();
    if (waited === undefined || waited.isOver) {
      return ask();
    }
    if (kind === 'reading' || !waited.hasWritten) {
      assertLeft(waited, patience);
    }
    waited.hasWritten ||= kind === 'writing';
    return count(waited, patience.steady, ask);
  };
  return {
    ...engine,
    read: async (statement) => within(async () => engine.read(statement), 'reading'),
    atomic: async (begin) => within(async () => engine.atomic(begin), 'writing'),
  };
}
