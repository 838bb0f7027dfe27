// Where a service has a detail at all: the counts of days say so without a look at the log. Neither walk of a page, along the service or along the detail, is
// short where both are frequent and hardly meet.

import { toCountryDay, toDayBegin } from '../domain/audit/country-day.ts';
import type { FactFilter } from '../domain/audit/facts.ts';
import type { Engine } from './engine.ts';
import { isUncounted } from './facts-days.ts';
import type { Order } from './facts-lead.ts';
import { findRange, pad, toHoles } from './facts-where.ts';
import type { Condition, NumberedFilter } from './facts-where.ts';

type Reader = Pick<Engine, 'read' | 'dialect'>;

type Range = Pick<NumberedFilter, 'low' | 'high'>;

/** So many days are looked through one by one; what lies behind them, together. */
const daysApart = 6;

function toDayConditions(filter: FactFilter, { lists, marks }: NumberedFilter): readonly Condition[] {
  const ofLists = (['service', 'type'] as const).flatMap((column): readonly Condition[] => {
    const values = lists.get(column);
    return values === undefined ? [] : [{ text: `d.${column} IN (${toHoles(pad(values))})`, values: pad(values) }];
  });
  return [
    { text: 'd.mark = ?', values: [marks[0] ?? 0] },
    ...(filter.from === undefined ? [] : [{ text: 'd.day >= ?', values: [toCountryDay(filter.from)] }]),
    ...(filter.to === undefined ? [] : [{ text: 'd.day <= ?', values: [toCountryDay(filter.to)] }]),
    ...ofLists,
  ];
}

/** In the order of the walk. */
async function findDays(reader: Reader, conditions: readonly Condition[], order: Order): Promise<readonly number[]> {
  const rows = await reader.read({
    text: `SELECT d.day FROM audit_days d WHERE ${conditions.map(({ text }) => text).join(' AND ')} GROUP BY d.day ORDER BY d.day ${order}`,
    values: conditions.flatMap(({ values }) => values),
  });
  return rows.map((row) => Number(row['day']));
}

const toPeriod = (days: readonly number[]) => ({ from: toDayBegin(Math.min(...days)), to: toDayBegin(Math.max(...days) + 1) });

/** Without what they share, in the order of the walk. */
function merge(ranges: readonly Range[], order: Order): readonly Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.low - b.low)) {
    const last = merged.at(-1);
    if (last !== undefined && range.low <= last.high) {
      merged.splice(-1, 1, { low: last.low, high: Math.max(last.high, range.high) });
    } else {
      merged.push(range);
    }
  }
  return order === 'ASC' ? merged : merged.toReversed();
}

/** Days hold one mark beside the service. */
function isNarrowed({ services, marks = [], personRefs, record }: FactFilter): boolean {
  return services !== undefined && personRefs === undefined && record === undefined && marks.length > 0 && !marks.some(isUncounted);
}

/** The parts of the range in which there can be any, one after the other in the order of the walk. */
export async function narrowByDays(
  reader: Reader,
  filter: FactFilter,
  { numbered, order }: { readonly numbered: NumberedFilter; readonly order: Order },
): Promise<readonly NumberedFilter[]> {
  if (!isNarrowed(filter)) {
    return [numbered];
  }
  const days = await findDays(reader, toDayConditions(filter, numbered), order);
  const apart = days.slice(0, daysApart).map((day) => [day]);
  const periods = days.length > daysApart ? [...apart, days.slice(daysApart)] : apart;
  const ranges = await Promise.all(periods.map(async (each) => findRange(reader, { ...toPeriod(each), below: numbered.high })));
  return merge(
    ranges.filter((range) => range !== undefined),
    order,
  )
    .map(({ low, high }) => ({ ...numbered, low: Math.max(low, numbered.low), high: Math.min(high, numbered.high) }))
    .filter(({ low, high }) => low < high);
}
