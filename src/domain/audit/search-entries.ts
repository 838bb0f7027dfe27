// One page of entries. Each page is a look-up of its own, with an entry of its own: paging on sees what was not seen before.

import type { Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { EntryPage } from '../ledger/store.ts';
import { findUnknownMembers, toRecordedFilter } from './filter.ts';
import type { SearchFilter } from './filter.ts';
import { recordLook, toListed } from './look.ts';
import { narrowToMandate } from './mandate.ts';
import type { Looker, ListedEntry, LookNeeds } from './look.ts';

export type Order = 'newest-first' | 'oldest-first';

/** Where a page stands in the order asked: at its beginning, behind an index, or right before one. */
export type Place = { readonly at: 'start' } | { readonly at: 'after' | 'before'; readonly index: number };

export type SearchAsked = {
  readonly filter: SearchFilter;
  readonly order: Order;
  readonly place: Place;
  /** 1 to `searchLimit`. */
  readonly limit: number;
  /** In which form the result is handed out. */
  readonly form: 'page' | 'json';
};

/** Most entries of one page. */
export const searchLimit = 500;
/** Beyond this many, how many match is not counted: on a log of millions it would take longer than anybody waits. */
export const countLimit = 10_000;

export type Search = {
  /** In the order asked. */
  readonly entries: readonly ListedEntry[];
  /** What the pages before and behind this one are asked with; `null` where there is none. */
  readonly previous: Place | null;
  readonly next: Place | null;
  /** How many entries match in the log as it stood, at most `countLimit`; `isMore` when there are more. */
  readonly found: { readonly count: number; readonly isMore: boolean };
  /** The log as it stood; `null` before its first checkpoint. */
  readonly checkpoint: { readonly size: number; readonly at: Millis } | null;
};

const opposite = { 'newest-first': 'oldest-first', 'oldest-first': 'newest-first' } as const;

async function readPage(needs: LookNeeds, { filter, order, place, limit }: SearchAsked): Promise<EntryPage> {
  if (place.at !== 'before') {
    return needs.ledger.queryEntries(filter, { order, after: place.at === 'start' ? null : place.index, limit });
  }
  const page = await needs.ledger.queryEntries(filter, { order: opposite[order], after: place.index, limit });
  return { entries: page.entries.toReversed(), next: page.next };
}

function toNeighbours({ entries, next }: EntryPage, place: Place): Pick<Search, 'previous' | 'next'> {
  const [first, last] = [entries[0], entries.at(-1)];
  const before: Place | null = first === undefined ? null : { at: 'before', index: first.index };
  const after: Place | null = last === undefined ? null : { at: 'after', index: last.index };
  // A page read backwards knows whether there is more in front of it, and stands before the entry it was asked from.
  if (place.at === 'before') {
    return { previous: next === null ? null : before, next: after };
  }
  return { previous: place.at === 'start' ? null : before, next: next === null ? null : after };
}

export async function searchEntries(
  needs: LookNeeds,
  by: Looker,
  asked: SearchAsked,
): Promise<Outcome<Search, 'audit/filter-unknown' | 'audit/mandate'>> {
  const { filter, order, place, form } = asked;
  const unknown = await findUnknownMembers(needs.agencies, filter);
  if (unknown.length > 0) {
    return refuse('audit/filter-unknown', `the filter names an unknown ${unknown.join(', ')}`);
  }
  const narrowed = await narrowToMandate(needs, by, filter);
  if (!narrowed.ok) {
    return narrowed;
  }
  const checkpoint = await needs.ledger.findCheckpoint();
  const page = await readPage(needs, { ...asked, filter: narrowed.value });
  const counted = await needs.ledger.countEntries(narrowed.value, { below: checkpoint?.size ?? 0, limit: countLimit + 1 });
  const payload = {
    filter: toRecordedFilter(filter),
    order,
    after: place.at === 'after' ? place.index : null,
    before: place.at === 'before' ? place.index : null,
    returned: page.entries.length,
    form,
  };
  await recordLook(needs, by, { type: 'record.searched', payload });
  return succeed({
    entries: page.entries.map(toListed),
    ...toNeighbours(page, place),
    found: { count: Math.min(counted, countLimit), isMore: counted > countLimit },
    checkpoint: checkpoint === undefined ? null : { size: checkpoint.size, at: checkpoint.at },
  });
}
