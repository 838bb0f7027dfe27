// Entries counted by what they have in common; each row leads to the entries that it counts.

import { dayMs } from '../../kernel/clock.ts';
import type { FactGroup, GroupKey } from '../facts.ts';
import { isEventType } from '../../ledger/event.ts';
import { narrow, toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { toPurposeCell } from './list.ts';
import type { ColumnName, FigureName, TableName } from './names.ts';
import type { Asking, Cell, CellKind, Column, Figure, Row, Table } from './question.ts';

/** Most rows of a table of counts; what is beyond is said to be cut. */
export const rowLimit = 200;

type Key = string | number | null;

/** The country's clock has no summer time. */
const toDayStart = (day: string): number => Date.parse(`${day}T00:00:00+03:00`);

/** What a group is counted by: its column, how its key stands in the cell, and what narrows a search to it. */
type Dimension = {
  readonly by: GroupKey;
  readonly column: Column;
  /** Null where entries are not searched by it. */
  readonly toSearch: (key: Key) => EntrySearch | null;
};

const text = (key: Key): string => String(key ?? '');

const column = (name: ColumnName, kind: CellKind): Column => ({ name, kind });

/** A key that is null names nothing that a search could be narrowed by. */
const by = (name: ColumnName, kind: CellKind, dimension: Omit<Dimension, 'column'>): Dimension => ({
  column: column(name, kind),
  by: dimension.by,
  toSearch: (key) => (key === null ? null : dimension.toSearch(key)),
});

export const dimensions = {
  type: by('type', 'type', {
    by: 'type',
    toSearch: (key) => {
      const type = text(key);
      return isEventType(type) ? { types: [type] } : {};
    },
  }),
  service: by('service', 'service', { by: 'service', toSearch: (key) => ({ service: text(key) }) }),
  purpose: by('purpose', 'purpose', { by: 'purpose', toSearch: (key) => ({ purpose: text(key) }) }),
  version: by('version', 'number', { by: 'purposeVersion', toSearch: (key) => ({ purposeVersion: Number(key) }) }),
  reason: by('reason', 'code', { by: 'reason', toSearch: (key) => ({ reason: text(key) }) }),
  actedBy: by('acted-by', 'word', { by: 'actedBy', toSearch: () => null }),
  hour: by('hour', 'number', { by: 'hour', toSearch: () => null }),
  actor: by('actor', 'actor', { by: 'actor', toSearch: (key) => ({ actor: text(key) }) }),
  person: by('person', 'person', { by: 'person', toSearch: (key) => ({ person: text(key) }) }),
  day: by('day', 'day', { by: 'day', toSearch: (key) => ({ from: toDayStart(text(key)), to: toDayStart(text(key)) + dayMs }) }),
  attribute: by('attribute', 'attribute', {
    by: { mark: 'attribute' },
    toSearch: (key) => ({ marks: [{ kind: 'attribute', term: text(key) }] }),
  }),
  declined: by('attribute', 'attribute', {
    by: { mark: 'declined' },
    toSearch: (key) => ({ marks: [{ kind: 'declined', term: text(key) }] }),
  }),
  basis: by('basis', 'word', { by: { mark: 'basis' }, toSearch: (key) => ({ marks: [{ kind: 'basis', term: text(key) }] }) }),
  flaw: by('flaw', 'word', { by: { mark: 'flaw' }, toSearch: (key) => ({ marks: [{ kind: 'flaw', term: text(key) }] }) }),
  notice: by('notice', 'code', { by: { mark: 'notice' }, toSearch: (key) => ({ marks: [{ kind: 'notice', term: text(key) }] }) }),
  device: by('device', 'code', { by: { mark: 'device' }, toSearch: (key) => ({ marks: [{ kind: 'device', term: text(key) }] }) }),
} as const satisfies Record<string, Dimension>;
export type DimensionName = keyof typeof dimensions;

type Measure = 'count' | 'people' | 'min' | 'median' | 'p95' | 'max';

const measureKinds = { count: 'number', people: 'number', min: 'millis', median: 'millis', p95: 'millis', max: 'millis' } as const;

function measure(group: FactGroup, name: Measure): number | null {
  if (name === 'count') {
    return group.count;
  }
  return name === 'people' ? (group.people ?? null) : (group.elapsed?.[name] ?? null);
}

export type GroupAsked = {
  readonly name: TableName;
  readonly search: EntrySearch;
  readonly by: readonly DimensionName[];
  readonly measures: readonly Measure[];
  readonly chart?: Table['chart'];
};

function toSearch(asking: Asking, dimension: Dimension, key: Key): EntrySearch | null {
  return dimension.toSearch(dimension.by === 'person' ? asking.toPerson(key === null ? null : text(key)) : key);
}

type Grouped = { readonly keys: readonly Key[]; readonly by: readonly DimensionName[] };

const keyOf = ({ keys, by: names }: Grouped, name: DimensionName): string | null => {
  const key = keys[names.indexOf(name)] ?? null;
  return key === null ? null : text(key);
};

const readers: { readonly [Name in DimensionName]?: (asking: Asking, grouped: Grouped) => Cell } = {
  purpose: (_, grouped) => toPurposeCell(keyOf(grouped, 'service'), keyOf(grouped, 'purpose')),
  person: ({ toPerson }, grouped) => toPerson(keyOf(grouped, 'person')),
  day: (_, grouped) => {
    const day = keyOf(grouped, 'day');
    return day === null ? null : toDayStart(day);
  },
};

function toCell(asking: Asking, name: DimensionName, grouped: Grouped): Cell {
  const read = readers[name];
  return read === undefined ? (grouped.keys[grouped.by.indexOf(name)] ?? null) : read(asking, grouped);
}

export function toRow(asking: Asking, asked: GroupAsked, group: FactGroup): Row {
  const own = asked.by.map((name, at) => toSearch(asking, dimensions[name], group.keys[at] ?? null));
  const keys = { keys: group.keys, by: asked.by };
  return {
    cells: [...asked.by.map((name) => toCell(asking, name, keys)), ...asked.measures.map((name) => measure(group, name))],
    entries: own.every((each) => each !== null) ? own.reduce(narrow, asked.search) : null,
  };
}

type GroupsAsked = Pick<GroupAsked, 'search' | 'by' | 'measures'> & { readonly limit?: number };

/** The largest groups first, one more than a table holds if there is no `limit`. */
export async function readGroups(asking: Asking, asked: GroupsAsked): Promise<readonly FactGroup[]> {
  const { search, measures } = asked;
  return asking.ports.facts.groupFacts(toFactFilter(search, asking.sight), {
    by: asked.by.map((name) => dimensions[name].by),
    ...(measures.includes('people') ? { people: true as const } : {}),
    ...(measures.some((name) => name !== 'count' && name !== 'people') ? { elapsed: true as const } : {}),
    limit: asked.limit ?? rowLimit + 1,
  });
}

export function toColumns({ by: names, measures }: Pick<GroupAsked, 'by' | 'measures'>): readonly Column[] {
  return [...names.map((name) => dimensions[name].column), ...measures.map((name) => ({ name, kind: measureKinds[name] }))];
}

/** Days follow each other, of whatever else there is; a day is written so that its text is in order. */
function inOrder(groups: readonly FactGroup[], [first]: readonly DimensionName[]): readonly FactGroup[] {
  return first === 'day' ? groups.toSorted((left, right) => text(left.keys[0] ?? null).localeCompare(text(right.keys[0] ?? null))) : groups;
}

/** Days in their order, anything else the largest group first; where not all have room, the largest have. */
export async function groupEntries(asking: Asking, asked: GroupAsked): Promise<Table> {
  const groups = (await readGroups(asking, asked)).toSorted((left, right) => right.count - left.count);
  return {
    name: asked.name,
    columns: toColumns(asked),
    rows: inOrder(groups.slice(0, rowLimit), asked.by).map((group) => toRow(asking, asked, group)),
    chart: asked.chart ?? null,
    isCut: groups.length > rowLimit,
  };
}

type FigureAsked = { readonly name: FigureName; readonly search: EntrySearch; readonly mustBeZero?: true };

export async function countFigure(asking: Asking, { name, search, mustBeZero }: FigureAsked): Promise<Figure> {
  const value = await asking.ports.facts.countFacts(toFactFilter(search, asking.sight), null);
  // Of no type at all there are no entries to lead to.
  const entries = search.types?.length === 0 ? null : search;
  return { name, kind: 'number', value, mustBeZero: mustBeZero === true, entries };
}
