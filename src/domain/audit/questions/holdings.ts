// What a sweep asks about attributes: which are approved and never used, who holds one, and on which basis the sensitive ones leave.

import { attributeCatalogue } from '../../attributes/catalogue.ts';
import { dayMs } from '../../kernel/clock.ts';
import { toAsked } from './asked-search.ts';
import { toDayStart } from '../country-day.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { toPurposeCell } from './list.ts';
import { listPurposesThen, toInForce } from './purposes-then.ts';
import { emptyAnswer, needed, optional, period, standing } from './question.ts';
import type { Answer, Asking, Question, Row, Table } from './question.ts';

const releases: EntrySearch = { types: ['data.released'] };

/** Purposes of a country, each with its attributes, are fewer. */
const mostUses = 50_000;

/** Attributes of each purpose in force that no release of the last days held. */
async function listUnused(asking: Asking, since: EntrySearch): Promise<readonly Row[]> {
  const by = ['service', 'purpose', { mark: 'attribute' }] as const;
  const groups = await asking.ports.facts.groupFacts(toFactFilter(since, asking.sight), { by, limit: mostUses });
  const used = new Set(groups.map(({ keys }) => keys.join(' ')));
  return toInForce(await listPurposesThen(asking)).flatMap(({ attributes, clientId: service, id: purpose }) =>
    attributes
      .filter(({ name }) => !used.has([service, purpose, name].join(' ')))
      .map(({ name, necessity }): Row => {
        return { cells: [service, toPurposeCell(service, purpose), name, necessity], entries: { ...since, service, purpose } };
      }),
  );
}

async function answerUnused(asking: Asking): Promise<Answer> {
  const { days = 90 } = asking.values;
  const rows = await listUnused(asking, { ...releases, from: toDayStart(asking.now - days * dayMs) });
  const table: Table = {
    name: 'never-used',
    columns: [
      { name: 'service', kind: 'service' },
      { name: 'purpose', kind: 'purpose' },
      { name: 'attribute', kind: 'attribute' },
      { name: 'necessity', kind: 'word' },
    ],
    rows,
    chart: null,
    isCut: false,
  };
  return {
    ...emptyAnswer,
    figures: [{ name: 'never-used', kind: 'number', value: rows.length, mustBeZero: false, entries: null }],
    tables: [table],
  };
}

async function answerWhoHolds(asking: Asking): Promise<Answer> {
  const marks = [{ kind: 'attribute' as const, term: asking.values.attribute ?? '' }];
  const search: EntrySearch = { ...releases, ...toAsked(asking.values), marks };
  const [figure, table] = await Promise.all([
    countFigure(asking, { name: 'releases', search }),
    groupEntries(asking, {
      name: 'holders',
      search,
      by: ['service', 'purpose'],
      measures: ['count', 'people'],
      chart: { kind: 'bars', label: 'purpose', value: 'people' },
    }),
  ]);
  return { ...emptyAnswer, figures: [figure], tables: [table] };
}

const sensitive = attributeCatalogue.filter(({ sensitivity }) => sensitivity !== 'normal');

type BasisOf = (service: unknown, purpose: unknown, version: unknown) => string | null;

/** Of the very version under which something left: what the register said then. */
async function readBases({ ports, services }: Asking): Promise<BasisOf> {
  const versions = await Promise.all(services.map(async ({ service }) => ports.agencies.listPurposeVersions(service.clientId)));
  const bases = new Map(versions.flat().map((each) => [`${each.clientId} ${each.id} ${each.version}`, each.legalBasis.type]));
  return (service, purpose, version) => bases.get(`${String(service)} ${String(purpose)} ${String(version)}`) ?? null;
}

/** Sensitive attributes by purpose and basis: of a matrix, the cells that are not empty. */
async function answerSensitive(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...releases, ...toAsked(asking.values) };
  const findBasis = await readBases(asking);
  const rows = await Promise.all(
    sensitive.map(async ({ name, sensitivity }): Promise<readonly Row[]> => {
      const marks = [{ kind: 'attribute' as const, term: name }];
      const asked = {
        name: 'sensitive',
        search: { ...search, marks },
        by: ['service', 'purpose', 'version'],
        measures: ['count', 'people'],
      } as const;
      const groups = await groupEntries(asking, asked);
      return groups.rows.map((row) => {
        const [service = null, purpose = null, version = null, count = null, people = null] = row.cells;
        const basis = findBasis(service, String(purpose).split(' ').at(-1), version);
        return { ...row, cells: [name, sensitivity, basis, service, purpose, version, count, people] };
      });
    }),
  );
  const table: Table = {
    name: 'sensitive',
    columns: [
      { name: 'attribute', kind: 'attribute' },
      { name: 'sensitivity', kind: 'word' },
      { name: 'basis', kind: 'word' },
      { name: 'service', kind: 'service' },
      { name: 'purpose', kind: 'purpose' },
      { name: 'version', kind: 'number' },
      { name: 'count', kind: 'number' },
      { name: 'people', kind: 'number' },
    ],
    rows: rows.flat(),
    chart: { kind: 'bars', label: 'attribute', value: 'count' },
    isCut: false,
  };
  return { ...emptyAnswer, tables: [table] };
}

const whose = [optional('agency'), optional('service')];

export const holdingQuestions: readonly Question[] = [
  {
    name: 'approved-never-used',
    number: 8,
    rules: ['unused-approval'],
    group: 'sweep',
    needsCase: false,
    parameters: [...whose, standing('days', 90)],
    answer: answerUnused,
  },
  {
    name: 'who-holds',
    number: 9,
    rules: [],
    group: 'breach',
    needsCase: false,
    parameters: [needed('attribute'), ...whose, ...period],
    answer: answerWhoHolds,
  },
  {
    name: 'sensitive-by-basis',
    number: 10,
    rules: [],
    group: 'sweep',
    needsCase: false,
    parameters: [...whose, ...period],
    answer: answerSensitive,
  },
];
