// What the pages of the developers' desk need besides their frame.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { TraceRule } from '../src/domain/traces/rules.ts';
import type { TraceEndpoint, TraceFact, TraceStep } from '../src/domain/traces/trace.ts';
import type { FilterOption, Named } from './audit-model.ts';

export type TraceRow = {
  readonly reference: string;
  readonly url: string;
  readonly at: Millis;
  readonly service: Named;
  readonly endpoint: TraceEndpoint;
  readonly step: TraceStep;
  readonly rule: TraceRule | null;
  readonly status: number;
  /** What the service received. */
  readonly error: string | null;
};

export type TracesPage = {
  readonly url: string;
  /** Null where the account names no agency: then nothing was looked for. */
  readonly found: {
    readonly rows: readonly TraceRow[];
    readonly olderUrl: string | null;
    /** Whether this is not the first page. */
    readonly isLater: boolean;
    readonly passedOver: { readonly count: number; readonly since: Millis };
  } | null;
  readonly services: readonly FilterOption[];
  readonly rules: readonly TraceRule[];
  /** As typed, by name of the field. */
  readonly typed: ReadonlyMap<TraceField, string>;
};

export const traceFields = ['service', 'rule', 'from', 'to', 'kind'] as const;
export type TraceField = (typeof traceFields)[number];

export type TracePage = {
  readonly row: TraceRow;
  readonly listUrl: string;
  readonly detail: string | null;
  readonly asked: readonly TraceFact[];
  /** The requests of the same sign-in, in the order of time; empty where there is none but this. */
  readonly visit: readonly TraceRow[];
};
