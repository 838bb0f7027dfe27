// What the log shows by itself to somebody who did not ask. The hand-over between web/ and views/.

import type { RuleName } from '../src/domain/audit/anomalies/rule.ts';
import type { Named } from './audit-model.ts';

export type AnomalyRow = {
  readonly service: Named | null;
  readonly purpose: Named | null;
  /** Name of the officer whose acts these are; null where none is meant. */
  readonly officer: string | null;
  readonly numbers: Readonly<Record<string, number>>;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly { readonly index: number; readonly url: string }[];
};

export type AnomalyRule = {
  readonly name: RuleName;
  readonly mustBeZero: boolean;
  readonly limits: Readonly<Record<string, number>>;
  /** The saved question behind the rule; null where there is none. */
  readonly questionUrl: string | null;
  readonly rows: readonly AnomalyRow[];
};

export type AnomaliesPage = {
  /** The periods to choose from, in days; one is shown. */
  readonly periods: readonly { readonly days: number; readonly url: string; readonly isShown: boolean }[];
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly rules: readonly AnomalyRule[];
};
