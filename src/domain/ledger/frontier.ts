// The tree as it grows leaf by leaf, holding only the full subtrees at its right edge: the root at every size of a log that is read once.

import { foldHashes, hashNode } from './merkle.ts';
import type { Hash } from './merkle.ts';

export type Frontier = {
  readonly size: () => number;
  readonly push: (leafHash: Hash) => void;
  readonly root: () => Hash;
  /** The full subtrees at the right edge, largest first: with the size, all that is needed to go on later. */
  readonly edge: () => readonly Hash[];
  readonly fork: () => Frontier;
};

export type FullSubtree = { readonly height: number; readonly position: number; readonly hash: Hash };

type Start = { readonly size: number; readonly hashes: readonly Hash[] };

/** `report` hears of every subtree when it becomes full, lowest first; single leaves too. */
export function createFrontier(report: (subtree: FullSubtree) => void, start: Start = { size: 0, hashes: [] }): Frontier {
  let size = start.size;
  const hashes = [...start.hashes];
  const push = (leafHash: Hash): void => {
    let hash = leafHash;
    let position = size;
    let height = 0;
    report({ height, position, hash });
    for (; position % 2 === 1; position = (position - 1) / 2) {
      hash = hashNode(hashes.pop() ?? hash, hash);
      height += 1;
      report({ height, position: (position - 1) / 2, hash });
    }
    hashes.push(hash);
    size += 1;
  };
  return {
    push,
    size: () => size,
    root: () => foldHashes(hashes),
    edge: () => [...hashes],
    fork: () => createFrontier(() => undefined, { size, hashes }),
  };
}
