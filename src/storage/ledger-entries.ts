// Entries read back: by place, by event, by filter. A missing row is simply not there; who verifies has to see it.

import type { CountAsked, Entry, EntryFilter, EntryPage, PageAsked } from '../domain/ledger/store.ts';
import type { Engine } from './engine.ts';
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

export async function readPage(engine: Engine, filter: EntryFilter, page: PageAsked): Promise<EntryPage> {
  const isOldest = page.order === 'oldest-first';
  const where = toWhere(filter, [[isOldest ? 'entries.log_index > ?' : 'entries.log_index < ?', page.after ?? undefined]]);
  const tail = `${where.text} ORDER BY entries.log_index ${isOldest ? 'ASC' : 'DESC'} LIMIT ?`;
  const found = await readAll(engine, selectEntries(engine, tail, [...where.values, page.limit + 1]));
  const entries = found.slice(0, page.limit);
  return { entries, next: found.length > page.limit ? (entries.at(-1)?.index ?? null) : null };
}

export async function countMatching(engine: Engine, filter: EntryFilter, { below, limit }: CountAsked): Promise<number> {
  const where = toWhere(filter, [['entries.log_index < ?', below]]);
  const matching = `SELECT 1 FROM entries ${where.text}${limit === null ? '' : ' LIMIT ?'}`;
  const values = limit === null ? where.values : [...where.values, limit];
  const [row] = await engine.read({ text: `SELECT count(*) AS n FROM (${matching}) AS matching`, values });
  return Number(row?.['n'] ?? 0);
}
