// Whether anything was held back, as far as a log of commitments can show it: the stretch is whole and reaches over the period, each leaf of it is opened, closed
// or erased, and the versions of each record follow each other without a gap.

import type { Head } from './checkpoint.ts';
import { isMatch } from './pack-query.ts';
import { groupDecided, toMoment } from './pack-counts.ts';
import type { Decided } from './pack-counts.ts';
import type { Leaf, PackEvidence } from './pack-evidence.ts';
import type { RangeProof, Stretch } from './pack-form.ts';
import { findRootOfRun } from './range.ts';
import { hashEntry, toTreeHash } from './tree.ts';
import type { TreeHash } from './tree.ts';
import { decodeBase64url } from './base64.ts';

function findHashes({ path }: RangeProof): readonly TreeHash[] | undefined {
  const hashes = path.map(decodeBase64url).filter((bytes) => bytes?.length === 32);
  return hashes.length === path.length ? hashes.filter((bytes) => bytes !== undefined).map(toTreeHash) : undefined;
}

const isSameStretch = (range: Stretch, stated: Stretch | null): boolean => range.from === stated?.from && range.to === stated.to;

function isRunOf(leaves: readonly Leaf[], range: RangeProof, head: Head): boolean {
  const path = findHashes(range);
  if (path === undefined || leaves.length !== range.to - range.from) {
    return false;
  }
  const hashes = leaves.map(({ id, commitment }) => hashEntry(id, commitment));
  return findRootOfRun({ from: range.from, leaves: hashes, path }, head.size) === toTreeHash(head.root);
}

/** `undefined` where the pack lists no leaves: nothing to check. */
export function isStretchWhole({ head, leaves, range, stated }: PackEvidence): boolean | undefined {
  if (leaves === null && range === null) {
    return undefined;
  }
  const isOfLog = head !== undefined && range !== null && range.size === head.size && isSameStretch(range, stated.stretch);
  return isOfLog && leaves !== null && isRunOf(leaves, range, head);
}

type Edges = { readonly stretch: Stretch; readonly first: number; readonly last: number };

function reachesBack({ entries, manifest }: PackEvidence, { first, stretch }: Edges): boolean {
  const { from, record } = manifest.query;
  if (stretch.from === 0) {
    return true;
  }
  // A record begins with its first version, which no other can precede.
  return from === null ? record !== null && entries[0]?.proven.entry.index === stretch.from : first < from;
}

const toEdge = (leaf: Leaf | undefined): number => toMoment(leaf?.id ?? '');

function reachesOn({ head, manifest }: PackEvidence, { last, stretch }: Edges): boolean {
  const { to } = manifest.query;
  return stretch.to === head?.size || (to !== null && last >= to);
}

/** Whether the stretch goes to the ends of the period: to the log's own ends, or to a leaf that was made outside of it. */
export function isPeriodCovered(evidence: PackEvidence): boolean {
  const { leaves, stated } = evidence;
  const { stretch } = stated;
  if (leaves === null || stretch === null) {
    return false;
  }
  const edges = { stretch, first: toEdge(leaves[0]), last: toEdge(leaves.at(-1)) };
  return reachesOn(evidence, edges) && reachesBack(evidence, edges);
}

/** Ascending, once each, within the stretch. */
function areInOrder({ entries, stated }: PackEvidence): boolean {
  const indexes = entries.map(({ proven }) => proven.entry.index);
  const { stretch } = stated;
  const isRising = indexes.every((index, at) => at === 0 || index > (indexes[at - 1] ?? 0));
  return isRising && (stretch === null ? indexes.length === 0 : indexes.every((index) => index >= stretch.from && index < stretch.to));
}

function isAllOpened({ entries, stated }: PackEvidence): boolean {
  const known = new Set([...entries.map(({ proven }) => proven.entry.index), ...stated.erased]);
  const { stretch } = stated;
  return stretch !== null && known.size === stretch.to - stretch.from && known.size === entries.length + stated.erased.length;
}

/** Every opened entry was asked for; or every leaf is opened, asked for or not. */
export function areOpeningsRight(evidence: PackEvidence): boolean {
  const { entries, manifest } = evidence;
  const isRight = manifest.openings === 'all' ? isAllOpened(evidence) : entries.every((entry) => isMatch(manifest.query, entry));
  return isRight && areInOrder(evidence);
}

const follows = (decided: readonly Decided[]): boolean =>
  decided.every(({ version }, at) => at === 0 || version === (decided[at - 1]?.version ?? 0) + 1);

/** `undefined` where the query leaves some kinds of entries out, so that versions have to be missing. */
export function areVersionsWhole(evidence: PackEvidence): boolean | undefined {
  const { attribute, from, types } = evidence.manifest.query;
  if (attribute !== null || types !== null) {
    return undefined;
  }
  return groupDecided(evidence).every(([, decided]) => follows(decided) && (from !== null || decided[0]?.version === 1));
}
