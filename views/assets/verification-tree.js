// Merkle trees after RFC 6962, with the two checks of RFC 9162, by its loops and not by its recursive definition: the command has that one.

import { digest, isSameBytes, joinBytes, toBytes } from './verification-bytes.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */

/** @typedef {{ readonly size: number, readonly root: Bytes }} TreeHead */

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/**
 * @param {Subtle} subtle
 * @param {Bytes} bytes
 */
export async function hashLeaf(subtle, bytes) {
  return digest(subtle, joinBytes(leafPrefix, bytes));
}

/**
 * @param {Subtle} subtle
 * @param {Bytes} left
 * @param {Bytes} right
 */
export async function hashNode(subtle, left, right) {
  return digest(subtle, joinBytes(nodePrefix, left, right));
}

/**
 * The public bytes of an entry: JCS({ commitment, id, v: 1 }).
 * @param {{ readonly id: string, readonly commitment: string }} entry
 */
export function toLeafBytes({ id, commitment }) {
  return toBytes(`{"commitment":${JSON.stringify(commitment)},"id":${JSON.stringify(id)},"v":1}`);
}

/**
 * Where a walk from a leaf to the root stands: its place in the row, and the last place of the row. Not by bits, which end at 2^32.
 * @typedef {{ place: number, last: number }} Walk
 */

/** @param {Walk} walk */
function climb(walk) {
  walk.place = Math.floor(walk.place / 2);
  walk.last = Math.floor(walk.last / 2);
}

/** @param {number} value */
const isOdd = (value) => value % 2 === 1;

/**
 * One step of the loops of §2.1.3.2 and §2.1.4.2: whether the next hash stands on the left.
 * @param {Walk} walk
 */
function takeStep(walk) {
  const isOnLeft = isOdd(walk.place) || walk.place === walk.last;
  while (isOnLeft && !isOdd(walk.place) && walk.place !== 0) {
    climb(walk);
  }
  climb(walk);
  return isOnLeft;
}

/**
 * Each hash of a path with its side; `undefined` when the walk to the root takes more steps than these, or fewer.
 * @param {Walk} walk
 * @param {readonly Bytes[]} path
 */
function findSteps(walk, path) {
  const steps = [];
  for (const sibling of path) {
    if (walk.last === 0) {
      return undefined;
    }
    steps.push({ sibling, isOnLeft: takeStep(walk) });
  }
  return walk.last === 0 ? steps : undefined;
}

/**
 * @param {Subtle} subtle
 * @param {Bytes} start
 * @param {readonly { readonly sibling: Bytes, readonly isOnLeft: boolean }[]} steps
 */
async function foldSteps(subtle, start, steps) {
  let hash = start;
  for (const { sibling, isOnLeft } of steps) {
    hash = isOnLeft ? await hashNode(subtle, sibling, hash) : await hashNode(subtle, hash, sibling);
  }
  return hash;
}

/**
 * RFC 9162 §2.1.3.2: the root that a path leads to; `undefined` when a path for this index and size has another length.
 * @param {Subtle} subtle
 * @param {Bytes} leafHash
 * @param {{ readonly index: number, readonly size: number, readonly path: readonly Bytes[] }} proof
 * @returns {Promise<Bytes | undefined>}
 */
export async function findRootOfPath(subtle, leafHash, { index, size, path }) {
  if (index >= size) {
    return undefined;
  }
  const steps = findSteps({ place: index, last: size - 1 }, path);
  return steps === undefined ? undefined : foldSteps(subtle, leafHash, steps);
}

/**
 * @param {Subtle} subtle
 * @param {{ readonly leafHash: Bytes, readonly index: number, readonly path: readonly Bytes[], readonly head: TreeHead }} claim
 */
export async function isIncluded(subtle, { leafHash, index, path, head }) {
  const root = await findRootOfPath(subtle, leafHash, { index, size: head.size, path });
  return root !== undefined && isSameBytes(root, head.root);
}

/** @param {number} size */
const isPowerOfTwo = (size) => Number.isInteger(Math.log2(size)) && 2 ** Math.log2(size) === size;

/**
 * @param {Subtle} subtle
 * @param {{ readonly first: TreeHead, readonly second: TreeHead, readonly path: readonly Bytes[] }} claim
 */
async function isExtended(subtle, { first, second, path }) {
  const [start, ...rest] = isPowerOfTwo(first.size) ? [first.root, ...path] : path;
  const walk = { place: first.size - 1, last: second.size - 1 };
  while (isOdd(walk.place)) {
    climb(walk);
  }
  const steps = findSteps(walk, rest);
  if (start === undefined || steps === undefined) {
    return false;
  }
  const before = await foldSteps(
    subtle,
    start,
    steps.filter(({ isOnLeft }) => isOnLeft),
  );
  const after = await foldSteps(subtle, start, steps);
  return isSameBytes(before, first.root) && isSameBytes(after, second.root);
}

/**
 * RFC 9162 §2.1.4.2, and the two cases that it leaves out: equal sizes, and an empty first tree, which every tree extends.
 * @param {Subtle} subtle
 * @param {{ readonly first: TreeHead, readonly second: TreeHead, readonly path: readonly Bytes[] }} claim
 */
export async function isConsistent(subtle, claim) {
  const { first, second, path } = claim;
  if (first.size === second.size) {
    return path.length === 0 && isSameBytes(first.root, second.root);
  }
  if (first.size === 0) {
    return path.length === 0 && isSameBytes(first.root, await digest(subtle, toBytes('')));
  }
  return first.size < second.size && path.length > 0 && isExtended(subtle, claim);
}
