// What the pages of exports of a case show.

import type { ExportForm, ExportProgress, ExportState } from '../src/domain/audit/exports/export.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';
import type { Choice } from './select.ts';

export const exportFields = ['form', 'service', 'record', 'person', 'from', 'to', 'recipient', 'reason'] as const;
export type ExportField = (typeof exportFields)[number];

export type ExportProblem = 'form' | 'about' | 'record' | 'person' | 'from' | 'to' | 'recipient' | 'reason';

/** `ended`: its time passed before anybody decided, or before it was fetched. */
export type ShownExportState = ExportState | 'ended';

export type ExportRow = {
  readonly url: string;
  readonly form: ExportForm;
  readonly rows: number;
  readonly askedAt: Millis;
  readonly askedBy: string;
  readonly state: ShownExportState;
};

export type ExportsPage = {
  readonly number: string;
  readonly caseUrl: string;
  readonly exports: readonly ExportRow[];
  readonly form: FormTarget;
  readonly typed: ReadonlyMap<ExportField, string>;
  readonly problems: readonly { readonly field: ExportField; readonly problem: ExportProblem }[];
  readonly forms: readonly ExportForm[];
  readonly services: readonly Choice[];
  readonly aloneLimit: number;
};

/** `stopped`: nothing was heard of it for a while, and it is not whole. */
export type ShownProgress = {
  readonly state: 'none' | ExportProgress['step'] | 'whole' | 'stopped';
  readonly rows: number;
  readonly of: number;
};

export type ProgressPage = {
  readonly url: string;
  readonly exportUrl: string;
  readonly number: string;
  readonly form: ExportForm;
  readonly progress: ShownProgress;
  readonly cancel: FormTarget | null;
};

export type ExportPage = ExportRow & {
  readonly number: string;
  readonly listUrl: string;
  readonly reason: string;
  readonly recipient: string;
  /** What it is about, in the words of the query. */
  readonly about: readonly { readonly key: 'service' | 'record' | 'person'; readonly value: string }[];
  readonly period: { readonly from: Millis | null; readonly to: Millis | null };
  readonly size: number;
  readonly decidedBy: string | null;
  readonly decidedAt: Millis | null;
  readonly endsAt: Millis;
  /** Null where it cannot be fetched, or by another person only. */
  readonly fetch: FormTarget | null;
  readonly cancel: FormTarget | null;
  /** For who fetches it; null where it is no list. */
  readonly progress: { readonly url: string; readonly progress: ShownProgress } | null;
  /** For the second auditor. */
  readonly decide: {
    /** What the passkey confirms. */
    readonly act: 'approve' | 'deny';
    readonly approve: FormTarget;
    readonly deny: FormTarget;
    readonly ceremony: CeremonyTarget;
  } | null;
  readonly isUnconfirmed: boolean;
};
