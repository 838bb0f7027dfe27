// Keeps the promise that an event is in the signed tree within a second: runs the sequencer at least twice a second, and at once when poked, or sees that another node does.
// A failed round is reported and tried again; it never ends the loop and never reaches a person.

import type { Clock, Millis } from '../kernel/clock.ts';
import { sequenceNow } from './sequence.ts';
import type { SequenceNeeds } from './sequence.ts';
import type { Sleep } from './sleep.ts';
import { sequenceLimit } from './store.ts';

const longestPause = 500;

/** Rounds in a row that are left to a node that is seen to number: a look costs a fraction of a round, and whoever does not number any more is seen in the next. */
const mostLeft = 4;

export type SequencerNeeds = SequenceNeeds & {
  readonly sleep: Sleep;
  /** Tells how long ago something was, so it MUST never go back. */
  readonly steady: Clock;
  /** Pause between rounds in milliseconds; never more than 500. */
  readonly pause: number;
  /** Takes the fault of a round. */
  readonly report: (fault: unknown) => void;
};

export type Sequencer = {
  /** Asks for a round now; rounds asked for meanwhile are one. */
  readonly poke: () => void;
  /** Everything that was committed before this moment of the steady clock has its number. Before the first round it is the start. */
  readonly caughtUpAt: () => Millis;
  /** Resolves when the round under way has ended. */
  readonly stop: () => Promise<void>;
};

/** `more-waiting` when there was more than one round takes; `left` to another node, which has just numbered and will again. */
async function runRound(needs: SequencerNeeds, mayLeave: boolean): Promise<'caught-up' | 'more-waiting' | 'failed' | 'left'> {
  try {
    const isLed = await needs.memory?.follow(needs.store);
    if (isLed === true && mayLeave) {
      return 'left';
    }
    const { added } = await sequenceNow(needs);
    return added >= sequenceLimit ? 'more-waiting' : 'caught-up';
  } catch (fault) {
    needs.report(fault);
    return 'failed';
  }
}

export function runSequencer(needs: SequencerNeeds): Sequencer {
  const pause = Math.min(needs.pause, longestPause);
  let isStopped = false;
  let wake = new AbortController();
  let caughtUpAt = needs.steady.now();
  let left = 0;

  const poke = (): void => wake.abort();

  const loop = async (): Promise<void> => {
    while (!isStopped) {
      // Renewed before the round, so that a poke during the round leads to another one.
      wake = new AbortController();
      const begunAt = needs.steady.now();
      const result = await runRound(needs, left < mostLeft);
      left = result === 'left' ? left + 1 : 0;
      caughtUpAt = result === 'caught-up' ? begunAt : caughtUpAt;
      if (result !== 'more-waiting' && !isStopped) {
        await needs.sleep(pause, wake.signal);
      }
    }
  };

  const ended = loop();
  const stop = async (): Promise<void> => {
    isStopped = true;
    poke();
    await ended;
  };
  return { poke, caughtUpAt: () => caughtUpAt, stop };
}
