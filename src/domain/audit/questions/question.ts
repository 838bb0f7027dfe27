// The saved questions of an auditor: what each is asked with and how its answer is made of facts, the register and the log. Pure over ports. A question
// never holds a person but by the pseudonym of a case; its words stand in views/messages.

import type { RegisteredService } from '../../agencies/agency.ts';
import type { AgenciesStore } from '../../agencies/store.ts';
import type { ConsentStore } from '../../consent/store.ts';
import type { Millis } from '../../kernel/clock.ts';
import type { LedgerStore, StoredCheckpoint } from '../../ledger/store.ts';
import type { VerificationStore } from '../../ledger/whole-verification.ts';
import type { RuleName } from '../anomalies/rule.ts';
import type { FactStore } from '../facts.ts';
import type { ColumnName, FigureName, FindingName, QuestionName, TableName } from './names.ts';
import type { EntrySearch, Sight } from './entry-search.ts';

export const questionGroups = ['complaint', 'sweep', 'investigation', 'breach', 'log'] as const;
export type QuestionGroup = (typeof questionGroups)[number];

/** Each is read in one way wherever it stands; the schemas stand where input enters. */
export type Values = {
  readonly agency?: string;
  readonly service?: string;
  readonly attribute?: string;
  /** Pseudonym of the case. */
  readonly person?: string;
  readonly record?: string;
  /** SHA-256 of a notice, base64url. */
  readonly notice?: string;
  readonly officer?: string;
  readonly from?: Millis;
  /** Exclusive. */
  readonly to?: Millis;
  readonly days?: number;
  readonly seconds?: number;
  readonly threshold?: number;
  readonly seed?: number;
  readonly count?: number;
  /** Index of an entry. */
  readonly entry?: number;
  /** Entries of an earlier checkpoint. */
  readonly size?: number;
};
export type ParameterName = keyof Values;

export type Parameter = { readonly name: ParameterName; readonly isRequired: boolean; readonly standard?: number };

export type CellKind =
  | 'index'
  | 'time'
  | 'day'
  | 'hour'
  | 'rule'
  | 'indexes'
  | 'number'
  | 'millis'
  | 'share'
  | 'agency'
  | 'service'
  | 'purpose'
  | 'attribute'
  | 'attributes'
  | 'type'
  | 'person'
  | 'actor'
  | 'word'
  | 'words'
  | 'code';

/** `word`: a term with words in both languages; `code`: shown as it is; `rule`: of anomalies; `indexes`: of entries, the oldest first. */
export type Column = { readonly name: ColumnName; readonly kind: CellKind };
/** Times in milliseconds; a purpose as `service purpose`; a share from 0 to 1; null where there is none. */
export type Cell = string | number | null | readonly string[];
export type Row = {
  readonly cells: readonly Cell[];
  /** The very entries that the row counts; null where it counts none. */
  readonly entries: EntrySearch | null;
  /** Where columns of one row count different entries: those of each, by its name. */
  readonly links?: { readonly [Name in ColumnName]?: EntrySearch };
};

export type Table = {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Columns, by name, that a small chart shows; null for none. */
  readonly chart: { readonly kind: 'bars' | 'timeline'; readonly label: ColumnName; readonly value: ColumnName } | null;
  /** More rows than are shown: the rest is behind `entries` or further pages. */
  readonly isCut: boolean;
};

export type Figure = {
  readonly name: FigureName;
  readonly kind: 'number' | 'millis' | 'share';
  /** Null where there is nothing to say. */
  readonly value: number | null;
  readonly mustBeZero: boolean;
  readonly entries: EntrySearch | null;
};

/** Whether something holds that can be held against what is stored. */
export type Finding = { readonly name: FindingName; readonly holds: boolean };

export type Answer = {
  readonly figures: readonly Figure[];
  readonly findings: readonly Finding[];
  readonly tables: readonly Table[];
  /** Index behind which the first table goes on; null on its last page. */
  readonly next: number | null;
  /** A notice as it was shown, to be laid beside the answer. */
  readonly notice: string | null;
};

export type QuestionPorts = {
  readonly facts: Pick<
    FactStore,
    'projectFacts' | 'findProjected' | 'findReadable' | 'countEntries' | 'readFacts' | 'countFacts' | 'groupFacts'
  >;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint' | 'findCheckpointOfSize' | 'findCheckpointUpTo' | 'readEntries' | 'readTile'>;
  readonly agencies: Pick<AgenciesStore, 'listServices' | 'listPurposeVersions'>;
  readonly consents: Pick<ConsentStore, 'findNotice'>;
  readonly verifications: Pick<VerificationStore, 'listVerifications'>;
  /** The newest checkpoint that enough witnesses cosigned; absent where nobody outside cosigns. */
  readonly findWitnessed?: (() => Promise<Pick<StoredCheckpoint, 'size' | 'root' | 'text'> | undefined>) | undefined;
};

export type Asking = {
  readonly ports: QuestionPorts;
  readonly values: Values;
  readonly sight: Sight;
  /** ISO 3166-1 alpha-2. */
  readonly homeCountry: string;
  /** The moment up to which the log stood. */
  readonly now: Millis;
  /** Registered services in sight, of the agency or the service that was asked for. */
  readonly services: readonly RegisteredService[];
  readonly page: { readonly after: number | null; readonly limit: number };
  /** Pseudonym of the case; null outside one. */
  readonly toPerson: (personRef: string | null) => string | null;
  /** Of the case; nobody outside one. */
  readonly findPerson: (pseudonym: string) => Promise<string | undefined>;
};

export type Question = {
  readonly name: QuestionName;
  /** As auditors' manuals count them. */
  readonly number: number;
  readonly group: QuestionGroup;
  /** Only inside a case: its answer is about people. */
  readonly needsCase: boolean;
  readonly parameters: readonly Parameter[];
  /** Rules of anomalies whose findings stand beside its answer. */
  readonly rules: readonly RuleName[];
  readonly answer: (asking: Asking) => Promise<Answer>;
};

export const emptyAnswer: Answer = { figures: [], findings: [], tables: [], next: null, notice: null };

export const needed = (name: ParameterName): Parameter => ({ name, isRequired: true });
export const optional = (name: ParameterName): Parameter => ({ name, isRequired: false });
export const standing = (name: ParameterName, standard: number): Parameter => ({ name, isRequired: false, standard });
export const period: readonly Parameter[] = [optional('from'), optional('to')];
