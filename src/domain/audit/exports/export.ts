// An export that an auditor asked for within a case. What it holds is made when it is fetched, from the log as it stood at the size that the export names: nothing
// of it rests anywhere, so nothing can be found, forgotten, or left half done by a node that dies (ADR-0099).

import { dayMs } from '../../kernel/clock.ts';
import type { Millis } from '../../kernel/clock.ts';
import type { PackQuery } from './query.ts';

export const exportForms = ['pack', 'csv', 'jsonl'] as const;
export type ExportForm = (typeof exportForms)[number];

/** `open`: small enough for one person. `waiting`: for a second auditor. */
export const exportStates = ['open', 'waiting', 'approved', 'denied', 'cancelled'] as const;
export type ExportState = (typeof exportStates)[number];

export type AuditExport = {
  readonly id: string;
  readonly caseId: string;
  readonly form: ExportForm;
  readonly query: PackQuery;
  readonly reason: string;
  readonly recipient: string;
  /** Entries that met the query when it was asked for. */
  readonly rows: number;
  /** Entries of the log then; the export holds nothing later. */
  readonly size: number;
  readonly state: ExportState;
  readonly askedBy: string;
  readonly askedAt: Millis;
  readonly decidedBy: string | null;
  readonly decidedAt: Millis | null;
  /** Until then it waits, or can be fetched. */
  readonly endsAt: Millis;
};

/** A list is gone through twice: to sign what it holds, and to hand it out. */
export const exportSteps = ['prepare', 'send'] as const;

/** `rows`: read in this step so far. `at`: when that was so. */
export type ExportProgress = { readonly step: (typeof exportSteps)[number]; readonly rows: number; readonly at: Millis };

/** Most entries of a list: a spreadsheet holds 1,048,576 rows. */
export const listLimit = 1_000_000;
export const waitsMs: Millis = 3 * dayMs;
export const fetchableMs: Millis = 7 * dayMs;
/** What one officer takes alone from a case within this time counts together. */
export const aloneSpanMs: Millis = 7 * dayMs;
/** Lists and packs that left the house are to be destroyed by then. */
export const keptMs: Millis = 90 * dayMs;

const fetchable: ReadonlySet<ExportState> = new Set(['open', 'approved']);

export function isFetchable({ endsAt, state }: Pick<AuditExport, 'endsAt' | 'state'>, now: Millis): boolean {
  return fetchable.has(state) && endsAt > now;
}

export function isWaiting({ endsAt, state }: Pick<AuditExport, 'endsAt' | 'state'>, now: Millis): boolean {
  return state === 'waiting' && endsAt > now;
}
