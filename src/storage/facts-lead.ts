// By which index facts of a filter are found: a mark, columns, or the log itself, whichever leads to the fewest.

import type { Engine } from './engine.ts';
import { findColumnReach, orderMarks } from './facts-reach.ts';
import type { Reached, Walk } from './facts-reach.ts';
import { join, toConditions } from './facts-where.ts';
import type { Condition, ListColumn, NumberedFilter } from './facts-where.ts';

/** More alternatives than this are filtered along the log itself. */
const mostBranches = 32;

/** What leads to few facts comes first. `null`: the log itself. */
const drivers: readonly (readonly ListColumn[])[] = [['person'], ['record'], ['actor'], ['service', 'type'], ['service'], ['type']];

/** Every combination of the lists that an index can begin with, so that each is one value. */
export function toBranches(filter: NumberedFilter): readonly NumberedFilter[] {
  let branches: readonly NumberedFilter[] = [filter];
  for (const column of ['person', 'record', 'actor', 'service', 'type'] as const) {
    const values = filter.lists.get(column);
    if (values !== undefined) {
      branches = branches.flatMap((branch) => values.map((value) => ({ ...branch, lists: new Map([...branch.lists, [column, [value]]]) })));
    }
  }
  return branches.length <= mostBranches ? branches : [filter];
}

export function findDriver({ lists }: NumberedFilter): readonly ListColumn[] {
  return drivers.find((columns) => columns.every((column) => lists.get(column)?.length === 1)) ?? [];
}

/** A plus before a column keeps both databases from its index. */
export function toHeld(conditions: readonly Condition[], driver: readonly ListColumn[]): readonly Condition[] {
  return conditions.map(({ text, values }) => {
    const column = /^f\.(\w+) (?:=|IN)/.exec(text)?.[1];
    const isLed = column === undefined || driver.some((each) => each === column);
    return { text: isLed ? text : `+${text}`, values };
  });
}

export type Order = Walk['order'];

type Rarest = { readonly rarest: Reached | undefined; readonly order: Order };

/** Marks are in the order of their rarity, the rarest first; whether it leads to fewer facts than the columns do. */
export async function isLedByMark(reader: Pick<Engine, 'read'>, branch: NumberedFilter, { rarest, order }: Rarest): Promise<boolean> {
  const driver = findDriver(branch);
  if (rarest === undefined || driver.some((column) => ['person', 'record'].includes(column))) {
    return false;
  }
  const columns = driver.flatMap((column) => (branch.lists.get(column) ?? []).map((value) => [column, value] as const));
  return rarest.reach >= (await findColumnReach(reader, columns, { ...branch, order }));
}

export type CountSource = { readonly from: string; readonly where: Condition };

/** How many there are of a thousandth of the log, told by how far a thousand reach. */
async function findDensity(reader: Pick<Engine, 'read'>, branch: NumberedFilter): Promise<number> {
  const driver = findDriver(branch);
  const columns = driver.flatMap((column) => (branch.lists.get(column) ?? []).map((value) => [column, value] as const));
  return 1 / (await findColumnReach(reader, columns, { ...branch, order: 'ASC' }));
}

async function isCountedByMark(reader: Pick<Engine, 'read'>, filter: NumberedFilter, { reach }: Reached): Promise<boolean> {
  if (filter.lists.has('person') || filter.lists.has('record')) {
    return false;
  }
  let density = 0;
  for (const branch of toBranches(filter)) {
    density += await findDensity(reader, branch);
  }
  return 1 / reach <= density;
}

/** Everything that matches, for counting. */
export async function toCountSource(reader: Pick<Engine, 'read'>, filter: NumberedFilter): Promise<CountSource> {
  const [rarest, ...others] = filter.marks.length === 0 ? [] : await orderMarks(reader, filter.marks, { ...filter, order: 'ASC' });
  if (rarest === undefined || !(await isCountedByMark(reader, filter, rarest))) {
    return { from: 'audit_facts f', where: join(toConditions(filter)) };
  }
  const [, ...rest] = toConditions({ ...filter, marks: others.map(({ mark }) => mark) });
  const led = {
    text: 'lead.term = ? AND lead.log_index >= ? AND lead.log_index < ? AND f.log_index = lead.log_index',
    values: [rarest.mark, filter.low, filter.high],
  };
  return { from: 'audit_marks lead CROSS JOIN audit_facts f', where: join([led, ...toHeld(rest, [])]) };
}
