// What a sweep asks about releases: whether each stood on a record that was valid there, within the purpose, at the level. Flaws are found in the log
// itself when an entry is projected.

import { toAsked } from './asked-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries, readGroups } from './group.ts';
import { listEntries } from './list.ts';
import type { FigureName } from './names.ts';
import { emptyAnswer, optional, period } from './question.ts';
import type { Answer, Asking, Figure, Question, Row, Table } from './question.ts';

type FlawName = Extract<
  FigureName,
  'no-record' | 'after-withdrawal' | 'after-expiry' | 'paused' | 'beyond-purpose' | 'beyond-consent' | 'below-level'
>;

const releases: EntrySearch = { types: ['data.released'] };

const flawed = (search: EntrySearch, term: string): EntrySearch => ({ ...search, marks: [{ kind: 'flaw', term }] });

async function countFlaws(asking: Asking, search: EntrySearch, flaws: readonly FlawName[]): Promise<readonly Figure[]> {
  return Promise.all(flaws.map(async (flaw) => countFigure(asking, { name: flaw, search: flawed(search, flaw), mustBeZero: true })));
}

const recordFlaws: readonly FlawName[] = ['no-record', 'after-withdrawal', 'after-expiry', 'paused'];
const endFlaws = ['after-withdrawal', 'after-expiry'] as const;

async function answerWithoutRecord(asking: Asking): Promise<Answer> {
  const search = { ...releases, ...toAsked(asking.values) };
  const columns = ['at', 'flaw', 'service', 'purpose', 'attributes', 'record', 'person', 'entry'] as const;
  const [figures, list, all] = await Promise.all([
    countFlaws(asking, search, recordFlaws),
    listEntries(
      asking,
      recordFlaws.map((flaw) => flawed(search, flaw)),
      columns,
    ),
    countFigure(asking, { name: 'releases', search }),
  ]);
  return { ...emptyAnswer, figures: [...figures, all], tables: [list.table], next: list.next };
}

async function answerAfterEnd(asking: Asking): Promise<Answer> {
  const search = { ...releases, ...toAsked(asking.values) };
  const columns = ['at', 'flaw', 'elapsed', 'service', 'purpose', 'attributes', 'record', 'person', 'entry'] as const;
  const [figures, list, ...delays] = await Promise.all([
    countFlaws(asking, search, endFlaws),
    listEntries(
      asking,
      endFlaws.map((flaw) => flawed(search, flaw)),
      columns,
    ),
    ...endFlaws.map(async (flaw) =>
      groupEntries(asking, {
        name: `delays-${flaw}`,
        search: flawed(search, flaw),
        by: ['service'],
        measures: ['count', 'median', 'max'],
      }),
    ),
  ]);
  return { ...emptyAnswer, figures, tables: [list.table, ...delays], next: list.next };
}

/** As many as are registered: none is left out. */
const mostServices = 100_000;

const beyondFlaws = ['beyond-purpose', 'beyond-consent'] as const;

const beyondFigures = [...beyondFlaws, 'over-asks'] as const;

type Beyond = { readonly [Name in (typeof beyondFigures)[number]]: EntrySearch };

/** Each agency beside the others, whoever asks for most beyond its purposes first; those that did nothing of it are left out. */
async function compareBeyond(asking: Asking, searches: Beyond): Promise<Table> {
  const counted = await Promise.all(
    beyondFigures.map(async (name) =>
      readGroups(asking, { search: searches[name], by: ['service'], measures: ['count'], limit: mostServices }),
    ),
  );
  const agencies = Map.groupBy(asking.services, ({ agency }) => agency.id);
  const rows = [...agencies].map(([agency, services]): Row => {
    const own = new Set<unknown>(services.map(({ service }) => service.clientId));
    const counts = counted.map((groups) => groups.reduce((sum, { keys, count }) => sum + (own.has(keys[0]) ? count : 0), 0));
    const links = Object.fromEntries(beyondFigures.map((name) => [name, { ...searches[name], agency }]));
    return { cells: [agency, ...counts], entries: null, links };
  });
  const total = ({ cells }: Row): number => cells.slice(1).reduce((sum: number, cell) => sum + Number(cell), 0);
  return {
    name: 'agencies',
    columns: [{ name: 'agency', kind: 'agency' }, ...beyondFigures.map((name) => ({ name, kind: 'number' as const }))],
    rows: rows.filter((row) => total(row) > 0).toSorted((left, right) => total(right) - total(left)),
    chart: null,
    isCut: false,
  };
}

async function answerBeyond(asking: Asking): Promise<Answer> {
  const asked = toAsked(asking.values);
  const overAsks: EntrySearch = { ...asked, types: ['data.over_ask'] };
  const beyond = { ...releases, ...asked };
  const searches = {
    'beyond-purpose': flawed(beyond, 'beyond-purpose'),
    'beyond-consent': flawed(beyond, 'beyond-consent'),
    'over-asks': overAsks,
  };
  const [figures, all, agencies, list, table] = await Promise.all([
    countFlaws(asking, beyond, beyondFlaws),
    countFigure(asking, { name: 'over-asks', search: overAsks }),
    compareBeyond(asking, searches),
    listEntries(
      asking,
      beyondFlaws.map((flaw) => flawed(beyond, flaw)),
      ['at', 'flaw', 'service', 'purpose', 'version', 'attributes', 'entry'],
    ),
    groupEntries(asking, {
      name: 'over-asks',
      search: overAsks,
      by: ['service', 'attribute'],
      measures: ['count'],
      chart: { kind: 'bars', label: 'service', value: 'count' },
    }),
  ]);
  return { ...emptyAnswer, figures: [...figures, all], tables: [list.table, agencies, table], next: list.next };
}

async function answerBelowLevel(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...toAsked(asking.values), types: ['service.entered'] };
  const [figures, all, list] = await Promise.all([
    countFlaws(asking, search, ['below-level']),
    countFigure(asking, { name: 'sign-ins', search }),
    listEntries(asking, [flawed(search, 'below-level')], ['at', 'service', 'person', 'entry']),
  ]);
  return { ...emptyAnswer, figures: [...figures, all], tables: [list.table], next: list.next };
}

const parameters = [optional('agency'), optional('service'), ...period];
const sweep = { group: 'sweep', needsCase: false, parameters } as const;

export const releaseQuestions: readonly Question[] = [
  {
    ...sweep,
    name: 'released-without-record',
    number: 4,
    rules: ['no-record', 'after-withdrawal', 'after-expiry', 'paused'],
    answer: answerWithoutRecord,
  },
  { ...sweep, name: 'released-after-end', number: 5, rules: ['after-withdrawal', 'after-expiry'], answer: answerAfterEnd },
  { ...sweep, name: 'beyond-purpose', number: 7, rules: ['outside-purpose', 'beyond-consent'], answer: answerBeyond },
  { ...sweep, name: 'below-level', number: 20, rules: ['below-level'], answer: answerBelowLevel },
];
