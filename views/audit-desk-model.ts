// What the first page of the auditor's desk says of one's own work.

import type { RuleName } from '../src/domain/audit/anomalies/rule.ts';
import type { WaitingKind } from '../src/domain/audit/waiting.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { AuditCaseRow } from './audit-case-model.ts';

export type DeskWork = {
  /** What others asked and this auditor may decide, the oldest first. */
  readonly waiting: readonly {
    readonly kind: WaitingKind;
    readonly url: string;
    readonly caseNumber: string;
    readonly askedBy: string;
    readonly askedAt: Millis;
    readonly openUntil: Millis;
  }[];
  /** Those that go on, the newest first. */
  readonly cases: readonly AuditCaseRow[];
  readonly casesUrl: string;
  /** Null while it is being counted. */
  readonly found: {
    readonly at: Millis;
    readonly rules: readonly { readonly name: RuleName; readonly mustBeZero: boolean; readonly count: number; readonly url: string }[];
  } | null;
  /** Over how many days it is counted. */
  readonly foundDays: number;
  readonly foundUrl: string;
  readonly saved: readonly { readonly name: string; readonly url: string }[];
  readonly savedUrl: string;
};
