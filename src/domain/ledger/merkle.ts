// The Merkle tree of RFC 6962 §2.1 / RFC 9162 §2.1 in its own terms: which subtrees a proof is made of, how hashes fold, how a proof is checked.
// Knows nothing of storage: where a subtree's hash comes from is the caller's matter. Arithmetic on sizes is by division, so that it holds up to 2^53.

import { hash } from 'node:crypto';

export type Hash = Uint8Array;

export const hashSize = 32;

/** RFC 9162 §2.1.1: the hash of an empty list is the hash of the empty string. */
export const emptyRoot: Hash = hash('sha256', '', 'buffer');

export function hashLeaf(leaf: Uint8Array): Hash {
  const input = Buffer.allocUnsafe(leaf.length + 1);
  input[0] = 0;
  input.set(leaf, 1);
  return hash('sha256', input, 'buffer');
}

export function hashNode(left: Hash, right: Hash): Hash {
  const input = Buffer.allocUnsafe(1 + 2 * hashSize);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + hashSize);
  return hash('sha256', input, 'buffer');
}

export function isSameHash(left: Hash, right: Hash): boolean {
  return Buffer.compare(left, right) === 0;
}

/** The greatest h with 2^h ≤ value. Exact, unlike Math.log2 near large powers of two. */
export function toHeight(value: number): number {
  let height = 0;
  for (let rest = value; rest >= 2; rest = Math.floor(rest / 2)) {
    height += 1;
  }
  return height;
}

/** A full subtree: the leaves from position·2^height up to (position + 1)·2^height. */
export type Subtree = { readonly height: number; readonly position: number };

/** The full subtrees, largest first, that a range of the tree falls into. `start` is a multiple of the greatest power of two within the range. */
export function toSubtrees(start: number, end: number): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  let from = start;
  while (from < end) {
    const height = toHeight(end - from);
    subtrees.push({ height, position: from / 2 ** height });
    from += 2 ** height;
  }
  return subtrees;
}

/** The hash of a range from the hashes of its full subtrees, largest first. */
export function foldHashes(hashes: readonly Hash[]): Hash {
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => hashNode(left, right));
}

/** The root of a full subtree from its leaves; their number is a power of two. */
export function foldFull(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    let left: Hash | undefined;
    for (const each of row) {
      if (left === undefined) {
        left = each;
        continue;
      }
      above.push(hashNode(left, each));
      left = undefined;
    }
    row = above;
  }
  return row[0] ?? emptyRoot;
}

type Range = { readonly start: number; readonly end: number };

/** The greatest power of two smaller than the length of the range (RFC 9162 §2.1.1), as a place in the tree. */
function toSplit({ start, end }: Range): number {
  return start + 2 ** toHeight(end - start - 1);
}

/** RFC 9162 §2.1.3.1: the ranges whose hashes prove that leaf `index` is in the tree of `size`, from the leaf up. */
export function planInclusion(index: number, size: number): readonly (readonly Subtree[])[] {
  const siblings: (readonly Subtree[])[] = [];
  let range: Range = { start: 0, end: size };
  while (range.end - range.start > 1) {
    const split = toSplit(range);
    const isLeft = index < split;
    siblings.push(isLeft ? toSubtrees(split, range.end) : toSubtrees(range.start, split));
    range = isLeft ? { start: range.start, end: split } : { start: split, end: range.end };
  }
  return siblings.toReversed();
}

/** RFC 9162 §2.1.4.1: the ranges whose hashes prove that the tree of size `first` is the beginning of the tree of size `second`. */
export function planConsistency(first: number, second: number): readonly (readonly Subtree[])[] {
  if (first === 0 || first === second) {
    return [];
  }
  const ranges: (readonly Subtree[])[] = [];
  let range: Range = { start: 0, end: second };
  while (range.end !== first) {
    const split = toSplit(range);
    const isLeft = first <= split;
    ranges.push(isLeft ? toSubtrees(split, range.end) : toSubtrees(range.start, split));
    range = isLeft ? { start: range.start, end: split } : { start: split, end: range.end };
  }
  if (range.start > 0) {
    // The verifier knows the first root only as a whole, so what is left of it needs a hash of its own.
    ranges.push(toSubtrees(range.start, range.end));
  }
  return ranges.toReversed();
}
