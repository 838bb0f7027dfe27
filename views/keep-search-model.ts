// What the form needs by which a search is kept.

import type { QuestionName } from '../src/domain/audit/questions/names.ts';
import type { FormTarget } from './models.ts';

/** By which what was asked just now is kept. */
export type KeepForm = {
  readonly form: FormTarget;
  /** Null for entries by filters. */
  readonly question: QuestionName | null;
  readonly query: string;
  readonly asOf: number;
  readonly typed: string;
};

export type KeepProblem = 'name' | 'name-person' | 'full';
