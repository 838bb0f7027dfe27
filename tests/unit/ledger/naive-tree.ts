// The tree as RFC 6962 §2.1 defines it, word for word and without regard to cost: the reference for the real one.

import { createHash, hash } from 'node:crypto';

type Hashes = readonly Uint8Array[];

/** Leaf hashes that differ. */
export function createTree(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, at) => hash('sha256', `leaf ${at}`, 'buffer'));
}

function toSplit(count: number): number {
  let split = 1;
  while (split * 2 < count) {
    split *= 2;
  }
  return split;
}

export function naiveRoot(leaves: Hashes): Uint8Array {
  const [only] = leaves;
  if (only === undefined) {
    return createHash('sha256').digest();
  }
  if (leaves.length === 1) {
    return only;
  }
  const split = toSplit(leaves.length);
  return createHash('sha256')
    .update(Uint8Array.of(1))
    .update(naiveRoot(leaves.slice(0, split)))
    .update(naiveRoot(leaves.slice(split)))
    .digest();
}

export function naiveInclusion(index: number, leaves: Hashes): Uint8Array[] {
  if (leaves.length <= 1) {
    return [];
  }
  const split = toSplit(leaves.length);
  return index < split
    ? [...naiveInclusion(index, leaves.slice(0, split)), naiveRoot(leaves.slice(split))]
    : [...naiveInclusion(index - split, leaves.slice(split)), naiveRoot(leaves.slice(0, split))];
}

function naiveSubproof(first: number, leaves: Hashes, known: 'known' | 'unknown'): Uint8Array[] {
  if (first === leaves.length) {
    return known === 'known' ? [] : [naiveRoot(leaves)];
  }
  const split = toSplit(leaves.length);
  return first <= split
    ? [...naiveSubproof(first, leaves.slice(0, split), known), naiveRoot(leaves.slice(split))]
    : [...naiveSubproof(first - split, leaves.slice(split), 'unknown'), naiveRoot(leaves.slice(0, split))];
}

export function naiveConsistency(first: number, leaves: Hashes): Uint8Array[] {
  return first === 0 ? [] : naiveSubproof(first, leaves, 'known');
}
