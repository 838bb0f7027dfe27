// The root of a tree from a run of its leaves and the hashes of what stands before and behind them, from the recursive definition of RFC 6962 §2.1.

import { joinHashes, toLeftSize } from './tree.ts';
import type { TreeHash } from './tree.ts';

export type Run = {
  /** Index of the first leaf. */
  readonly from: number;
  readonly leaves: readonly TreeHash[];
  /** Outside of the run, from left to right. */
  readonly path: readonly TreeHash[];
};

type Node = { readonly from: number; readonly to: number };

/** `undefined` when the path has another length than a run at this place needs. */
export function findRootOfRun({ from, leaves, path }: Run, size: number): TreeHash | undefined {
  const to = from + leaves.length;
  let used = 0;
  const fold = (node: Node): TreeHash | undefined => {
    if (node.to <= from || node.from >= to) {
      used += 1;
      return path[used - 1];
    }
    if (node.to - node.from === 1) {
      return leaves[node.from - from];
    }
    const split = node.from + toLeftSize(node.to - node.from);
    const left = fold({ from: node.from, to: split });
    const right = fold({ from: split, to: node.to });
    return left === undefined || right === undefined ? undefined : joinHashes(left, right);
  };
  if (leaves.length === 0 || to > size) {
    return undefined;
  }
  const root = fold({ from: 0, to: size });
  return used === path.length ? root : undefined;
}
