// Keeps requests from waiting one after another for a server that is known to be away: after some that heard nothing they hear so at once, and one a second asks
// again (the circuit breaker of Nygard, Release It!, chapter 5). Never keeps a server from being asked that has answered since.

import type { Clock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';

export type Breaker = {
  /** Throws Fault `store/unavailable` without beginning `work` while the server is known to be away. */
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>;
};

/** In a row, without an answer between them. */
const mostUnanswered = 3;
const restMs = 1000;

export type BreakerNeeds = {
  /** That runs on whatever happens to the time of day. */
  readonly steady: Clock;
  /** Whether the error says that nobody is there, and not that something asked is wrong; undefined where the server was never asked. */
  readonly isAway: (error: unknown) => boolean | undefined;
};

export function createBreaker({ isAway, steady }: BreakerNeeds): Breaker {
  let unanswered = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  const assertAsking = (): void => {
    if (unanswered < mostUnanswered) {
      return;
    }
    if (steady.now() - askedAt < restMs) {
      throw new Fault('store/unavailable', 'PostgreSQL has not answered and is asked again within a second');
    }
    // This one asks; whoever comes while it waits does not.
    askedAt = steady.now();
  };
  const count = (isGone: boolean | undefined): void => {
    if (isGone === undefined) {
      return;
    }
    unanswered = isGone ? unanswered + 1 : 0;
    askedAt = unanswered === mostUnanswered ? steady.now() : askedAt;
  };
  return {
    guard: async (work) => {
      assertAsking();
      try {
        const result = await work();
        unanswered = 0;
        return result;
      } catch (error) {
        count(isAway(error));
        throw error;
      }
    },
  };
}
