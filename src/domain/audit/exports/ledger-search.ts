// How the entries of a pack are found in the ledger itself, page by page, and which stretch of the log holds a period.

import type { Millis } from '../../kernel/clock.ts';
import { isEventType } from '../../ledger/event.ts';
import type { LeafRange } from '../../ledger/range-proof.ts';
import type { CountAsked, Entry, EntryFilter, LedgerStore } from '../../ledger/store.ts';
import type { PackNeeds } from './pack.ts';
import { isMatch } from './query.ts';
import type { PackQuery } from './query.ts';

type Ledger = Pick<LedgerStore, 'countEntries' | 'queryEntries' | 'readEntries'>;

export type SearchNeeds = {
  readonly ledger: Ledger;
  /** The reference behind a case pseudonym; it is never handed out. `undefined` for a pseudonym that means nobody. */
  readonly findPersonRef: (pseudonym: string) => Promise<string | undefined>;
};

const pageSize = 500;
/** Entries are numbered within seconds of their making; a stretch takes this much more at both ends. */
const margin: Millis = 600_000;

function toFilter({ attribute, from, purpose, service, to, types }: PackQuery): EntryFilter {
  return {
    ...(attribute === null ? {} : { attribute }),
    ...(from === null ? {} : { from }),
    ...(purpose === null ? {} : { purpose }),
    ...(service === null ? {} : { service }),
    ...(to === null ? {} : { to }),
    ...(types === null ? {} : { types: types.filter(isEventType) }),
  };
}

/** `undefined` where the pseudonym means nobody. */
async function findFilter(needs: SearchNeeds, query: PackQuery): Promise<EntryFilter | undefined> {
  if (query.person === null) {
    return toFilter(query);
  }
  const personRef = await needs.findPersonRef(query.person);
  return personRef === undefined ? undefined : { ...toFilter(query), personRef };
}

async function* readMatches(needs: SearchNeeds, query: PackQuery, below: number): AsyncGenerator<readonly Entry[]> {
  const filter = await findFilter(needs, query);
  if (filter === undefined) {
    return;
  }
  let after: number | null = null;
  do {
    const page = await needs.ledger.queryEntries(filter, { order: 'oldest-first', after, limit: pageSize });
    yield page.entries.filter((entry) => entry.index < below && isMatch(query, entry));
    after = page.next;
  } while (after !== null && after < below);
}

/** Counts no further than the limit. */
async function countMatches(needs: SearchNeeds, query: PackQuery, { below, limit }: CountAsked): Promise<number> {
  const filter = await findFilter(needs, query);
  if (filter === undefined || query.record === null) {
    return filter === undefined ? 0 : needs.ledger.countEntries(filter, { below, limit });
  }
  let count = 0;
  for await (const page of readMatches(needs, query, below)) {
    count += page.length;
    if (limit !== null && count >= limit) {
      return limit;
    }
  }
  return count;
}

/** The lowest index from which entries are as late as this, as far as the log is in the order of its clocks. */
async function findPlace(ledger: Ledger, at: Millis, size: number): Promise<number> {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await ledger.readEntries(middle, middle + 1);
    if ((entry?.at ?? 0) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

async function findStretch(ledger: Ledger, { from, to }: Pick<PackQuery, 'from' | 'to'>, size: number): Promise<LeafRange | null> {
  // One leaf further on each side shows that the period ends within.
  const first = from === null ? 0 : Math.max(0, (await findPlace(ledger, from - margin, size)) - 1);
  const end = to === null ? size : Math.min(size, (await findPlace(ledger, to + margin, size)) + 1);
  return first < end ? { from: first, to: end } : null;
}

export type LedgerSearch = Pick<PackNeeds, 'findMatches' | 'findStretch'> & {
  readonly countMatches: (query: PackQuery, asked: CountAsked) => Promise<number>;
};

export function createLedgerSearch(needs: SearchNeeds): LedgerSearch {
  return {
    countMatches: (query, asked) => countMatches(needs, query, asked),
    findMatches: (query, below) => readMatches(needs, query, below),
    findStretch: (period, size) => findStretch(needs.ledger, period, size),
  };
}
