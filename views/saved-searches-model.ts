// What the pages that keep searches need.

import type { QuestionName } from '../src/domain/audit/questions/names.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { FormTarget } from './models.ts';
import type { KeepForm, KeepProblem } from './keep-search-model.ts';
import type { InCase } from './audit-model.ts';
import type { AskedName } from './question-model.ts';

export type SavedRow = {
  readonly name: string;
  readonly question: QuestionName | null;
  readonly filters: readonly { readonly name: AskedName; readonly text: string }[];
  readonly by: string;
  readonly at: Millis;
  readonly asOf: number;
  readonly askUrl: string;
  readonly asOfUrl: string;
  /** Null where somebody else kept it. */
  readonly removal: FormTarget | null;
};

export type SavedPage = {
  readonly inCase: InCase;
  readonly questionsUrl: string;
  readonly entriesUrl: string;
  readonly rows: readonly SavedRow[];
  /** What could not be kept, with why. */
  readonly refused: { readonly keep: KeepForm; readonly problem: KeepProblem } | null;
};
