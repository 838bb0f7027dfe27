// Whether one tree is the beginning of another, from the recursive definition of RFC 6962 §2.1.2 and not after the server's code.

import { joinHashes, toLeftSize } from './tree.ts';
import type { TreeHash } from './tree.ts';

type Roots = { readonly first: TreeHash; readonly second: TreeHash };

export type Growth = {
  readonly first: number;
  readonly second: number;
  /** As RFC 6962 orders it. */
  readonly path: readonly TreeHash[];
  readonly firstRoot: TreeHash;
};

/** SUBPROOF(m, D[m], b): nothing for a whole tree, its root for a part of one. */
function findLastRoots({ path, firstRoot }: Growth, isWhole: boolean): Roots | undefined {
  const [root] = isWhole ? [firstRoot] : path;
  return root !== undefined && path.length === (isWhole ? 0 : 1) ? { first: root, second: root } : undefined;
}

/** Undoes SUBPROOF(m, D[n], b) from its outermost hash inwards; `undefined` when the path has another length. */
function foldGrowth(growth: Growth, isWhole: boolean): Roots | undefined {
  const { first: m, path, second: n } = growth;
  const last = path.at(-1);
  if (m === n || last === undefined) {
    return m === n ? findLastRoots(growth, isWhole) : undefined;
  }
  const left = toLeftSize(n);
  const isLeft = m <= left;
  const within = isLeft ? { first: m, second: left } : { first: m - left, second: n - left };
  const below = foldGrowth({ ...growth, ...within, path: path.slice(0, -1) }, isLeft && isWhole);
  return below && joinRoots(below, last, isLeft);
}

/** To the right of the shorter tree only the longer one has something. */
const joinRoots = ({ first, second }: Roots, last: TreeHash, isLeft: boolean): Roots =>
  isLeft ? { first, second: joinHashes(second, last) } : { first: joinHashes(last, first), second: joinHashes(last, second) };

/** The root of the longer tree that the path leads to, or `undefined` when it does not begin with the shorter one. */
export function findGrownRoot(growth: Growth): TreeHash | undefined {
  const { first, firstRoot, second } = growth;
  const roots = first > 0 && first <= second ? foldGrowth(growth, true) : undefined;
  return roots?.first === firstRoot ? roots.second : undefined;
}
