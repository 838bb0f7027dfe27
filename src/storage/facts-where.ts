// A filter of facts as conditions of SQL. Texts become numbers first: a text that no fact has ever had matches nothing.

import type { FactFilter } from '../domain/audit/facts.ts';
import type { Engine } from './engine.ts';
import { blockSize } from './facts-times.ts';
import type { Value } from './row.ts';

export type Condition = { readonly text: string; readonly values: readonly Value[] };

/** A filter in numbers. Lists are alternatives; `marks` all hold. */
export type NumberedFilter = {
  readonly lists: ReadonlyMap<ListColumn, readonly number[]>;
  readonly marks: readonly number[];
  readonly plain: readonly Condition[];
  /** Range of indexes, the end exclusive. */
  readonly low: number;
  readonly high: number;
};

export const listColumns = ['person', 'record', 'service', 'type', 'purpose', 'actor', 'reason', 'actor_kind', 'acted_by'] as const;
export type ListColumn = (typeof listColumns)[number];

type Reader = Pick<Engine, 'read' | 'dialect'>;

export const toHoles = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** Lists come in few lengths, so that few texts are ever prepared. */
export function pad(values: readonly number[]): readonly number[] {
  const length = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].find((each) => each >= values.length) ?? values.length;
  return [...values, ...Array.from({ length: length - values.length }, () => values.at(-1) ?? -1)];
}

async function findTerms(reader: Reader, kind: string, terms: readonly string[]): Promise<readonly number[]> {
  const found: number[] = [];
  for (const term of new Set(terms)) {
    const [row] = await reader.read({ text: 'SELECT id FROM audit_terms WHERE kind = ? AND term = ?', values: [kind, term] });
    if (row !== undefined) {
      found.push(Number(row['id']));
    }
  }
  return found;
}

function toLists(filter: FactFilter): readonly (readonly [column: ListColumn, kind: string, terms: readonly string[] | undefined])[] {
  const one = (text: string | undefined): readonly string[] | undefined => (text === undefined ? undefined : [text]);
  return [
    ['person', 'person', filter.personRefs],
    ['record', 'record', one(filter.record)],
    ['service', 'service', filter.services],
    ['type', 'type', filter.types],
    ['purpose', 'purpose', one(filter.purpose)],
    ['actor', 'actor', one(filter.actorRef)],
    ['reason', 'reason', one(filter.reason)],
    ['actor_kind', 'actor-kind', one(filter.actorKind)],
    ['acted_by', 'acted-by', one(filter.actedBy)],
  ];
}

function toPlain(filter: FactFilter): readonly Condition[] {
  const all: readonly (readonly [text: string, value: Value | undefined])[] = [
    ['f.purpose_version = ?', filter.purposeVersion],
    ['f.at >= ?', filter.from],
    ['f.at < ?', filter.to],
    ['f.elapsed < ?', filter.elapsedBelow],
    ['f.elapsed >= ?', filter.elapsedFrom],
  ];
  return all.flatMap(([text, value]) => (value === undefined ? [] : [{ text, values: [value] }]));
}

async function findBlock(reader: Reader, text: string, at: number): Promise<number | undefined> {
  const [row] = await reader.read({ text, values: [at] });
  const block = row?.['block'];
  return block === null || block === undefined ? undefined : Number(block);
}

/** The blocks whose times overlap the period, whatever clocks did. */
export async function findRange(
  reader: Reader,
  { from, to, below }: Pick<FactFilter, 'from' | 'to' | 'below'>,
): Promise<{ readonly low: number; readonly high: number } | undefined> {
  const first = from === undefined ? 0 : await findBlock(reader, 'SELECT min(block) AS block FROM audit_blocks WHERE max_at >= ?', from);
  const last = to === undefined ? undefined : await findBlock(reader, 'SELECT max(block) AS block FROM audit_blocks WHERE min_at < ?', to);
  if (first === undefined || (to !== undefined && last === undefined)) {
    return undefined;
  }
  const high = last === undefined ? below : Math.min(below, (last + 1) * blockSize);
  return high <= first * blockSize ? undefined : { low: first * blockSize, high };
}

async function findLists(reader: Reader, filter: FactFilter): Promise<ReadonlyMap<ListColumn, readonly number[]>> {
  const lists = new Map<ListColumn, readonly number[]>();
  for (const [column, kind, terms] of toLists(filter)) {
    if (terms !== undefined) {
      lists.set(column, await findTerms(reader, kind, terms));
    }
  }
  return lists;
}

/** Lists of alternatives among marks, of which one at least holds. */
async function findAny(reader: Reader, { anyAttribute }: FactFilter): Promise<readonly (readonly number[])[]> {
  return anyAttribute === undefined ? [] : [await findTerms(reader, 'attribute', anyAttribute)];
}

/** `undefined` when nothing can match. */
export async function toNumbered(reader: Reader, filter: FactFilter): Promise<NumberedFilter | undefined> {
  const range = await findRange(reader, filter);
  const lists = await findLists(reader, filter);
  const marks: number[] = [];
  for (const { kind, term } of filter.marks ?? []) {
    const [id] = await findTerms(reader, kind, [term]);
    marks.push(id ?? -1);
  }
  const any = await findAny(reader, filter);
  const isEmpty = range === undefined || marks.includes(-1) || [...lists.values(), ...any].some((values) => values.length === 0);
  return isEmpty ? undefined : { lists, marks, plain: [...toPlain(filter), ...any.map(withAny)], ...range };
}

const withMark = (term: number): Condition => ({
  text: 'EXISTS (SELECT 1 FROM audit_marks x WHERE x.term = ? AND x.log_index = f.log_index)',
  values: [term],
});

function withAny(terms: readonly number[]): Condition {
  const values = pad(terms);
  return { text: `EXISTS (SELECT 1 FROM audit_marks x WHERE x.term IN (${toHoles(values)}) AND x.log_index = f.log_index)`, values };
}

/** All conditions on `audit_facts f`. */
export function toConditions({ lists, marks, plain, low, high }: NumberedFilter): readonly Condition[] {
  const ofLists = [...lists].map(([column, values]): Condition => {
    const padded = pad(values);
    return padded.length === 1
      ? { text: `f.${column} = ?`, values: padded }
      : { text: `f.${column} IN (${toHoles(padded)})`, values: padded };
  });
  const range = { text: 'f.log_index >= ? AND f.log_index < ?', values: [low, high] };
  return [range, ...ofLists, ...plain, ...marks.map(withMark)];
}

export function join(conditions: readonly Condition[]): Condition {
  return { text: conditions.map(({ text }) => text).join(' AND '), values: conditions.flatMap(({ values }) => values) };
}
