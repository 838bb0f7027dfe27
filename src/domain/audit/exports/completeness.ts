// How much of the log a pack speaks about, by counts that whoever checks it makes again: leaves of the stretch by day, how many of them are opened, which
// versions of which records. Days come from the ids of the leaves (RFC 9562 §5.7), which the tree fixes; nobody has to open a leaf to know its day.

import { toCanonicalJson } from '../../kernel/canonical.ts';
import type { Json } from '../../kernel/canonical.ts';
import { toTimestamp } from '../../kernel/clock.ts';
import type { LeafRange } from '../../ledger/range-proof.ts';
import type { Entry } from '../../ledger/store.ts';
import { toEntryBody } from '../entry-body.ts';

export type Held = {
  readonly size: number;
  readonly rows: number;
  readonly stretch: LeafRange | null;
  /** Every leaf of the stretch, or `null` where they are not listed. */
  readonly leaves: readonly Entry[] | null;
  readonly opened: readonly Entry[];
  /** Indexes of entries that meet the query by what is stored, and were erased. */
  readonly erased: readonly number[];
  /** Digests of texts that were shown and are not kept. */
  readonly missingNotices: readonly string[];
};

/** The moment in a UUID of version 7. */
const toDay = ({ id }: Pick<Entry, 'id'>): string => toTimestamp(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).slice(0, 10);

function countByDay(entries: readonly Pick<Entry, 'id'>[]): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const entry of entries) {
    const day = toDay(entry);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

function toDays(leaves: readonly Entry[] | null, opened: readonly Entry[]): Json {
  const openedBy = countByDay(opened);
  const leavesBy = leaves === null ? null : countByDay(leaves);
  const days = [...new Set([...(leavesBy?.keys() ?? []), ...openedBy.keys()])].toSorted();
  return days.map((day) => ({ day, leaves: leavesBy === null ? null : (leavesBy.get(day) ?? 0), opened: openedBy.get(day) ?? 0 }));
}

type VersionPlace = { readonly record: string; readonly version: number };

/** Decisions number the versions of their record; nothing else says one. */
function findVersion({ body, type }: Entry): VersionPlace | undefined {
  const { record, payload } = toEntryBody(body);
  const version = payload['version'];
  return record !== null && type.startsWith('consent.') && typeof version === 'number' ? { record, version } : undefined;
}

function toRecords(opened: readonly Entry[]): Json {
  const found = opened.map(findVersion).filter((each) => each !== undefined);
  const records = Map.groupBy(found, ({ record }) => record);
  return [...records.entries()]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([record, places]) => ({ record, first: places[0]?.version ?? 0, last: places.at(-1)?.version ?? 0, versions: places.length }));
}

export function toCompleteness(held: Held): string {
  const { erased, leaves, missingNotices, opened, rows, size, stretch } = held;
  const count = stretch === null ? 0 : stretch.to - stretch.from;
  return toCanonicalJson({
    closed: Math.max(0, count - opened.length),
    days: toDays(leaves, opened),
    erased: [...erased],
    leaves: leaves === null ? 'counted' : 'listed',
    missing_notices: [...missingNotices],
    opened: opened.length,
    records: toRecords(opened),
    rows,
    size,
    stretch: stretch === null ? null : { from: stretch.from, to: stretch.to },
  });
}
