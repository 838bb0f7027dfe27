// What the pages of auditors' cases show.

import type { CaseBasis, CaseScope } from '../src/domain/audit/case.ts';
import type { FindWay } from '../src/domain/audit/case-store.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { FormTarget } from './models.ts';
import type { Choice } from './select.ts';

export const caseFields = ['number', 'authority', 'basis', 'scope', 'agency', 'from', 'to', 'ends'] as const;
export type CaseField = (typeof caseFields)[number];

export type CaseProblem =
  | 'number'
  | 'number-person'
  | 'number-taken'
  | 'authority'
  | 'basis'
  | 'scope'
  | 'agency'
  | 'mandate'
  | 'from'
  | 'to'
  | 'ends';

export type CaseState = 'going' | 'closed' | 'over';

export type AuditCaseRow = {
  readonly number: string;
  readonly url: string;
  readonly basis: CaseBasis;
  readonly scope: CaseScope['kind'];
  /** Where the scope is one. */
  readonly agencyName: string | null;
  readonly state: CaseState;
  /** The end that counts: the day on which it was closed, or its last moment. */
  readonly until: Millis;
};

export type AuditCasesPage = {
  readonly cases: readonly AuditCaseRow[];
  readonly newUrl: string;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};

export type NewCasePage = {
  readonly form: FormTarget;
  /** As it was typed. */
  readonly typed: ReadonlyMap<CaseField, string>;
  readonly problems: readonly { readonly field: CaseField; readonly problem: CaseProblem }[];
  readonly bases: readonly CaseBasis[];
  readonly scopes: readonly CaseScope['kind'][];
  readonly agencies: readonly Choice[];
  /** The days that the end may be. */
  readonly ends: { readonly first: string; readonly last: string };
  readonly listUrl: string;
};

export type CasePart = {
  readonly key: 'people' | 'unmask' | 'breach' | 'suspensions' | 'questions' | 'entries' | 'saved' | 'exports';
  readonly url: string;
};

export type AuditCaseHome = AuditCaseRow & {
  readonly authority: string;
  readonly covers: { readonly from: Millis | null; readonly to: Millis | null };
  readonly openedAt: Millis;
  readonly keyEndsAt: Millis;
  readonly members: readonly { readonly name: string; readonly addedAt: Millis }[];
  /** Where the work of the case is done; empty once it has ended. */
  readonly parts: readonly CasePart[];
  /** Null once it has ended. */
  readonly forms: { readonly member: FormTarget; readonly close: FormTarget; readonly colleagues: readonly Choice[] } | null;
  /** Null for who has this case alone. */
  readonly listUrl: string | null;
};

export type CasePeoplePage = {
  readonly number: string;
  readonly people: readonly {
    readonly pseudonym: string;
    readonly way: FindWay;
    readonly at: Millis;
    /** What was shared about them. */
    readonly sharedUrl: string;
    readonly unmaskUrl: string;
  }[];
  readonly form: FormTarget;
  /** The pseudonym of who was found just now. */
  readonly justFound: string | null;
  readonly error: 'audit/receipt-refused' | 'audit/code-unknown' | null;
  readonly caseUrl: string;
};
