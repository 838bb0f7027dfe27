// The tree as RFC 6962 §2.1 defines it, with hashing of its own, told how to hash any run of leaves: the reference for trees of every size.
// A run is named by its first leaf and its length, so that trees whose leaves are all the same can be as great as a log ever gets.

import { createHash } from 'node:crypto';

export type Reference = {
  /** MTH(D[from:from + count]). */
  readonly root: (from: number, count: number) => Buffer;
  /** PATH(index, D[0:size]). */
  readonly inclusion: (index: number, size: number) => readonly Buffer[];
  /** PROOF(first, D[0:second]). */
  readonly consistency: (first: number, second: number) => readonly Buffer[];
  /** What stands before and behind the leaves from `from` up to `to`, from left to right. */
  readonly range: (from: number, to: number, size: number) => readonly Buffer[];
};

/** The greatest power of two that is smaller than the count. */
function toSplit(count: number): number {
  let split = 1;
  while (split * 2 < count) {
    split *= 2;
  }
  return split;
}

type Node = { readonly from: number; readonly count: number };
type Root = Reference['root'];

function createRoot(leaf: (at: number) => Uint8Array, toKey: (node: Node) => number): Root {
  const known = new Map<number, Buffer>();
  const root: Root = (from, count) => {
    const key = toKey({ from, count });
    const before = known.get(key);
    if (before !== undefined) {
      return before;
    }
    const hash = createHash('sha256');
    const split = toSplit(count);
    const made =
      count === 1
        ? Buffer.from(leaf(from))
        : hash
            .update(Uint8Array.of(1))
            .update(root(from, split))
            .update(root(from + split, count - split))
            .digest();
    known.set(key, made);
    return made;
  };
  return root;
}

function createReference(root: Root): Reference {
  const inclusion = (index: number, { from, count }: Node): Buffer[] => {
    if (count === 1) {
      return [];
    }
    const split = toSplit(count);
    return index < split
      ? [...inclusion(index, { from, count: split }), root(from + split, count - split)]
      : [...inclusion(index - split, { from: from + split, count: count - split }), root(from, split)];
  };
  const subproof = (first: number, { from, count }: Node): Buffer[] => {
    if (first === count) {
      return from === 0 ? [] : [root(from, count)];
    }
    const split = toSplit(count);
    return first <= split
      ? [...subproof(first, { from, count: split }), root(from + split, count - split)]
      : [...subproof(first - split, { from: from + split, count: count - split }), root(from, split)];
  };
  const outside = (range: Node, { from, count }: Node): Buffer[] => {
    if (from + count <= range.from || from >= range.from + range.count) {
      return [root(from, count)];
    }
    if (from >= range.from && from + count <= range.from + range.count) {
      return [];
    }
    const split = toSplit(count);
    return [...outside(range, { from, count: split }), ...outside(range, { from: from + split, count: count - split })];
  };
  return {
    root,
    inclusion: (index, size) => inclusion(index, { from: 0, count: size }),
    consistency: (first, second) => subproof(first, { from: 0, count: second }),
    range: (from, to, size) => outside({ from, count: to - from }, { from: 0, count: size }),
  };
}

/** Trees over these leaf hashes. */
export function createTreeReference(leaves: readonly Uint8Array[]): Reference {
  const root = createRoot(
    (at) => leaves[at] ?? new Uint8Array(32),
    ({ from, count }) => from * leaves.length + count,
  );
  return createReference(root);
}

/** Trees all of whose leaves have this hash: what a run hashes to follows from its length. */
export function createUniformReference(leaf: Uint8Array): Reference {
  const root = createRoot(
    () => leaf,
    ({ count }) => count,
  );
  return createReference(root);
}
