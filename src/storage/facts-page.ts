// Pages of facts. Each alternative of a filter is walked along one index in the order of the log, and no further than the page: nothing is sorted.

import type { FactFilter, FactPage, Fact, Mark } from '../domain/audit/facts.ts';
import { readFact } from '../domain/audit/to-fact.ts';
import type { PageAsked } from '../domain/ledger/store.ts';
import type { Engine } from './engine.ts';
import { findDriver, isLedByMark, toBranches, toHeld } from './facts-lead.ts';
import type { Order } from './facts-lead.ts';
import { narrowByDays } from './facts-narrow.ts';
import { orderMarks } from './facts-reach.ts';
import { toConditions, toNumbered, join, toHoles } from './facts-where.ts';
import type { Condition, NumberedFilter } from './facts-where.ts';
import { selectEntries } from './ledger-entries.ts';
import type { Row } from './row.ts';

function toBranchText(branch: NumberedFilter, isByMark: boolean, order: Order): Condition {
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

/** Beyond so many that took so long, pages are found sooner in the order of the log. */
const mostTimed = 2000;

type Timed = { readonly timed: Condition; readonly filter: NumberedFilter };

/** What the times alone narrow, where few of them are asked for; else nothing. */
async function findTimed(reader: Pick<Engine, 'read'>, filter: NumberedFilter): Promise<Timed | undefined> {
  const times = filter.plain.filter(({ text }) => text.startsWith('f.elapsed'));
  const types = filter.lists.get('type') ?? [];
  if (times.length === 0 || types.length === 0 || filter.lists.has('person') || filter.lists.has('record')) {
    return undefined;
  }
  const timed = join([{ text: `f.type IN (${toHoles(types)}) AND f.elapsed IS NOT NULL`, values: types }, ...times]);
  const [row] = await reader.read({
    text: `SELECT count(*) AS n FROM (SELECT 1 FROM audit_facts f WHERE ${timed.text} LIMIT ?) AS timed`,
    values: [...timed.values, mostTimed + 1],
  });
  return Number(row?.['n']) > mostTimed ? undefined : { timed, filter };
}

/** Found by their times, and put in order. */
function toTimedQuery({ filter, timed }: Timed, { limit, order }: Asked): Condition {
  const others = toConditions(filter).filter(({ text }) => !text.startsWith('f.elapsed') && !text.startsWith('f.type'));
  const off = toHeld(others, []).map(({ text, values }) => ({
    text: text.startsWith('f.log_index') ? text.replaceAll('f.log_index', '+f.log_index') : text,
    values,
  }));
  const where = join([timed, ...off]);
  return {
    text: `SELECT f.log_index FROM audit_facts f WHERE ${where.text} ORDER BY +f.log_index ${order} LIMIT ?`,
    values: [...where.values, limit],
  };
}

function toRanged(numbered: NumberedFilter, { after, order }: PageAsked): NumberedFilter {
  if (after === null) {
    return numbered;
  }
  return order === 'oldest-first'
    ? { ...numbered, low: Math.max(numbered.low, after + 1) }
    : { ...numbered, high: Math.min(numbered.high, after) };
}

export async function findIndexes(
  engine: Pick<Engine, 'read' | 'dialect'>,
  filter: FactFilter,
  page: PageAsked,
): Promise<readonly number[]> {
  const order = page.order === 'oldest-first' ? 'ASC' : 'DESC';
  const { limit } = page;
  const numbered = await toNumbered(engine, filter);
  if (numbered === undefined) {
    return [];
  }
  const ranged = toRanged(numbered, page);
  const timed = await findTimed(engine, ranged);
  if (timed !== undefined) {
    return readIndexes(engine, toTimedQuery(timed, { order, limit }));
  }
  const found: number[] = [];
  for (const part of await narrowByDays(engine, filter, { numbered: ranged, order })) {
    const left = limit - found.length;
    found.push(...(left > 0 ? await readIndexes(engine, await toIndexQuery(engine, part, { order, limit: left })) : []));
  }
  return found;
}

async function readIndexes(engine: Pick<Engine, 'read'>, query: Condition): Promise<readonly number[]> {
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
