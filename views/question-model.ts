// What the pages of saved questions need. Cells come in words, each with its technical name; a person stands under a pseudonym of the case, if at all.

import type { ColumnName, FigureName, FindingName, QuestionName, TableName } from '../src/domain/audit/questions/names.ts';
import type { QuestionGroup } from '../src/domain/audit/questions/question.ts';
import type { FilterGroup, InCase, LogHead, Named } from './audit-model.ts';
import type { KeepForm } from './keep-search-model.ts';
import type { ShownNotice } from './shown-notice.ts';

export type QuestionLink = {
  readonly name: QuestionName;
  readonly group: QuestionGroup;
  readonly needsCase: boolean;
  /** Null where it can only be asked inside a case. */
  readonly url: string | null;
};

export type QuestionsPage = {
  readonly inCase: InCase;
  readonly links: readonly QuestionLink[];
  readonly savedUrl: string;
  readonly entriesUrl: string;
};

/** In the order of the forms. */
export const askedNames = [
  'agency',
  'service',
  'attribute',
  'person',
  'record',
  'notice',
  'officer',
  'from',
  'to',
  'days',
  'seconds',
  'threshold',
  'seed',
  'count',
  'entry',
  'size',
  'as_of',
  'type',
  'purpose',
  'version',
  'reason',
  'actor',
  'actor-kind',
  'declined',
  'form',
  'basis',
  'level',
  'method',
  'language',
  'person-kind',
  'device',
  'browser',
  'document',
  'flaw',
  'field',
  'status',
  'endpoint',
  'case',
  'category',
  'change',
  'query',
  'role',
  'shared',
  'way',
  'withheld',
  'acted-by',
  'sensitivity',
  'slower',
  'faster',
] as const;
export type AskedName = (typeof askedNames)[number];

export type QuestionField = {
  readonly name: AskedName;
  readonly isRequired: boolean;
  readonly typed: string;
  /** Words to choose from; absent where it is typed. */
  readonly groups?: readonly FilterGroup[];
};

export type ShownProblem =
  | 'type-unknown'
  | 'term-invalid'
  | 'agency-unknown'
  | 'service-unknown'
  | 'attribute-unknown'
  | 'person-invalid'
  | 'record-invalid'
  | 'notice-invalid'
  | 'officer-invalid'
  | 'time-invalid'
  | 'time-order'
  | 'number-invalid'
  | 'place-invalid'
  | 'beyond-log'
  | 'limit-invalid'
  | 'value-missing'
  | 'repeated'
  | 'field-unknown';

export type ShownCell = {
  readonly content:
    | { readonly kind: 'none' }
    | { readonly kind: 'words' | 'code'; readonly text: string }
    | { readonly kind: 'named'; readonly named: readonly Named[] }
    | { readonly kind: 'type'; readonly type: string }
    | { readonly kind: 'entries'; readonly count: number; readonly entries: readonly { readonly index: number; readonly url: string }[] }
    | { readonly kind: 'number' | 'time' | 'day' | 'hour' | 'millis' | 'share'; readonly value: number };
  /** Where it leads: to an entry, or to the entries that it counts. */
  readonly url: string | null;
};

export type ShownRow = {
  readonly cells: readonly ShownCell[];
  /** The very entries that the row counts. */
  readonly entriesUrl: string | null;
};

export type ShownBar = { readonly label: string; readonly value: number; readonly text: string };
export type ShownDot = { readonly label: string; readonly at: number };

export type ShownChart =
  | { readonly kind: 'bars'; readonly bars: readonly ShownBar[] }
  | {
      readonly kind: 'timeline';
      readonly dots: readonly ShownDot[];
      /** In words, as a line of the table has them. */
      readonly firstDay: string;
      readonly lastDay: string;
    };

export type ShownTable = {
  readonly name: TableName;
  readonly columns: readonly ColumnName[];
  readonly rows: readonly ShownRow[];
  readonly chart: ShownChart | null;
  readonly isCut: boolean;
};

export type ShownFigure = {
  readonly name: FigureName;
  readonly cell: ShownCell;
  /** Null where any number may stand. */
  readonly isZero: boolean | null;
};

export type QuestionResult = {
  readonly head: LogHead | null;
  readonly figures: readonly ShownFigure[];
  readonly findings: readonly { readonly name: FindingName; readonly holds: boolean }[];
  readonly tables: readonly ShownTable[];
  readonly notice: ShownNotice | null;
  readonly firstUrl: string | null;
  readonly nextUrl: string | null;
  readonly downloads: { readonly csv: string; readonly jsonl: string };
  /** Inside a case, of a consent or a person: where it is taken as evidence. */
  readonly packUrl: string | null;
  readonly keep: KeepForm;
};

export type QuestionPage = {
  readonly name: QuestionName;
  readonly inCase: InCase;
  /** Where the form goes, by GET. */
  readonly url: string;
  readonly listUrl: string;
  readonly fields: readonly QuestionField[];
  readonly problems: readonly { readonly field: string; readonly problem: ShownProblem }[];
  /** Null where nothing was asked. */
  readonly result: QuestionResult | null;
};

export type FactEntriesPage = {
  readonly inCase: InCase;
  readonly url: string;
  readonly listUrl: string;
  /** Those that are asked for most. */
  readonly fields: readonly QuestionField[];
  readonly more: readonly QuestionField[];
  readonly problems: QuestionPage['problems'];
  readonly result: {
    readonly head: LogHead | null;
    readonly found: { readonly count: number; readonly isMore: boolean };
    readonly table: ShownTable;
    readonly firstUrl: string | null;
    readonly nextUrl: string | null;
    readonly keep: KeepForm;
  } | null;
};
