// Facts counted by groups. Where the counts of whole days give the same answer they are added up; what was appended after the asked state is taken off again.

import { countryOffsetMs, toDayText } from '../domain/audit/country-day.ts';
import type { ElapsedSpread, FactFilter, FactGroup, GroupAsked, GroupKey } from '../domain/audit/facts.ts';
import { dayMs } from '../domain/kernel/clock.ts';
import type { Dialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import { countByDays, isOfDays, toRowKey } from './facts-days.ts';
import { findIndexes } from './facts-page.ts';
import { toCountSource } from './facts-lead.ts';
import { toHoles, toNumbered } from './facts-where.ts';
import type { NumberedFilter } from './facts-where.ts';
import type { Row, Value } from './row.ts';

const shifted = `(f.at + ${countryOffsetMs})`;

const months: Readonly<Record<Dialect, string>> = {
  sqlite: `strftime('%Y-%m', ${shifted} / 1000, 'unixepoch')`,
  postgres: `to_char(to_timestamp(${shifted} / 1000) AT TIME ZONE 'UTC', 'YYYY-MM')`,
};

type PlainKey = Extract<GroupKey, string>;

/** Keys that are numbers of terms are read back as their texts. */
const termKeys: ReadonlySet<GroupKey> = new Set<GroupKey>(['type', 'service', 'purpose', 'reason', 'actor', 'actedBy', 'record', 'person']);

const toExpressions = (dialect: Dialect): Readonly<Record<PlainKey, string>> => ({
  type: 'f.type',
  service: 'f.service',
  purpose: 'f.purpose',
  purposeVersion: 'f.purpose_version',
  reason: 'f.reason',
  actor: 'f.actor',
  actedBy: 'f.acted_by',
  record: 'f.record',
  person: 'f.person',
  hour: `${shifted} / 3600000 % 24`,
  day: `${shifted} / ${dayMs}`,
  month: months[dialect],
});

type Source = { readonly joins: string; readonly values: readonly Value[]; readonly keys: readonly string[] };

function toSource({ dialect }: Pick<Engine, 'dialect'>, by: readonly GroupKey[]): Source {
  const expressions = toExpressions(dialect);
  const kinds: string[] = [];
  const keys = by.map((key) => {
    if (typeof key === 'string') {
      return expressions[key];
    }
    kinds.push(key.mark);
    return `t${kinds.length}.id`;
  });
  const joins = kinds.map(
    (_kind, place) =>
      ` JOIN audit_marks m${place + 1} ON m${place + 1}.log_index = f.log_index JOIN audit_terms t${place + 1} ON t${place + 1}.id = m${place + 1}.term AND t${place + 1}.kind = ?`,
  );
  return { joins: joins.join(''), values: kinds, keys };
}

const toKeyList = (keys: readonly string[]): readonly string[] => keys.map((key, place) => `${key} AS k${place}`);
const toPlaces = (keys: readonly string[]): readonly string[] => keys.map((_key, place) => `k${place}`);

/** Nothing where there is nothing to list. */
const clause = (word: string, list: readonly string[]): string => (list.length === 0 ? '' : `${word} ${list.join(', ')}`);

type Counted = { readonly numbered: NumberedFilter; readonly asked: GroupAsked };

async function countByFacts(engine: Engine, { asked, numbered }: Counted): Promise<readonly Row[]> {
  const { joins, keys, values } = toSource(engine, asked.by);
  const { from, where } = await toCountSource(engine, numbered);
  const people = asked.people === true ? ['count(DISTINCT f.person) AS people'] : [];
  const rows = await engine.read({
    text: `SELECT ${[...toKeyList(keys), 'count(*) AS n', ...people].join(', ')} FROM ${from}${joins} WHERE ${where.text} ${clause('GROUP BY', keys)}
      ORDER BY ${['n DESC', ...toPlaces(keys)].join(', ')} LIMIT ?`,
    values: [...values, ...where.values, asked.limit],
  });
  return rows.filter((row) => Number(row['n']) > 0);
}

/** Nearest rank: the smallest time that the given share of all does not exceed. */
const rank = (share: number): string => `max(CASE WHEN place = CAST(ceil(${share} * total) AS bigint) THEN elapsed END)`;

const measures = `min(elapsed) AS least, max(elapsed) AS most, ${rank(0.5)} AS median, ${rank(0.95)} AS p95`;

async function readSpreads(engine: Engine, { asked, numbered }: Counted): Promise<ReadonlyMap<string, ElapsedSpread>> {
  const { joins, keys, values } = toSource(engine, asked.by);
  const { from, where } = await toCountSource(engine, numbered);
  const over = clause('PARTITION BY', keys);
  const columns = [
    ...toKeyList(keys),
    'f.elapsed',
    `row_number() OVER (${over} ORDER BY f.elapsed) AS place`,
    `count(*) OVER (${over}) AS total`,
  ];
  const rows = await engine.read({
    text: `SELECT ${[...toPlaces(keys), measures].join(', ')} FROM (
      SELECT ${columns.join(', ')} FROM ${from}${joins} WHERE ${where.text} AND f.elapsed IS NOT NULL) AS timed ${clause('GROUP BY', toPlaces(keys))}`,
    values: [...values, ...where.values],
  });
  return new Map(
    rows
      .filter((row) => row['least'] !== null)
      .map((row) => [
        toRowKey(row, asked.by),
        { min: Number(row['least']), median: Number(row['median']), p95: Number(row['p95']), max: Number(row['most']) },
      ]),
  );
}

async function readTerms(engine: Engine, rows: readonly Row[], by: readonly GroupKey[]): Promise<ReadonlyMap<number, string>> {
  const places = by.flatMap((key, place) => (typeof key !== 'string' || termKeys.has(key) ? [place] : []));
  const ids = new Set(rows.flatMap((row) => places.map((place) => row[`k${place}`])).filter((id) => id !== null && id !== undefined));
  const terms = new Map<number, string>();
  const all = [...ids].map(Number);
  for (let from = 0; from < all.length; from += 256) {
    const group = all.slice(from, from + 256);
    const found = await engine.read({ text: `SELECT id, term FROM audit_terms WHERE id IN (${toHoles(group)})`, values: group });
    found.forEach((row) => terms.set(Number(row['id']), String(row['term'])));
  }
  return terms;
}

const toPlainKey = (key: GroupKey, value: number): string | number => (key === 'day' ? toDayText(value) : value);

function toKey(key: GroupKey, value: unknown, terms: ReadonlyMap<number, string>): string | number | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof key !== 'string' || termKeys.has(key)) {
    return terms.get(Number(value)) ?? null;
  }
  if (typeof value === 'string' && key === 'month') {
    return value;
  }
  return toPlainKey(key, Number(value));
}

export async function groupFacts(engine: Engine, filter: FactFilter, asked: GroupAsked): Promise<readonly FactGroup[]> {
  const numbered = await toNumbered(engine, filter);
  if (numbered === undefined) {
    return [];
  }
  const rows = isOfDays(filter, asked)
    ? await countByDays(engine, { filter, numbered, asked }, (after) =>
        countByFacts(engine, { numbered: after, asked: { ...asked, limit: Number.MAX_SAFE_INTEGER } }),
      )
    : await countByFacts(engine, { numbered, asked });
  const spreads = asked.elapsed === true ? await readSpreads(engine, { numbered, asked }) : new Map<string, ElapsedSpread>();
  const terms = await readTerms(engine, rows, asked.by);
  return rows.map((row) => ({
    keys: asked.by.map((key, place) => toKey(key, row[`k${place}`], terms)),
    count: Number(row['n']),
    ...(asked.people === true ? { people: Number(row['people']) } : {}),
    ...(asked.elapsed === true ? { elapsed: spreads.get(toRowKey(row, asked.by)) ?? null } : {}),
  }));
}

export async function countFacts(engine: Engine, filter: FactFilter, limit: number | null): Promise<number> {
  if (limit !== null) {
    return (await findIndexes(engine, filter, { order: 'oldest-first', after: null, limit })).length;
  }
  const [all] = await groupFacts(engine, filter, { by: [], limit: 1 });
  return all?.count ?? 0;
}
