// Checks of Merkle proofs by the algorithms of RFC 9162, for the server's own use. The offline verifier has its own, written another way.

import { emptyRoot, hashNode, isSameHash, toHeight } from './merkle.ts';
import type { Hash } from './merkle.ts';

type Position = { readonly place: number; readonly last: number };
type Side = 'left' | 'right';

const isOdd = (value: number): boolean => value % 2 === 1;

function toParent({ place, last }: Position): Position {
  return { place: Math.floor(place / 2), last: Math.floor(last / 2) };
}

/** At the right edge a node without a sibling is carried up as it is. */
function skipCarried(position: Position): Position {
  let current = position;
  while (!isOdd(current.place) && current.place !== 0) {
    current = toParent(current);
  }
  return current;
}

/** On which side each hash of a path of this length stands (the loops of RFC 9162 §2.1.3.2 and §2.1.4.2); `undefined` if no path has this length. */
function toSides(start: Position, length: number): readonly Side[] | undefined {
  const sides: Side[] = [];
  let position = start;
  while (sides.length < length) {
    if (position.last === 0) {
      return undefined;
    }
    const isOnLeft = isOdd(position.place) || position.place === position.last;
    sides.push(isOnLeft ? 'left' : 'right');
    position = toParent(isOnLeft ? skipCarried(position) : position);
  }
  return position.last === 0 ? sides : undefined;
}

export type InclusionClaim = {
  readonly leafHash: Hash;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Hash[];
  readonly root: Hash;
};

/** RFC 9162 §2.1.3.2. */
export function isIncluded({ leafHash, index, size, path, root }: InclusionClaim): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    return false;
  }
  const sides = toSides({ place: index, last: size - 1 }, path.length);
  if (sides === undefined) {
    return false;
  }
  const result = path.reduce(
    (node, sibling, step) => (sides[step] === 'left' ? hashNode(sibling, node) : hashNode(node, sibling)),
    leafHash,
  );
  return isSameHash(result, root);
}

export type ConsistencyClaim = {
  readonly first: { readonly size: number; readonly root: Hash };
  readonly second: { readonly size: number; readonly root: Hash };
  readonly path: readonly Hash[];
};

/** RFC 9162 §2.1.4.2, and the two cases that it leaves out: equal sizes, and an empty first tree, which every tree extends. */
export function isConsistent(claim: ConsistencyClaim): boolean {
  const { first, second, path } = claim;
  if (first.size === 0 || first.size === second.size) {
    const expected = first.size === 0 ? emptyRoot : second.root;
    const isSecondRight = first.size !== second.size || isSameHash(second.root, expected);
    return path.length === 0 && isSecondRight && isSameHash(first.root, expected);
  }
  return first.size < second.size && isExtended(claim);
}

function isExtended({ first, second, path }: ConsistencyClaim): boolean {
  const isFull = 2 ** toHeight(first.size) === first.size;
  const [seed, ...rest] = isFull ? [first.root, ...path] : path;
  let position: Position = { place: first.size - 1, last: second.size - 1 };
  while (isOdd(position.place)) {
    position = toParent(position);
  }
  const sides = toSides(position, rest.length);
  if (seed === undefined || sides === undefined) {
    return false;
  }
  const onLeft = rest.filter((_, step) => sides[step] === 'left');
  const firstRoot = onLeft.reduce((node, sibling) => hashNode(sibling, node), seed);
  const secondRoot = rest.reduce(
    (node, sibling, step) => (sides[step] === 'left' ? hashNode(sibling, node) : hashNode(node, sibling)),
    seed,
  );
  return isSameHash(firstRoot, first.root) && isSameHash(secondRoot, second.root);
}
