import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/domain/kernel/errors.ts';
import { foldFull, hashSize } from '../../../src/domain/ledger/merkle.ts';
import { isConsistent, isIncluded } from '../../../src/domain/ledger/merkle-verify.ts';
import type { Tile } from '../../../src/domain/ledger/store.ts';
import { extendTiles, getConsistencyPath, getInclusionPath, getRoot, tileWidth, toEdge, toRoot } from '../../../src/domain/ledger/tiles.ts';
import type { TileReader } from '../../../src/domain/ledger/tiles.ts';
import { createTree, naiveConsistency, naiveInclusion, naiveRoot } from './naive-tree.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

type Grown = { readonly size: number; readonly edge: readonly Tile[]; readonly tiles: Map<string, Tile> };

/** Grows a tree by groups and keeps every tile, as a store would. */
function grow(leaves: readonly Uint8Array[], groups: readonly number[]): Grown {
  const tiles = new Map<string, Tile>();
  let tree: Pick<Grown, 'size' | 'edge'> = { size: 0, edge: [] };
  for (const group of [...groups, leaves.length]) {
    const grown = extendTiles(tree, leaves.slice(tree.size, tree.size + group));
    for (const tile of grown.changed) {
      const before = tiles.get(`${tile.level}/${tile.index}`);
      expect(toHex(tile.hashes).startsWith(before === undefined ? '' : toHex(before.hashes))).toBe(true);
      tiles.set(`${tile.level}/${tile.index}`, tile);
    }
    tree = grown;
  }
  return { ...tree, tiles };
}

function createReader(tiles: ReadonlyMap<string, Tile>): TileReader & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    readTile: (level, index) => {
      read.push(`${level}/${index}`);
      return Promise.resolve(tiles.get(`${level}/${index}`));
    },
  };
}

describe('tiles', () => {
  it('have at their edge what the specification gives for 70,000 and for 256 entries', () => {
    expect(toEdge(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(toEdge(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(toEdge(0)).toEqual([]);
  });

  it('give the root, paths and edges of the recursive definition however the entries arrived', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1200 }),
        fc.array(fc.integer({ min: 0, max: 600 })),
        fc.nat(),
        async (size, groups, pick) => {
          const leaves = createTree(size);
          const grown = grow(leaves, groups);
          const extents = grown.edge.map(({ level, index, hashes }) => ({ level, index, width: hashes.length / hashSize }));
          expect(extents).toEqual(toEdge(size));
          expect(toHex(toRoot(grown))).toBe(toHex(naiveRoot(leaves)));
          const reader = createReader(grown.tiles);
          const index = pick % size;
          const first = pick % (size + 1);
          expect((await getInclusionPath(reader, index, size)).map(toHex)).toEqual(naiveInclusion(index, leaves).map(toHex));
          expect((await getConsistencyPath(reader, first, size)).map(toHex)).toEqual(naiveConsistency(first, leaves).map(toHex));
          expect(toHex(await getRoot(reader, first))).toBe(toHex(naiveRoot(leaves.slice(0, first))));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('give proofs for ten million entries from a handful of tiles', async () => {
    const size = 10_000_019;
    const tiles = createUniformTiles(size);
    const reader = createReader(tiles);
    const root = await getRoot(reader, size);
    const firstSize = 7_654_321;
    const firstRoot = await getRoot(reader, firstSize);
    reader.read.length = 0;
    const index = 6_543_210;
    const path = await getInclusionPath(reader, index, size);
    expect(reader.read.length).toBeLessThanOrEqual(8);
    expect(isIncluded({ leafHash: Buffer.alloc(hashSize, 7), index, size, path, root })).toBe(true);
    reader.read.length = 0;
    const consistency = await getConsistencyPath(reader, firstSize, size);
    expect(reader.read.length).toBeLessThanOrEqual(8);
    expect(isConsistent({ first: { size: firstSize, root: firstRoot }, second: { size, root }, path: consistency })).toBe(true);
  });

  it('throw a fault when one that a proof needs is missing or too short', async () => {
    const { tiles } = grow(createTree(300), []);
    tiles.set('0/0', { level: 0, index: 0, hashes: Buffer.alloc(hashSize * 3) });
    await expect(getInclusionPath(createReader(tiles), 5, 300)).rejects.toThrow(Fault);
    tiles.delete('0/0');
    await expect(getInclusionPath(createReader(tiles), 5, 300)).rejects.toThrow('ledger/broken');
  });
});

/** All leaves are the same, so that each level has one hash and a great tree costs nothing. */
function createUniformTiles(size: number): Map<string, Tile> {
  const tiles = new Map<string, Tile>();
  let each: Uint8Array = Buffer.alloc(hashSize, 7);
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const full = Buffer.concat(Array.from({ length: tileWidth }, () => each));
    for (let index = 0; index * tileWidth < count; index += 1) {
      const width = Math.min(tileWidth, count - index * tileWidth);
      tiles.set(`${level}/${index}`, { level, index, hashes: full.subarray(0, width * hashSize) });
    }
    const below = each;
    each = foldFull(Array.from({ length: tileWidth }, () => below));
  }
  return tiles;
}
