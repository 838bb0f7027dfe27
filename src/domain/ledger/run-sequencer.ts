// Keeps the promise that an event is in the signed tree within a second: runs the sequencer at least twice a second, and at once when poked.
// A failed round is reported and tried again; it never ends the loop and never reaches a person.

import type { Clock, Millis } from '../kernel/clock.ts';
import { sequenceEvents } from './sequence.ts';
import type { SequenceNeeds } from './sequence.ts';
import type { Sleep } from './sleep.ts';
import { sequenceLimit } from './store.ts';

const longestPause = 500;

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

/** `more-waiting` when there was more than one round takes. */
async function runRound(needs: SequencerNeeds): Promise<'caught-up' | 'more-waiting' | 'failed'> {
  try {
    const { added } = await sequenceEvents(needs);
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

  const poke = (): void => wake.abort();

  const loop = async (): Promise<void> => {
    while (!isStopped) {
      // Renewed before the round, so that a poke during the round leads to another one.
      wake = new AbortController();
      const begunAt = needs.steady.now();
      const result = await runRound(needs);
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
