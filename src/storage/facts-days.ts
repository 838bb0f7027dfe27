// Counts of whole days, added up. Right only for what they hold: see `isOfDays`.

import { countryOffsetMs, toCountryDay, toDayStart } from '../domain/audit/country-day.ts';
import type { FactFilter, GroupAsked, GroupKey, Mark } from '../domain/audit/facts.ts';
import { dayMs } from '../domain/kernel/clock.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import { findProjected } from './project-facts.ts';
import type { Dialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import { blockSize } from './facts-times.ts';
import { pad, toHoles, toNumbered } from './facts-where.ts';
import type { Condition, NumberedFilter } from './facts-where.ts';
import type { Row } from './row.ts';

/** Beyond so many entries after the asked state, taking them off again costs more than counting a day of it. */
const mostToTakeOff = 2000;

const months: Readonly<Record<Dialect, string>> = {
  sqlite: `strftime('%Y-%m', d.day * 86400, 'unixepoch')`,
  postgres: `to_char(to_timestamp(d.day * 86400) AT TIME ZONE 'UTC', 'YYYY-MM')`,
};

type DayKey = 'type' | 'service' | 'purpose' | 'purposeVersion' | 'day' | 'month';

const plainKeys: readonly GroupKey[] = ['type', 'service', 'purpose', 'purposeVersion', 'day', 'month'];

const isDayStart = (at: number | undefined): boolean => at === undefined || (at + countryOffsetMs) % dayMs === 0;

const uncounted = new Set(['browser', 'case']);

export const isUncounted = ({ kind }: Pick<Mark, 'kind'>): boolean => uncounted.has(kind);

/** Days hold types, services, purposes and one mark: at most one mark may be asked for, and periods of whole days. */
export function isOfDays(filter: FactFilter, asked: GroupAsked): boolean {
  const {
    types: _types,
    services: _services,
    purpose: _purpose,
    purposeVersion: _version,
    below: _below,
    from,
    to,
    marks,
    ...others
  } = filter;
  const kinds = [...asked.by.flatMap((key) => (typeof key === 'string' ? [] : [key.mark])), ...(marks ?? []).map(({ kind }) => kind)];
  return [
    Object.values(others).every((value) => value === undefined),
    asked.people !== true,
    asked.elapsed !== true,
    kinds.length <= 1,
    !kinds.some((kind) => uncounted.has(kind)),
    asked.by.every((key) => typeof key !== 'string' || plainKeys.includes(key)),
    isDayStart(from),
    isDayStart(to),
  ].every(Boolean);
}

type Days = { readonly filter: FactFilter; readonly numbered: NumberedFilter; readonly asked: GroupAsked };

function toConditions({ filter, numbered, asked }: Days): readonly Condition[] {
  const [mark] = numbered.marks;
  const kind = asked.by.find((key) => typeof key !== 'string');
  const ofLists = (['service', 'type', 'purpose'] as const).flatMap((column): readonly Condition[] => {
    const values = numbered.lists.get(column);
    return values === undefined ? [] : [{ text: `d.${column} IN (${toHoles(pad(values))})`, values: pad(values) }];
  });
  const days: readonly Condition[] = [
    ...(filter.from === undefined ? [] : [{ text: 'd.day >= ?', values: [toCountryDay(filter.from)] }]),
    ...(filter.to === undefined ? [] : [{ text: 'd.day < ?', values: [toCountryDay(filter.to)] }]),
    ...(filter.purposeVersion === undefined ? [] : [{ text: 'd.purpose_version = ?', values: [filter.purposeVersion] }]),
  ];
  const ofMark = kind === undefined ? [{ text: 'd.mark = ?', values: [mark ?? 0] }] : [];
  return [...days, ...ofLists, ...ofMark];
}

function toExpression(dialect: Dialect, key: GroupKey): string {
  if (typeof key !== 'string') {
    return 't.id';
  }
  const expressions: Readonly<Record<DayKey, string>> = {
    type: 'd.type',
    service: 'NULLIF(d.service, 0)',
    purpose: 'NULLIF(d.purpose, 0)',
    purposeVersion: 'NULLIF(d.purpose_version, 0)',
    day: 'd.day',
    month: months[dialect],
  };
  const known = new Map<string, string>(Object.entries(expressions));
  return known.get(key) ?? 'NULL';
}

async function readDays(engine: Engine, days: Days): Promise<readonly Row[]> {
  const { by } = days.asked;
  const kind = by.find((key) => typeof key !== 'string');
  const keys = by.map((key) => toExpression(engine.dialect, key));
  const conditions = toConditions(days);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map(({ text }) => text).join(' AND ')}`;
  const terms = typeof kind === 'object' ? ' JOIN audit_terms t ON t.id = d.mark AND t.kind = ?' : '';
  const groups = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
  return engine.read({
    text: `SELECT ${[...keys.map((key, place) => `${key} AS k${place}`), 'sum(d.n) AS n'].join(', ')} FROM audit_days d${terms}${where}${groups}`,
    values: [...(typeof kind === 'object' ? [kind.mark] : []), ...conditions.flatMap(({ values }) => values)],
  });
}

/** Names the group of a row by its keys. */
export const toRowKey = (row: Row, by: readonly GroupKey[]): string => JSON.stringify(by.map((_key, place) => String(row[`k${place}`])));

const inOrder = (by: readonly GroupKey[]) => (a: Row, b: Row) =>
  Number(b['n']) - Number(a['n']) ||
  by.map((_key, place) => compare(a[`k${place}`], b[`k${place}`])).find((difference) => difference !== 0) ||
  0;

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return a < b ? -1 : Number(a > b);
  }
  return Number(a ?? -1) - Number(b ?? -1);
}

type Count = (filter: NumberedFilter) => Promise<readonly Row[]>;

/** Counts of both, of groups that stand in either. `sign`: -1 takes the second off. */
function addUp(counted: readonly Row[], more: readonly Row[], { by, sign }: Pick<GroupAsked, 'by'> & { readonly sign: 1 | -1 }) {
  const counts = new Map(counted.map((row) => [toRowKey(row, by), row]));
  for (const row of more) {
    const key = toRowKey(row, by);
    const known = counts.get(key);
    counts.set(key, { ...(known ?? row), n: Number(known?.['n'] ?? 0) + sign * Number(row['n']) });
  }
  return [...counts.values()];
}

/** The first day of which anything came after this state: of the days before it, whole days hold nothing else. */
async function findLastDay(engine: Engine, below: number): Promise<Millis> {
  const [row] = await engine.read({
    text: 'SELECT min(min_at) AS at FROM audit_blocks WHERE block >= ?',
    values: [Math.floor(below / blockSize)],
  });
  return toDayStart(Number(row?.['at'] ?? 0));
}

/** Of a state long past: whole days, and what was there of the days after them. */
async function countAsItStood(engine: Engine, days: Days, count: Count): Promise<readonly Row[]> {
  const { asked, filter, numbered } = days;
  const { from = -Infinity, to = Infinity } = filter;
  const lastDay = await findLastDay(engine, filter.below);
  if (lastDay <= from) {
    return count(numbered);
  }
  const whole = await readDays(engine, { ...days, filter: { ...filter, to: Math.min(lastDay, to) } });
  const rest = lastDay < to ? await toNumbered(engine, { ...filter, from: lastDay }) : undefined;
  return rest === undefined ? whole : addUp(whole, await count(rest), { by: asked.by, sign: 1 });
}

/** `count` counts the same groups over a range of facts. */
export async function countByDays(engine: Engine, days: Days, count: Count): Promise<readonly Row[]> {
  const { asked, filter, numbered } = days;
  const size = await findProjected(engine);
  const countNew = async (): Promise<readonly Row[]> => {
    const later = filter.below < size ? await count({ ...numbered, low: filter.below, high: size }) : [];
    return addUp(await readDays(engine, days), later, { by: asked.by, sign: -1 });
  };
  const counted = size - filter.below > mostToTakeOff ? await countAsItStood(engine, days, count) : await countNew();
  return counted
    .filter((row) => Number(row['n']) > 0)
    .toSorted(inOrder(asked.by))
    .slice(0, asked.limit);
}
