// Entries read back: by place, by event, by filter. A missing row is simply not there; who verifies has to see it.

import type { CountAsked, Entry, EntryFilter, PageAsked } from '../domain/ledger/store.ts';
import type { Engine } from './engine.ts';
import { pad, toHoles } from './facts-where.ts';
import type { Value } from './row.ts';
import { toEntry } from './ledger-rows.ts';
import { selectFrom } from './statements.ts';
import type { Query } from './statements.ts';

const joinSecrets = 'LEFT JOIN entry_secrets ON entry_secrets.entry_id = entries.id';

export function selectEntries(engine: Engine, tail: string, values: readonly Value[]): Query<Entry> {
  const plain = selectFrom(engine.tables.entries, `${joinSecrets} ${tail}`, values);
  // The secrets stand beside the columns of the table.
  const text = plain.text.replace(' FROM entries ', ', entry_secrets.salt, entry_secrets.person_ref FROM entries ');
  return { text, values, decode: (row) => toEntry(plain.decode(row), row) };
}

/** In the order of the indexes. */
export async function readEntriesAt(engine: Engine, indexes: readonly number[]): Promise<readonly Entry[]> {
  const asked = pad(indexes);
  const query = selectEntries(engine, `WHERE entries.log_index IN (${toHoles(asked)})`, asked);
  const found = indexes.length === 0 ? [] : await readAll(engine, query);
  const entries = new Map(found.map((entry) => [entry.index, entry]));
  return indexes.map((index) => entries.get(index)).filter((entry) => entry !== undefined);
}

async function readAll(engine: Engine, query: Query<Entry>): Promise<readonly Entry[]> {
  const rows = await engine.read(query);
  return rows.map(query.decode);
}

export async function readEntriesBetween(engine: Engine, from: number, to: number): Promise<readonly Entry[]> {
  return readAll(
    engine,
    selectEntries(engine, 'WHERE entries.log_index >= ? AND entries.log_index < ? ORDER BY entries.log_index', [from, to]),
  );
}

export async function readEntryById(engine: Engine, id: string): Promise<Entry | undefined> {
  const [entry] = await readAll(engine, selectEntries(engine, 'WHERE entries.id = ? AND entries.log_index IS NOT NULL', [id]));
  return entry;
}

type Condition = readonly [text: string, value: Value | undefined];

type Where = { readonly text: string; readonly values: readonly Value[] };

/** Numbered entries of the filter, and those further conditions whose value is there. */
function toWhere(filter: EntryFilter, more: readonly Condition[]): Where {
  const conditions: readonly Condition[] = [
    ['entries.service = ?', filter.service],
    ['entries.purpose = ?', filter.purpose],
    ['entries.attributes IN (SELECT attributes FROM entry_attributes WHERE attribute = ?)', filter.attribute],
    ['entries.id IN (SELECT entry_id FROM entry_secrets WHERE person_ref = ?)', filter.personRef],
    ['entries.at >= ?', filter.from],
    ['entries.at < ?', filter.to],
    ...more,
  ];
  const asked = conditions.filter(([, value]) => value !== undefined);
  const texts = [
    'entries.log_index IS NOT NULL',
    ...asked.map(([text]) => text),
    ...toListCondition('type', filter.types),
    ...toListCondition('service', filter.services),
  ];
  return {
    text: `WHERE ${texts.join(' AND ')}`,
    values: [...asked.map(([, value]) => value ?? null), ...(filter.types ?? []), ...(filter.services ?? [])],
  };
}

function toListCondition(column: 'type' | 'service', asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined) {
    return [];
  }
  return asked.length === 0 ? ['1 = 0'] : [`entries.${column} IN (${asked.map(() => '?').join(', ')})`];
}

/** `from` and `below`: only entries of these indexes, the end exclusive. */
export type Part = { readonly from?: number; readonly below?: number; readonly order: PageAsked['order']; readonly limit: number };

/** Along the entries themselves, as far as it takes. */
export async function walkEntries(engine: Engine, filter: EntryFilter, part: Part): Promise<readonly Entry[]> {
  const where = toWhere(filter, [
    ['entries.log_index >= ?', part.from],
    ['entries.log_index < ?', part.below],
  ]);
  const tail = `${where.text} ORDER BY entries.log_index ${part.order === 'oldest-first' ? 'ASC' : 'DESC'} LIMIT ?`;
  return readAll(engine, selectEntries(engine, tail, [...where.values, part.limit]));
}

/** `from`: the first index that counts. */
export async function countMatching(
  engine: Engine,
  filter: EntryFilter,
  { below, from, limit }: CountAsked & { readonly from?: number },
): Promise<number> {
  const where = toWhere(filter, [
    ['entries.log_index >= ?', from],
    ['entries.log_index < ?', below],
  ]);
  const matching = `SELECT 1 FROM entries ${where.text}${limit === null ? '' : ' LIMIT ?'}`;
  const values = limit === null ? where.values : [...where.values, limit];
  const [row] = await engine.read({ text: `SELECT count(*) AS n FROM (${matching}) AS matching`, values });
  return Number(row?.['n'] ?? 0);
}
