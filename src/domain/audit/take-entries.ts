// A whole result at once, for a file or the command line: one look-up and one entry, however many pages it is read in.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { findUnknownMembers, toRecordedFilter } from './filter.ts';
import type { SearchFilter } from './filter.ts';
import { recordLook, toListed } from './look.ts';
import { narrowToMandate } from './mandate.ts';
import type { Looker, ListedEntry, LookNeeds } from './look.ts';
import type { Order } from './search-entries.ts';

export type TakeAsked = {
  readonly filter: SearchFilter;
  readonly order: Order;
  /** At most so many entries; `null` for all. */
  readonly limit: number | null;
  readonly form: 'table' | 'jsonl' | 'csv' | 'jsonld';
};

export type Taken = {
  /** How many entries `pages` holds. */
  readonly count: number;
  /** More entries match than were taken. */
  readonly isCut: boolean;
  /** Entries in the log as it stood: only those below this number are taken. */
  readonly size: number;
  readonly pages: AsyncIterable<readonly ListedEntry[]>;
};

const pageSize = 1000;

type Extent = { readonly count: number; readonly size: number };

async function* readPages(needs: LookNeeds, { filter, order }: TakeAsked, { count, size }: Extent): AsyncGenerator<readonly ListedEntry[]> {
  let left = count;
  let after = order === 'newest-first' ? size : null;
  while (left > 0) {
    const page = await needs.ledger.queryEntries(filter, { order, after, limit: Math.min(pageSize, left) });
    yield page.entries.map(toListed);
    left = page.next === null ? 0 : left - page.entries.length;
    after = page.next;
  }
}

/** Takes the log as it stands now: what is appended while the pages are read, the entry of this look-up first, is not among them. */
export async function takeEntries(
  needs: LookNeeds,
  by: Looker,
  asked: TakeAsked,
): Promise<Outcome<Taken, 'audit/filter-unknown' | 'audit/mandate'>> {
  const { filter, order, limit, form } = asked;
  const unknown = await findUnknownMembers(needs.agencies, filter);
  if (unknown.length > 0) {
    return refuse('audit/filter-unknown', `the filter names an unknown ${unknown.join(', ')}`);
  }
  const narrowed = await narrowToMandate(needs, by, filter);
  if (!narrowed.ok) {
    return narrowed;
  }
  const size = (await needs.ledger.findCheckpoint())?.size ?? 0;
  const matching = await needs.ledger.countEntries(narrowed.value, { below: size, limit: limit === null ? null : limit + 1 });
  const count = limit === null ? matching : Math.min(matching, limit);
  const payload = { filter: toRecordedFilter(filter), order, after: null, before: null, returned: count, form };
  await recordLook(needs, by, { type: 'record.searched', payload });
  return succeed({ count, isCut: matching > count, size, pages: readPages(needs, { ...asked, filter: narrowed.value }, { count, size }) });
}
