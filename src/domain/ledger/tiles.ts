// The tree in tiles (C2SP tlog-tiles): 256 hashes wide, 8 levels of the tree high. A tile only ever grows at its end.
// Proofs and roots come from a handful of tiles, whatever the number of entries; leaves are never read for them.

import { Fault } from '../kernel/errors.ts';
import { foldFull, foldHashes, hashSize, planConsistency, planInclusion, toSubtrees } from './merkle.ts';
import type { Hash, Subtree } from './merkle.ts';
import type { LedgerStore, Tile, TreeState } from './store.ts';

const tileHeight = 8;
export const tileWidth = 256;

export type TilePlace = { readonly level: number; readonly index: number };
export type TileExtent = TilePlace & { readonly width: number };

/** The tiles that are begun but not full in a tree of `size`, lowest first. */
export function toEdge(size: number): readonly TileExtent[] {
  const edge: TileExtent[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth > 0) {
      edge.push({ level, index: Math.floor(count / tileWidth), width: count % tileWidth });
    }
  }
  return edge;
}

export function toHashes(tile: Tile): readonly Hash[] {
  const hashes: Hash[] = [];
  for (let from = 0; from < tile.hashes.length; from += hashSize) {
    hashes.push(tile.hashes.subarray(from, from + hashSize));
  }
  return hashes;
}

export type Growth = Pick<TreeState, 'size' | 'edge'> & {
  /** Every tile that is new or longer than before. */
  readonly changed: readonly Tile[];
};

/** The tree with more leaves at its end. `tree.edge` MUST be the tiles that `toEdge(tree.size)` names, cut to their width. */
export function extendTiles(tree: Pick<TreeState, 'size' | 'edge'>, leafHashes: readonly Hash[]): Growth {
  const changed: Tile[] = [];
  let arriving = leafHashes;
  let level = 0;
  for (; arriving.length > 0; level += 1) {
    const current = level;
    const begun = tree.edge.find((tile) => tile.level === current);
    const first = Math.floor(tree.size / tileWidth ** (level + 1));
    const row = begun === undefined ? arriving : [...toHashes(begun), ...arriving];
    const full: Hash[] = [];
    for (let from = 0; from < row.length; from += tileWidth) {
      const hashes = row.slice(from, from + tileWidth);
      changed.push({ level, index: first + from / tileWidth, hashes: Buffer.concat(hashes) });
      if (hashes.length === tileWidth) {
        full.push(foldFull(hashes));
      }
    }
    arriving = full;
  }
  const untouched = tree.edge.filter((tile) => tile.level >= level);
  const partial = changed.filter((tile) => tile.hashes.length < tileWidth * hashSize);
  return { size: tree.size + leafHashes.length, edge: [...partial, ...untouched], changed };
}

function toPlace(subtree: Subtree): TilePlace {
  const level = Math.floor(subtree.height / tileHeight);
  const first = subtree.position * 2 ** (subtree.height % tileHeight);
  return { level, index: Math.floor(first / tileWidth) };
}

function hashSubtree(subtree: Subtree, tile: Tile | undefined): Hash {
  const count = 2 ** (subtree.height % tileHeight);
  const from = (subtree.position * count) % tileWidth;
  const hashes = tile === undefined ? [] : toHashes(tile).slice(from, from + count);
  if (hashes.length !== count) {
    const place = toPlace(subtree);
    throw new Fault('ledger/broken', `tile ${place.level}/${place.index} is missing or too short`);
  }
  return foldFull(hashes);
}

/** The root of a tree from the tiles at its edge alone. Throws a Fault when one is missing. */
export function toRoot(tree: Pick<TreeState, 'size' | 'edge'>): Hash {
  const hashes = toSubtrees(0, tree.size).map((subtree) => {
    const place = toPlace(subtree);
    return hashSubtree(
      subtree,
      tree.edge.find((tile) => tile.level === place.level && tile.index === place.index),
    );
  });
  return foldHashes(hashes);
}

export type TileReader = Pick<LedgerStore, 'readTile'>;

/** The hashes of parts of the tree. Throws a Fault when one is not there. */
export async function readRanges(store: TileReader, ranges: readonly (readonly Subtree[])[]): Promise<readonly Hash[]> {
  const tiles = new Map<string, Tile | undefined>();
  for (const subtree of ranges.flat()) {
    const { level, index } = toPlace(subtree);
    const key = `${level}/${index}`;
    if (!tiles.has(key)) {
      tiles.set(key, await store.readTile(level, index));
    }
  }
  return ranges.map((range) =>
    foldHashes(
      range.map((subtree) => {
        const { level, index } = toPlace(subtree);
        return hashSubtree(subtree, tiles.get(`${level}/${index}`));
      }),
    ),
  );
}

/** RFC 9162 §2.1.3: from the leaf up. Throws a Fault when the tree is not there. */
export function getInclusionPath(store: TileReader, index: number, size: number): Promise<readonly Hash[]> {
  return readRanges(store, planInclusion(index, size));
}

/** RFC 9162 §2.1.4. Throws a Fault when the tree is not there. */
export function getConsistencyPath(store: TileReader, first: number, second: number): Promise<readonly Hash[]> {
  return readRanges(store, planConsistency(first, second));
}

/** The root at any earlier size, from tiles. Throws a Fault when the tree is not there. */
export async function getRoot(store: TileReader, size: number): Promise<Hash> {
  const [root] = await readRanges(store, [toSubtrees(0, size)]);
  return root ?? foldHashes([]);
}
