// Counts a pack again: what it opens, what it leaves closed, by day and by record. The result is spelled as the pack has to spell it, so that one comparison
// is enough.

import type { ProofEvidence } from './check-proof.ts';
import { findPayload } from './pack-evidence.ts';
import type { PackEvidence } from './pack-evidence.ts';
import { isMatch } from './pack-query.ts';

/** Milliseconds in a UUID of version 7 (RFC 9562 §5.7). */
export function toMoment(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

const toDay = (id: string): string => {
  const moment = toMoment(id);
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 10);
};

function countByDay(ids: readonly string[]): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const id of ids) {
    const day = toDay(id);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

function toDays({ entries, leaves }: PackEvidence): readonly object[] {
  const openedBy = countByDay(entries.map(({ proven }) => proven.entry.id));
  const leavesBy = leaves === null ? null : countByDay(leaves.map(({ id }) => id));
  const days = [...new Set([...(leavesBy?.keys() ?? []), ...openedBy.keys()])].toSorted();
  return days.map((day) => ({ day, leaves: leavesBy === null ? null : (leavesBy.get(day) ?? 0), opened: openedBy.get(day) ?? 0 }));
}

export type Decided = { readonly index: number; readonly record: string; readonly version: number };

/** Decisions number the versions of their record. */
export function findDecided(entry: ProofEvidence): Decided | undefined {
  const { record, type } = { record: entry.body?.['record'], type: entry.body?.['type'] };
  const version = findPayload(entry)['version'];
  const isDecision = typeof type === 'string' && type.startsWith('consent.');
  return isDecision && typeof record === 'string' && typeof version === 'number'
    ? { index: entry.proven.entry.index, record, version }
    : undefined;
}

export function groupDecided({ entries }: PackEvidence): readonly (readonly [string, readonly Decided[]])[] {
  const found = entries.map(findDecided).filter((each) => each !== undefined);
  return [...Map.groupBy(found, ({ record }) => record).entries()].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function toRecords(evidence: PackEvidence): readonly object[] {
  return groupDecided(evidence).map(([record, decided]) => ({
    first: decided[0]?.version ?? 0,
    last: decided.at(-1)?.version ?? 0,
    record,
    versions: decided.length,
  }));
}

/** Where the person is a condition too, only the pack can say how many meet it. */
function countRows({ entries, manifest }: PackEvidence): number {
  if (manifest.query.person !== null && manifest.openings === 'all') {
    return manifest.rows;
  }
  return entries.filter((entry) => isMatch(manifest.query, entry)).length;
}

export function areCountsRight(evidence: PackEvidence): boolean {
  const { entries, head, leaves, manifest, stated } = evidence;
  const { erased, missing, stretch } = stated;
  const count = stretch === null ? 0 : stretch.to - stretch.from;
  const rows = countRows(evidence);
  const counted = {
    closed: Math.max(0, count - entries.length),
    days: toDays(evidence),
    erased,
    leaves: leaves === null ? 'counted' : 'listed',
    missing_notices: missing,
    opened: entries.length,
    records: toRecords(evidence),
    rows,
    size: head?.size ?? null,
    stretch,
  };
  return manifest.rows === rows && manifest.size === head?.size && JSON.stringify(counted) === stated.text;
}
