// What a sweep asks about decisions: which texts are refused, which decisions came faster than anybody reads, how long agencies take to answer.

import type { EventType } from '../../ledger/event.ts';
import { toAsked } from './asked-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries, readGroups, rowLimit } from './group.ts';
import { listEntries, toPurposeCell } from './list.ts';
import type { ColumnName } from './names.ts';
import { emptyAnswer, optional, period, standing } from './question.ts';
import type { Answer, Asking, Question, Row, Table } from './question.ts';

const agreed: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.narrowed'];
const asked: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.refused'];

type Groups = Awaited<ReturnType<typeof readGroups>>;

const sum = (groups: Groups): number => groups.reduce((total, { count }) => total + count, 0);

function toRefusalRow(search: EntrySearch, own: Groups): Row {
  const [service = '', purpose = '', version = ''] = (own[0]?.keys ?? []).map((key) => String(key ?? ''));
  const all = sum(own);
  const refused = sum(own.filter(({ keys }) => keys[3] === 'consent.refused'));
  const about: EntrySearch = { ...search, service, purpose, ...(version === '' ? {} : { purposeVersion: Number(version) }) };
  const refusals: EntrySearch = { ...about, types: ['consent.refused'] };
  return {
    cells: [service, toPurposeCell(service, purpose), version === '' ? null : Number(version), all, refused, refused / all],
    entries: refusals,
    links: { decided: { ...about, types: asked }, refused: refusals },
  };
}

const keyOf = (keys: readonly unknown[]): string => JSON.stringify(keys.map((key) => key ?? null));

function toNoticeRow(search: EntrySearch, own: Groups): Row {
  const [service = null, purpose = null, version = null, notice = null] = own[0]?.keys ?? [];
  const all = sum(own);
  const refused = sum(own.filter(({ keys }) => keys[4] === 'consent.refused'));
  const about: EntrySearch = { ...search, types: asked, marks: [{ kind: 'notice', term: String(notice) }] };
  return {
    cells: [service, toPurposeCell(String(service), String(purpose)), version, notice, all, refused, refused / all],
    entries: about,
    links: { refused: { ...about, types: ['consent.refused'] } },
  };
}

/** The very texts that were on the screen, one for each language and version; a decision on paper or by a law has none. */
async function countByNotice(asking: Asking, search: EntrySearch): Promise<Table> {
  const by = ['service', 'purpose', 'version', 'notice'] as const;
  const groups = await readGroups(asking, {
    search: { ...search, types: asked },
    by: [...by, 'type'],
    measures: ['count'],
    limit: mostTexts,
  });
  const shown = groups.filter(({ keys }) => keys[3] !== null);
  const rows = [...Map.groupBy(shown, ({ keys }) => keyOf(keys.slice(0, 4))).values()].map((own) => toNoticeRow(search, own));
  const sorted = rows.toSorted((left, right) => Number(right.cells[6]) - Number(left.cells[6]));
  const [service, purpose, version, ...counts] = refusalTable([]).columns;
  const columns = [service, purpose, version, { name: 'notice', kind: 'code' } as const, ...counts].filter(
    (column) => column !== undefined,
  );
  return { name: 'refusals-by-notice', columns, rows: sorted.slice(0, rowLimit), chart: null, isCut: sorted.length > rowLimit };
}

/** Texts are as many as the register holds: none is left out, however few were asked. */
const mostTexts = 100_000;

/** How often each version of each purpose was decided about, and refused. */
async function countRefusals(asking: Asking, search: EntrySearch): Promise<readonly Row[]> {
  const groups = await readGroups(asking, {
    search: { ...search, types: asked },
    by: ['service', 'purpose', 'version', 'type'],
    measures: ['count'],
    limit: mostTexts,
  });
  const rows = [...Map.groupBy(groups, ({ keys }) => JSON.stringify(keys.slice(0, 3))).values()].map((own) => toRefusalRow(search, own));
  return rows.toSorted((left, right) => Number(right.cells[5]) - Number(left.cells[5]));
}

const refusalTable = (rows: readonly Row[]): Table => ({
  name: 'refusals',
  columns: [
    { name: 'service', kind: 'service' },
    { name: 'purpose', kind: 'purpose' },
    { name: 'version', kind: 'number' },
    { name: 'decided', kind: 'number' },
    { name: 'refused', kind: 'number' },
    { name: 'rate', kind: 'share' },
  ],
  rows,
  chart: { kind: 'bars', label: 'purpose', value: 'rate' },
  isCut: false,
});

async function answerRefusals(asking: Asking): Promise<Answer> {
  const search = toAsked(asking.values);
  const agreements: EntrySearch = { ...search, types: agreed };
  const versions = ['service', 'purpose', 'version'] as const;
  const [rows, notices, agreedTo, declined] = await Promise.all([
    countRefusals(asking, search),
    countByNotice(asking, search),
    readGroups(asking, { search: agreements, by: versions, measures: ['count'], limit: mostTexts }),
    groupEntries(asking, {
      name: 'declined',
      search: agreements,
      by: [...versions, 'declined'],
      measures: ['count'],
    }),
  ]);
  const given = new Map(
    agreedTo.map(({ keys: [service, purpose, version], count }) => [
      keyOf([service, toPurposeCell(String(service), String(purpose)), version]),
      count,
    ]),
  );
  const toRated = ({ cells, ...row }: Row): Row => ({
    ...row,
    cells: [...cells, Number(cells[4]) / (given.get(keyOf(cells.slice(0, 3))) ?? 1)],
  });
  const rated: Table = {
    ...declined,
    columns: [...declined.columns, { name: 'rate', kind: 'share' }],
    rows: declined.rows.filter(({ cells }) => cells[3] !== null).map(toRated),
  };
  return { ...emptyAnswer, tables: [refusalTable(rows), notices, rated] };
}

async function answerHasty(asking: Asking): Promise<Answer> {
  const { seconds = 5 } = asking.values;
  const search: EntrySearch = { ...toAsked(asking.values), types: asked };
  const fast: EntrySearch = { ...search, elapsedBelow: seconds * 1000 };
  const [figure, hasty, list, table] = await Promise.all([
    countFigure(asking, { name: 'faster', search: fast }),
    countFigure(asking, { name: 'hasty', search: { ...search, marks: [{ kind: 'flaw', term: 'hasty' }] } }),
    listEntries(asking, [fast], ['at', 'type', 'elapsed', 'service', 'purpose', 'version', 'person', 'entry']),
    groupEntries(asking, {
      name: 'by-service',
      search: fast,
      by: ['service'],
      measures: ['count'],
      chart: { kind: 'bars', label: 'service', value: 'count' },
    }),
  ]);
  return { ...emptyAnswer, figures: [figure, hasty], tables: [list.table, table], next: list.next };
}

const answers: readonly EventType[] = ['set.delivered', 'rp.acknowledged', 'rp.erased', 'rp.kept_by_law'];

async function answerTimes(asking: Asking): Promise<Answer> {
  const search = toAsked(asking.values);
  const overdue: EntrySearch = { ...search, types: ['rp.overdue'] };
  const [withdrawals, late, times, list] = await Promise.all([
    countFigure(asking, { name: 'withdrawals', search: { ...search, types: ['consent.withdrawn'] } }),
    countFigure(asking, { name: 'overdue', search: overdue }),
    groupEntries(asking, {
      name: 'times',
      search: { ...search, types: answers },
      by: ['service', 'type'],
      measures: ['count', 'min', 'median', 'p95', 'max'],
      chart: { kind: 'bars', label: 'service', value: 'median' },
    }),
    listEntries(asking, [overdue], ['at', 'service', 'purpose', 'record', 'entry']),
  ]);
  return { ...emptyAnswer, figures: [withdrawals, late], tables: [list.table, times], next: list.next };
}

const compared: readonly EventType[] = [...asked, 'consent.requested', 'data.over_ask', 'rp.overdue'];
const answered: readonly EventType[] = ['rp.erased', 'rp.kept_by_law'];

async function toComparedRow(asking: Asking, agency: string): Promise<Row> {
  const search: EntrySearch = { ...toAsked(asking.values), agency };
  const [counts, times] = await Promise.all([
    readGroups(asking, { search: { ...search, types: compared }, by: ['type'], measures: ['count'] }),
    readGroups(asking, { search: { ...search, types: answered }, by: [], measures: ['count', 'median'] }),
  ]);
  const of = (...types: readonly EventType[]): number => sum(counts.filter(({ keys }) => types.some((type) => type === keys[0])));
  const to = (...types: readonly EventType[]): EntrySearch => ({ ...search, types });
  const [decided, refused] = [of(...asked), of('consent.refused')];
  const rate = decided === 0 ? null : refused / decided;
  const median = times[0]?.elapsed?.median ?? null;
  return {
    cells: [agency, of('consent.requested'), decided, refused, rate, of('data.over_ask'), median, of('rp.overdue')],
    entries: null,
    links: {
      requests: to('consent.requested'),
      decided: to(...asked),
      refused: to('consent.refused'),
      'over-asks': to('data.over_ask'),
      median: to(...answered),
      overdue: to('rp.overdue'),
    },
  };
}

async function answerComparison(asking: Asking): Promise<Answer> {
  const agencies = [...new Set(asking.services.map(({ agency }) => agency.id))];
  const rows = await Promise.all(agencies.map(async (agency) => toComparedRow(asking, agency)));
  const number = (name: ColumnName) => ({ name, kind: 'number' as const });
  const table: Table = {
    name: 'agencies',
    columns: [
      { name: 'agency', kind: 'agency' },
      number('requests'),
      number('decided'),
      number('refused'),
      { name: 'rate', kind: 'share' },
      number('over-asks'),
      { name: 'median', kind: 'millis' },
      number('overdue'),
    ],
    rows: rows.toSorted((left, right) => Number(right.cells[1]) - Number(left.cells[1])),
    chart: { kind: 'bars', label: 'agency', value: 'rate' },
    isCut: false,
  };
  return { ...emptyAnswer, tables: [table] };
}

const parameters = [optional('agency'), optional('service'), ...period];
const sweep = { group: 'sweep', needsCase: false, parameters } as const;

export const decisionQuestions: readonly Question[] = [
  { ...sweep, name: 'answer-times', number: 6, rules: ['overdue-answers'], answer: answerTimes },
  { ...sweep, name: 'refusals-by-text', number: 11, rules: ['refusals-after-text'], answer: answerRefusals },
  {
    ...sweep,
    name: 'hasty-decisions',
    number: 12,
    rules: ['hasty'],
    parameters: [standing('seconds', 5), ...parameters],
    answer: answerHasty,
  },
  { ...sweep, name: 'compare-agencies', number: 25, rules: [], parameters: period, answer: answerComparison },
];
