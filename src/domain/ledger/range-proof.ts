// That some leaves, one after the other, are all there is between two places of the log: the hashes of everything before and after them. With the leaves
// themselves they give the root, so that none can be left out, added or moved. RFC 9162 knows paths for one leaf only; this is the same tree, cut twice.

import { toHeight, toSubtrees } from './merkle.ts';
import type { Hash, Subtree } from './merkle.ts';
import { readRanges } from './tiles.ts';
import type { TileReader } from './tiles.ts';

/** `to` is exclusive. */
export type LeafRange = { readonly from: number; readonly to: number };

function planWithin(node: LeafRange, range: LeafRange): readonly (readonly Subtree[])[] {
  if (node.to <= range.from || node.from >= range.to) {
    return [toSubtrees(node.from, node.to)];
  }
  if (node.from >= range.from && node.to <= range.to) {
    return [];
  }
  // RFC 9162 §2.1.1: the greatest power of two smaller than the number of leaves.
  const split = node.from + 2 ** toHeight(node.to - node.from - 1);
  return [...planWithin({ from: node.from, to: split }, range), ...planWithin({ from: split, to: node.to }, range)];
}

/** The parts of the tree of `size` leaves outside of the range, from left to right. The range MUST hold a leaf and lie in the tree. */
export function planRange(range: LeafRange, size: number): readonly (readonly Subtree[])[] {
  return planWithin({ from: 0, to: size }, range);
}

/** Throws a Fault when the tree is not there. */
export function getRangePath(store: TileReader, range: LeafRange, size: number): Promise<readonly Hash[]> {
  return readRanges(store, planRange(range, size));
}
