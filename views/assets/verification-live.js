// Whether the public log, as it is served now, holds an entry at its place: the newest checkpoint, and the path to its root from the tiles
// (C2SP tlog-tiles). Fetching is handed in: what it may reach is decided by the page and its content security policy.

import { isSameBytes, toText } from './verification-bytes.js';
import { checkChainedHead, followKeys } from './verification-keys.js';
import { hashNode, isIncluded } from './verification-tree.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-signature.js').LogKey} LogKey */

/**
 * Gives the bytes at a place of the log, such as `checkpoint` or `tile/0/000.p/7`; throws when it cannot.
 * @typedef {(place: string) => Promise<Bytes>} ReadLog
 */

/** @typedef {{ readonly subtle: Subtle, readonly readLog: ReadLog }} LiveNeeds */

const tileHeight = 8;
const tileWidth = 2 ** tileHeight;
const hashSize = 32;

/** @param {number} group */
const toGroup = (group) => String(group % 1000).padStart(3, '0');

/** @param {number} index */
function toIndexPath(index) {
  const groups = [toGroup(index)];
  for (let above = Math.floor(index / 1000); above > 0; above = Math.floor(above / 1000)) {
    groups.unshift(`x${toGroup(above)}`);
  }
  return groups.join('/');
}

/**
 * The address of a tile of a tree of `size` entries: a tile at the right edge is named with its width.
 * @param {number} level
 * @param {number} index
 * @param {number} size
 */
export function toTilePath(level, index, size) {
  const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth);
  return `tile/${level}/${toIndexPath(index)}${width === tileWidth ? '' : `.p/${width}`}`;
}

/**
 * @param {Subtle} subtle
 * @param {readonly Bytes[]} hashes as many as a power of two
 * @returns {Promise<Bytes>}
 */
async function foldHashes(subtle, hashes) {
  const [first, ...more] = hashes;
  if (first === undefined || more.length === 0) {
    return first ?? new Uint8Array(0);
  }
  const middle = hashes.length / 2;
  const [left, right] = await Promise.all([foldHashes(subtle, hashes.slice(0, middle)), foldHashes(subtle, hashes.slice(middle))]);
  return hashNode(subtle, left, right);
}

/**
 * @typedef {object} Reading
 * @property {LiveNeeds} needs
 * @property {number} size
 * @property {Map<string, Promise<Bytes>>} tiles each fetched once
 */

/**
 * The hash over `count` entries from `from`, `count` being a power of two and `from` a multiple of it.
 * @param {Reading} reading
 * @param {number} from
 * @param {number} count
 */
async function hashSubtree({ needs, size, tiles }, from, count) {
  const level = Math.floor(Math.log2(count) / tileHeight);
  const first = from / tileWidth ** level;
  const width = count / tileWidth ** level;
  const place = toTilePath(level, Math.floor(first / tileWidth), size);
  const tile = tiles.get(place) ?? needs.readLog(place);
  tiles.set(place, tile);
  const bytes = await tile;
  const start = first % tileWidth;
  const hashes = Array.from({ length: width }, (_, at) => bytes.slice((start + at) * hashSize, (start + at + 1) * hashSize));
  return foldHashes(needs.subtle, hashes);
}

/**
 * The greatest power of two smaller than `count`, which is at least 2.
 * @param {number} count
 */
function toLeftCount(count) {
  let left = 1;
  while (left * 2 < count) {
    left *= 2;
  }
  return left;
}

/**
 * RFC 9162 §2.1.1: the hash over the entries from `from` up to `to`.
 * @param {Reading} reading
 * @param {number} from
 * @param {number} to
 * @returns {Promise<Bytes>}
 */
async function hashRange(reading, from, to) {
  const count = to - from;
  const left = count < 2 ? 1 : toLeftCount(count);
  if (count === 1 || left * 2 === count) {
    return hashSubtree(reading, from, count);
  }
  return hashNode(reading.needs.subtle, await hashSubtree(reading, from, left), await hashRange(reading, from + left, to));
}

/**
 * RFC 9162 §2.1.3.1.
 * @param {Reading} reading
 * @param {number} index
 * @param {{ readonly from: number, readonly to: number }} range
 * @returns {Promise<readonly Bytes[]>}
 */
async function readPath(reading, index, { from, to }) {
  if (to - from < 2) {
    return [];
  }
  const middle = from + toLeftCount(to - from);
  return index < middle
    ? [...(await readPath(reading, index, { from, to: middle })), await hashRange(reading, middle, to)]
    : [...(await readPath(reading, index, { from: middle, to })), await hashRange(reading, from, middle)];
}

/**
 * `passed` and `failed` are about the log; `not-run`: it did not answer; `not-here`: this browser cannot check its signature.
 * @typedef {{ readonly result: 'passed' | 'failed' | 'not-run' | 'not-here', readonly size: number | null }} LiveFinding
 */

/**
 * @param {LiveNeeds} needs
 * @param {{ readonly index: number, readonly leafHash: Bytes, readonly logKey: LogKey, readonly changes?: readonly string[] }} asked
 * @returns {Promise<LiveFinding>}
 */
async function readFinding(needs, { index, leafHash, logKey, changes = [] }) {
  const keys = await followKeys(needs.subtle, logKey, changes);
  const { finding, head } = await checkChainedHead(needs.subtle, toText(await needs.readLog('checkpoint')), keys);
  if (head === undefined || index >= head.size) {
    return { result: 'failed', size: null };
  }
  const reading = { needs, size: head.size, tiles: new Map() };
  const served = await hashSubtree(reading, index, 1);
  const path = await readPath(reading, index, { from: 0, to: head.size });
  const isThere = isSameBytes(served, leafHash) && (await isIncluded(needs.subtle, { leafHash, index, path, head }));
  const unsigned = finding === 'unknown' ? 'not-here' : 'passed';
  return { result: isThere ? unsigned : 'failed', size: head.size };
}

/**
 * @param {LiveNeeds} needs
 * @param {{ readonly index: number, readonly leafHash: Bytes, readonly logKey: LogKey, readonly changes?: readonly string[] }} asked
 * @returns {Promise<LiveFinding>}
 */
export async function findInLog(needs, asked) {
  try {
    return await readFinding(needs, asked);
  } catch {
    return { result: 'not-run', size: null };
  }
}
