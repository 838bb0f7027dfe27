// Keeps the newest checkpoint witnessed: a round every fifteen seconds, whatever the one before led to. A witness that does not answer holds up nobody;
// one that contradicts is an alarm.

import type { Clock, Millis } from '../kernel/clock.ts';
import type { Sleep } from '../ledger/sleep.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { submitCheckpoint } from './submit-checkpoint.ts';
import type { PostToWitness, WitnessReport } from './submit-checkpoint.ts';
import { findUnwitnessedSpan } from './unwitnessed-span.ts';
import type { UnwitnessedSpan } from './unwitnessed-span.ts';
import type { WitnessedCheckpoint, Witnessing } from './witnessing.ts';
import type { WitnessesStore } from './store.ts';

export type RoundNeeds = {
  readonly witnessing: Witnessing;
  readonly witnesses: WitnessesStore;
  readonly ledger: LedgerStore;
  readonly post: PostToWitness;
  readonly clock: Clock;
  /** Keeps the newest witnessed checkpoint where a restore of the database does not move it back. */
  readonly keepHead: (witnessed: WitnessedCheckpoint) => void;
  readonly tell: (reports: readonly WitnessReport[], span: UnwitnessedSpan) => void;
};

export type WitnessingLoop = {
  /** Of the last round of this node; empty before it. */
  readonly reports: () => readonly WitnessReport[];
  readonly stop: () => Promise<void>;
};

export async function runRound(needs: RoundNeeds): Promise<readonly WitnessReport[]> {
  const { witnessing, clock } = needs;
  const reports = await submitCheckpoint({ ...needs, policy: witnessing.policy });
  const span = await findUnwitnessedSpan(needs, clock.now());
  if (span.witnessed !== undefined) {
    needs.keepHead(span.witnessed);
  }
  needs.tell(reports, span);
  return reports;
}

export type LoopNeeds = RoundNeeds & { readonly sleep: Sleep; readonly pause: Millis; readonly report: (fault: unknown) => void };

export function runWitnessing(needs: LoopNeeds): WitnessingLoop {
  const stopping = new AbortController();
  let reports: readonly WitnessReport[] = [];
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        reports = await runRound(needs);
      } catch (fault) {
        needs.report(fault);
      }
      await needs.sleep(needs.pause, stopping.signal);
    }
  };
  const ended = loop();
  return {
    reports: () => reports,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
