// Pages of facts. Each alternative of a filter is walked along one index in the order of the log, and no further than the page: nothing is sorted.

import type { FactFilter, FactPage, Fact, Mark } from '../domain/audit/facts.ts';
import { readFact } from '../domain/audit/to-fact.ts';
import type { PageAsked } from '../domain/ledger/store.ts';
import type { Engine } from './engine.ts';
import { findColumnReach, orderMarks } from './facts-reach.ts';
import type { Reached, Walk } from './facts-reach.ts';
import { toConditions, toNumbered, join, toHoles } from './facts-where.ts';
import type { Condition, ListColumn, NumberedFilter } from './facts-where.ts';
import { selectEntries } from './ledger-entries.ts';
import type { Row } from './row.ts';

/** More alternatives than this are filtered along the log itself. */
const mostBranches = 32;

/** What leads to few facts comes first. `null`: the log itself. */
const drivers: readonly (readonly ListColumn[])[] = [['person'], ['record'], ['actor'], ['service', 'type'], ['service'], ['type']];

type Branch = NumberedFilter;

/** Every combination of the lists that an index can begin with, so that each is one value. */
function toBranches(filter: NumberedFilter): readonly Branch[] {
  let branches: readonly Branch[] = [filter];
  for (const column of ['person', 'record', 'actor', 'service', 'type'] as const) {
    const values = filter.lists.get(column);
    if (values !== undefined) {
      branches = branches.flatMap((branch) => values.map((value) => ({ ...branch, lists: new Map([...branch.lists, [column, [value]]]) })));
    }
  }
  return branches.length <= mostBranches ? branches : [filter];
}

function findDriver({ lists }: Branch): readonly ListColumn[] {
  return drivers.find((columns) => columns.every((column) => lists.get(column)?.length === 1)) ?? [];
}

/** A plus before a column keeps both databases from its index. */
function toHeld(conditions: readonly Condition[], driver: readonly ListColumn[]): readonly Condition[] {
  return conditions.map(({ text, values }) => {
    const column = /^f\.(\w+) (?:=|IN)/.exec(text)?.[1];
    const isLed = column === undefined || driver.some((each) => each === column);
    return { text: isLed ? text : `+${text}`, values };
  });
}

type Order = Walk['order'];

/** Marks are in the order of their rarity, the rarest first; whether it leads to fewer facts than the columns do. */
async function isLedByMark(reader: Pick<Engine, 'read'>, branch: Branch, { rarest, order }: Rarest): Promise<boolean> {
  const driver = findDriver(branch);
  if (rarest === undefined || driver.some((column) => ['person', 'record'].includes(column))) {
    return false;
  }
  const columns = driver.flatMap((column) => (branch.lists.get(column) ?? []).map((value) => [column, value] as const));
  return rarest.reach >= (await findColumnReach(reader, columns, { ...branch, order }));
}

type Rarest = { readonly rarest: Reached | undefined; readonly order: Order };

function toBranchText(branch: Branch, isByMark: boolean, order: Order): Condition {
  const [mark, ...others] = branch.marks;
  const driver = findDriver(branch);
  if (mark !== undefined && isByMark) {
    const { text, values } = join(toHeld(toConditions({ ...branch, marks: others }).slice(1), []));
    const more = text === '' ? '' : ` AND ${text}`;
    return {
      text: `SELECT m.log_index FROM audit_marks m CROSS JOIN audit_facts f WHERE m.term = ? AND m.log_index >= ? AND m.log_index < ?
        AND f.log_index = m.log_index${more} ORDER BY m.log_index ${order} LIMIT ?`,
      values: [mark, branch.low, branch.high, ...values],
    };
  }
  const { text, values } = join(toHeld(toConditions(branch), driver));
  return { text: `SELECT f.log_index FROM audit_facts f WHERE ${text} ORDER BY f.log_index ${order} LIMIT ?`, values };
}

type Asked = { readonly order: Order; readonly limit: number };

async function toIndexQuery(reader: Pick<Engine, 'read'>, filter: NumberedFilter, { order, limit }: Asked): Promise<Condition> {
  const reached = filter.marks.length === 0 ? [] : await orderMarks(reader, filter.marks, { ...filter, order });
  const branches: Condition[] = [];
  for (const branch of toBranches({ ...filter, marks: reached.map(({ mark }) => mark) })) {
    branches.push(toBranchText(branch, await isLedByMark(reader, branch, { rarest: reached[0], order }), order));
  }
  const texts = branches.map(({ text }, place) => `SELECT log_index FROM (${text}) AS b${place}`);
  return {
    text: `${texts.join(' UNION ALL ')} ORDER BY log_index ${order} LIMIT ?`,
    values: [...branches.flatMap(({ values }) => [...values, limit]), limit],
  };
}

export async function findIndexes(
  engine: Pick<Engine, 'read' | 'dialect'>,
  filter: FactFilter,
  page: PageAsked,
): Promise<readonly number[]> {
  const isOldest = page.order === 'oldest-first';
  const numbered = await toNumbered(engine, filter);
  if (numbered === undefined) {
    return [];
  }
  const { after } = page;
  const low = isOldest && after !== null ? Math.max(numbered.low, after + 1) : numbered.low;
  const high = !isOldest && after !== null ? Math.min(numbered.high, after) : numbered.high;
  const query = await toIndexQuery(engine, { ...numbered, low, high }, { order: isOldest ? 'ASC' : 'DESC', limit: page.limit });
  return (await engine.read(query)).map((row) => Number(row['log_index']));
}

async function readRows(engine: Engine, text: string, indexes: readonly number[]): Promise<ReadonlyMap<number, readonly Row[]>> {
  const rows = indexes.length === 0 ? [] : await engine.read({ text: text.replace('(?)', `(${toHoles(indexes)})`), values: indexes });
  return Map.groupBy(rows, (row) => Number(row['log_index']));
}

const selectFlaws = `SELECT m.log_index, t.term FROM audit_terms t CROSS JOIN audit_marks m WHERE t.kind = 'flaw' AND m.term = t.id AND m.log_index IN (?)`;
const selectKept = 'SELECT f.log_index, f.elapsed, f.person FROM audit_facts f WHERE f.log_index IN (?)';

const toNumberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/**
 * In the order of the indexes. Marks are read from the entry again; flaws and times are what the projection found. Whom it no longer names is not read from an
 * entry whose secret waits to be destroyed.
 */
export async function readFactsAt(engine: Engine, indexes: readonly number[]): Promise<readonly Fact[]> {
  const query = selectEntries(engine, `WHERE entries.log_index IN (${toHoles(indexes)})`, indexes);
  const entries = indexes.length === 0 ? [] : (await engine.read(query)).map(query.decode);
  const flaws = await readRows(engine, selectFlaws, indexes);
  const kept = await readRows(engine, selectKept, indexes);
  const facts = new Map(
    entries.map((entry): readonly [number, Fact] => {
      const read = readFact(entry);
      const fact = read.isReadable ? read.fact : { ...read.fact, marks: [] };
      const found = (flaws.get(entry.index) ?? []).map((row): Mark => ({ kind: 'flaw', term: String(row['term']) }));
      const row = kept.get(entry.index)?.[0];
      const personRef = toNumberOrNull(row?.['person']) === null ? null : fact.personRef;
      return [entry.index, { ...fact, personRef, elapsed: toNumberOrNull(row?.['elapsed']), marks: [...fact.marks, ...found] }];
    }),
  );
  return indexes.map((index) => facts.get(index)).filter((fact) => fact !== undefined);
}

export async function readFacts(engine: Engine, filter: FactFilter, page: PageAsked): Promise<FactPage> {
  const found = await findIndexes(engine, filter, { ...page, limit: page.limit + 1 });
  const facts = await readFactsAt(engine, found.slice(0, page.limit));
  return { facts, next: found.length > page.limit ? (facts.at(-1)?.index ?? null) : null };
}

export async function countFacts(engine: Engine, filter: FactFilter, limit: number | null): Promise<number> {
  if (limit !== null) {
    return (await findIndexes(engine, filter, { order: 'oldest-first', after: null, limit })).length;
  }
  const numbered = await toNumbered(engine, filter);
  if (numbered === undefined) {
    return 0;
  }
  const { text, values } = join(toConditions(numbered));
  const [row] = await engine.read({ text: `SELECT count(*) AS n FROM audit_facts f WHERE ${text}`, values });
  return Number(row?.['n'] ?? 0);
}
