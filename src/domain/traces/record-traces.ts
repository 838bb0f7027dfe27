// Keeps traces beside the requests and never in their way: they wait in memory, go to the store together, and are dropped where too many come. Whoever sends
// requests in the name of a service without being it uses up a share of their own, little by little, and takes no room from the service itself.

import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import type { Sleep } from '../ledger/sleep.ts';
import type { KeptTrace, PassedOver, TraceShare, TracesStore } from './store.ts';
import { traceLifeMs } from './trace.ts';
import type { Trace } from './trace.ts';

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
  /** Whether there is room for one more of this share at this moment; it is used up by asking. What is passed over is counted. */
  readonly admits: (clientId: string, share: TraceShare) => boolean;
  /** A new sign-in that is followed, or null where too many come. */
  readonly beginVisit: (clientId: string) => string | null;
  /** MUST have been admitted, or belong to a visit that was begun. */
  readonly keep: (draft: TraceDraft, share: TraceShare) => void;
  readonly start: () => void;
  /** Writes what waits. */
  readonly stop: () => Promise<void>;
};

/** At once, and again for each minute that passes: over a day this never comes to more than the share of the day. Steps are counted by sign-ins. */
const allowances: Readonly<Record<TraceShare, { readonly atOnce: number; readonly perMinute: number }>> = {
  proven: { atOnce: 200, perMinute: 10 },
  unproven: { atOnce: 60, perMinute: 1 },
  steps: { atOnce: 100, perMinute: 1 },
};

const mostWaiting = 2000;
const mostAtOnce = 200;

type Allowance = { left: number; at: Millis };

function createAllowances({ clock }: Pick<TraceNeeds, 'clock'>): (clientId: string, share: TraceShare) => boolean {
  const known = new Map<string, Allowance>();
  return (clientId, share) => {
    const { atOnce, perMinute } = allowances[share];
    const now = clock.now();
    const key = `${share}:${clientId}`;
    const allowance = known.get(key) ?? { left: atOnce, at: now };
    allowance.left = Math.min(atOnce, allowance.left + (Math.max(0, now - allowance.at) / 60_000) * perMinute);
    allowance.at = now;
    known.set(key, allowance);
    if (allowance.left < 1) {
      return false;
    }
    allowance.left -= 1;
    return true;
  };
}

type Waiting = { kept: KeptTrace[]; readonly passedOver: Map<string, PassedOver> };

function countPassedOver({ passedOver }: Waiting, over: Omit<PassedOver, 'count'>): void {
  const key = `${over.share}:${over.clientId}`;
  passedOver.set(key, { ...over, count: (passedOver.get(key)?.count ?? 0) + 1 });
}

/** A fault drops what was being written: a trace that is missing is better than a node that fills up. */
async function writeSome(needs: TraceNeeds, waiting: Waiting): Promise<void> {
  const kept = waiting.kept.splice(0, mostAtOnce);
  const passedOver = [...waiting.passedOver.values()];
  waiting.passedOver.clear();
  if (kept.length + passedOver.length === 0) {
    return;
  }
  try {
    await needs.traces.saveTraces(kept, passedOver);
  } catch (fault) {
    needs.report(fault);
  }
}

export function createTraceRecorder(needs: TraceNeeds): TraceRecorder {
  const isAllowed = createAllowances(needs);
  const waiting: Waiting = { kept: [], passedOver: new Map() };
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await writeSome(needs, waiting);
      await needs.sleep(needs.pause, stopping.signal);
    }
    while (waiting.kept.length > 0) {
      await writeSome(needs, waiting);
    }
  };
  return {
    admits: (clientId, share) => {
      const isAdmitted = waiting.kept.length < mostWaiting && isAllowed(clientId, share);
      if (!isAdmitted) {
        countPassedOver(waiting, { clientId, at: needs.clock.now(), share });
      }
      return isAdmitted;
    },
    beginVisit: (clientId) => (isAllowed(clientId, 'steps') ? createUuid(needs.random, needs.clock.now()) : null),
    keep: (draft, share) => {
      const at = needs.clock.now();
      if (waiting.kept.length < mostWaiting) {
        waiting.kept.push({ trace: { ...draft, id: createUuid(needs.random, at), at, expiresAt: at + traceLifeMs }, share });
      }
    },
    start: () => {
      working = work();
    },
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
}
