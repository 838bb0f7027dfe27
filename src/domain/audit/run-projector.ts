// Keeps facts close behind the log: small acts with pauses between them, because people who sign in come first.

import type { Sleep } from '../ledger/sleep.ts';
import type { FactStore } from './facts.ts';

export type ProjectorNeeds = {
  readonly facts: Pick<FactStore, 'projectFacts'>;
  readonly sleep: Sleep;
  /** Milliseconds between rounds once caught up. */
  readonly pause: number;
  /** Takes the fault of a round; the next one goes on. */
  readonly report: (fault: unknown) => void;
};

/** Entries of a round: on SQLite everybody waits for an act, and one of so many takes a few milliseconds. */
const roundSize = 50;

export type Projector = { readonly stop: () => Promise<void> };

async function runRound({ facts, report }: ProjectorNeeds): Promise<number> {
  try {
    return (await facts.projectFacts(roundSize)).added;
  } catch (fault) {
    report(fault);
    return 0;
  }
}

export function runProjector(needs: ProjectorNeeds): Projector {
  const stopped = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const added = await runRound(needs);
      await needs.sleep(added < roundSize ? needs.pause : 1, stopped.signal);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
}
