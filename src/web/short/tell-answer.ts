// What is logged, counted and kept for developers of an answer on the short way: the same as of every other (ADR-0112).

import { steadyClock } from '../../domain/kernel/clock.ts';
import { toVisitName } from '../../domain/traces/trace.ts';
import type { TraceEndpoint, TraceStep } from '../../domain/traces/trace.ts';
import type { WebNeeds } from '../needs.ts';

export type Told = {
  readonly reference: string;
  readonly method: 'GET' | 'POST';
  readonly route: string;
  readonly endpoint: TraceEndpoint;
  readonly step: TraceStep;
  readonly status: number;
  readonly clientId: string;
  /** The sign-in that it is of; undefined where that is not followed. */
  readonly visit: string | undefined;
  /** By the steady clock. */
  readonly begunAt: number;
};

export type TellingNeeds = Pick<WebNeeds, 'counts' | 'log' | 'referenceKey' | 'traceRecorder'>;

function keepTrace({ referenceKey, traceRecorder }: TellingNeeds, { clientId, endpoint, reference, status, step, visit }: Told): void {
  const share = visit === undefined ? undefined : traceRecorder.admitStep({ clientId, visit, isOwn: true });
  if (share === undefined || visit === undefined) {
    return;
  }
  const nothing = { rule: null, error: null, detail: null, asked: [] };
  traceRecorder.keep({ reference, clientId, endpoint, step, status, visit: toVisitName(referenceKey, visit), ...nothing }, share);
}

export function tellAnswer(needs: TellingNeeds, told: Told): void {
  const { begunAt, clientId, method, reference, route, status, step } = told;
  const spentMs = steadyClock.now() - begunAt;
  needs.log.write('info', 'answered', { reference, method, route, status, durationMs: Math.round(spentMs * 10) / 10, clientId });
  needs.counts.noteAnswer({ area: route.slice(1), status, seconds: spentMs / 1000 });
  needs.counts.noteStep(step);
  keepTrace(needs, told);
}
