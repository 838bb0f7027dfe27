// Keeps traces beside the requests and never in their way: they wait in memory, go to the store together, and are dropped where too many come. Whoever sends
// requests in the name of a service without being it uses up a share of their own, little by little, and takes no room from the service itself; no service takes
// any from another.

import type { Clock } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import type { Sleep } from '../ledger/sleep.ts';
import type { PassedOver, TraceShare, TracesStore } from './store.ts';
import { createTraceAllowances } from './trace-allowances.ts';
import type { TraceAllowances } from './trace-allowances.ts';
import { traceLifeMs } from './trace.ts';
import type { Trace } from './trace.ts';
import { createWaitingTraces } from './waiting-traces.ts';
import type { WaitingTraces } from './waiting-traces.ts';

export type TraceNeeds = {
  readonly traces: Pick<TracesStore, 'saveTraces'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
  /** Between two rounds of writing, in milliseconds. */
  readonly pause: number;
  readonly report: (fault: unknown) => void;
};

export type TraceDraft = Omit<Trace, 'id' | 'at' | 'expiresAt'>;

export type TraceRecorder = {
  /** Whether there is room for a refused request of this share at this moment; it is used up by asking. What is passed over is counted. */
  readonly admits: (clientId: string, share: Extract<TraceShare, 'proven' | 'unproven'>) => boolean;
  /** The share that a step of a sign-in is kept in, or undefined where it is not. */
  readonly admitStep: TraceAllowances['takeStep'];
  /** MUST have been admitted. */
  readonly keep: (draft: TraceDraft, share: TraceShare) => void;
  readonly start: () => void;
  /** Writes what waits. */
  readonly stop: () => Promise<void>;
};

const mostAtOnce = 200;

type Waiting = { readonly traces: WaitingTraces; readonly passedOver: Map<string, PassedOver> };

function countPassedOver({ passedOver }: Waiting, over: Omit<PassedOver, 'count'>): void {
  const key = `${over.share}:${over.clientId}`;
  passedOver.set(key, { ...over, count: (passedOver.get(key)?.count ?? 0) + 1 });
}

/** A fault drops what was being written: a trace that is missing is better than a node that fills up. Whether anything was there to write. */
async function writeSome(needs: TraceNeeds, waiting: Waiting): Promise<boolean> {
  const kept = waiting.traces.take(mostAtOnce);
  const passedOver = [...waiting.passedOver.values()];
  waiting.passedOver.clear();
  if (kept.length + passedOver.length === 0) {
    return false;
  }
  try {
    await needs.traces.saveTraces(kept, passedOver);
  } catch (fault) {
    needs.report(fault);
  }
  return true;
}

async function writeUntilStopped(needs: TraceNeeds, waiting: Waiting, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await writeSome(needs, waiting);
    await needs.sleep(needs.pause, signal);
  }
  let isLeft = true;
  while (isLeft) {
    isLeft = await writeSome(needs, waiting);
  }
}

export function createTraceRecorder(needs: TraceNeeds): TraceRecorder {
  const { take, takeStep } = createTraceAllowances(needs);
  const waiting: Waiting = { traces: createWaitingTraces(), passedOver: new Map() };
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();
  return {
    admits: (clientId, share) => {
      const isAdmitted = waiting.traces.hasRoom(clientId, share) && take(clientId, share);
      if (!isAdmitted) {
        countPassedOver(waiting, { clientId, at: needs.clock.now(), share });
      }
      return isAdmitted;
    },
    admitStep: takeStep,
    keep: (draft, share) => {
      const at = needs.clock.now();
      const trace = { ...draft, id: createUuid(needs.random, at), at, expiresAt: at + traceLifeMs };
      const over = waiting.traces.add({ trace, share });
      if (over !== undefined) {
        countPassedOver(waiting, { clientId: over.trace.clientId, at, share: over.share });
      }
    },
    start: () => {
      working = writeUntilStopped(needs, waiting, stopping.signal);
    },
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
}
