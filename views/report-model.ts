// Reports: the hand-over between web/ and views/, for the person who writes one and the auditor who answers it.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { Asker, FormTarget } from './models.ts';

export const categories = ['not-me', 'too-much', 'not-agreed', 'no-answer', 'wrong-data', 'other'] as const;
export type Category = (typeof categories)[number];

/** What is missing in the form that was sent. */
export type ReportProblem = 'category' | 'words' | null;

export type ReportPage = {
  /** Posted back unchanged, so that a form sent twice is one report. */
  readonly id: string;
  readonly asker: Asker;
  readonly clientId: string;
  readonly entryId: string | null;
  readonly form: FormTarget;
  readonly category: string | null;
  readonly words: string;
  readonly longest: number;
  readonly problem: ReportProblem;
  readonly backUrl: string;
};

export type OwnReport = {
  readonly caseNumber: string;
  readonly category: Category;
  readonly serviceName: string;
  readonly openedAt: Millis;
  readonly words: string | null;
  readonly answer: string | null;
  readonly closedAt: Millis | null;
  readonly entryUrl: string | null;
};

export type ReportsPage = {
  /** Newest first. */
  readonly reports: readonly OwnReport[];
  /** One was sent just now. */
  readonly isSent: boolean;
  readonly accountUrl: string;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};

export type ReportRow = {
  readonly caseNumber: string;
  readonly url: string;
  readonly serviceName: string;
  readonly agencyName: string;
  readonly category: Category;
  readonly openedAt: Millis;
};

export type AuditReportsPage = {
  /** Without an answer, the oldest first. */
  readonly reports: readonly ReportRow[];
  readonly isAnswered: boolean;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};

export type AuditReportPage = ReportRow & {
  /** Null once the person closed the account. */
  readonly words: string | null;
  readonly answer: string | null;
  readonly closedAt: Millis | null;
  readonly entryIndex: number | null;
  /** Null once it is answered. */
  readonly form: FormTarget | null;
  readonly longest: number;
  readonly lacksWords: boolean;
  readonly listUrl: string;
};
