// The port of exports. Each step MUST commit with its sealed event, in ONE atomic act, and only from the state that it goes out from.

import type { SealedEvent } from '../../ledger/event.ts';
import type { AuditExport, ExportProgress } from './export.ts';

/** `by` is whoever decides; an approval or a denial by whoever asked MUST be refused, a cancelling by anybody else too. */
export type ExportStep = Pick<AuditExport, 'id' | 'endsAt'> & {
  readonly state: 'approved' | 'denied' | 'cancelled';
  readonly by: string;
  readonly event: SealedEvent;
};

export type ExportsStore = {
  readonly findExport: (id: string) => Promise<AuditExport | undefined>;
  /** The newest hundred of a case, newest first. */
  readonly listExports: (caseId: string) => Promise<readonly AuditExport[]>;
  /**
   * Only while the case goes on. `beyond-alone`: an `open` one is not saved where the rows that its asker took alone from the case within `aloneSpanMs`, its own
   * with them, are more than `aloneLimit`; of several at once each counts the others.
   */
  readonly saveExport: (asking: {
    readonly asked: AuditExport;
    readonly event: SealedEvent;
    readonly aloneLimit: number;
  }) => Promise<'saved' | 'audit/case-ended' | 'beyond-alone'>;
  /** Takes the place of what was said before. How far the last fetching of an export came, on whichever node. */
  readonly saveProgress: (id: string, progress: ExportProgress) => Promise<void>;
  readonly findProgress: (id: string) => Promise<ExportProgress | undefined>;
  /** Of several steps at once exactly one is saved. */
  readonly saveStep: (step: ExportStep) => Promise<'saved' | 'audit/export-settled'>;
};
