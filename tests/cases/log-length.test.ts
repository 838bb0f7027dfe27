// What a long log costs (security.md 2.9): a proof reads as few tiles whatever its length, and the tree takes a fixed share of each entry. How many
// milliseconds that is at ten million entries, `npm run bench -- audit proofs` says; docs/performance.md holds its figures.

import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashSize } from '../../src/domain/ledger/merkle.ts';
import type { Hash } from '../../src/domain/ledger/merkle.ts';
import { isConsistent, isIncluded } from '../../src/domain/ledger/merkle-verify.ts';
import type { Tile } from '../../src/domain/ledger/store.ts';
import { extendTiles, getConsistencyPath, getInclusionPath, getRoot, tileWidth } from '../../src/domain/ledger/tiles.ts';

const toLeaf = (index: number): Hash => hash('sha256', `entry ${index}`, 'buffer');

type Grown = { readonly size: number; readonly tiles: ReadonlyMap<string, Tile> };

function grow(size: number): Grown {
  const leaves = Array.from({ length: size }, (_, index) => toLeaf(index));
  const { changed } = extendTiles({ size: 0, edge: [] }, leaves);
  return { size, tiles: new Map(changed.map((tile) => [`${tile.level}/${tile.index}`, tile])) };
}

function createReader({ tiles }: Grown) {
  let reads = 0;
  const readTile = async (level: number, index: number): Promise<Tile | undefined> => {
    reads += 1;
    return tiles.get(`${level}/${index}`);
  };
  return { store: { readTile }, reads: () => reads };
}

type Cost = { readonly most: number; readonly hashes: number };

async function prove(log: Grown, claimed: (index: number) => Hash): Promise<Cost & { readonly isRight: boolean }> {
  const { size } = log;
  const root = await getRoot(createReader(log).store, size);
  let cost = { most: 0, hashes: 0, isRight: true };
  for (const index of [0, 1, 255, 256, Math.floor(size / 3), size - 2, size - 1]) {
    const [entry, growth] = [createReader(log), createReader(log)];
    const path = await getInclusionPath(entry.store, index, size);
    const grown = await getConsistencyPath(growth.store, index + 1, size);
    const first = { size: index + 1, root: await getRoot(createReader(log).store, index + 1) };
    const isIn = isIncluded({ leafHash: claimed(index), index, size, path, root });
    const isGrown = isConsistent({ first, second: { size, root }, path: grown });
    const most = Math.max(cost.most, entry.reads(), growth.reads());
    cost = { most, hashes: Math.max(cost.hashes, path.length, grown.length), isRight: cost.isRight && isIn && isGrown };
  }
  return cost;
}

describe('a long log', () => {
  test('AL-22 a proof takes a handful of tiles and two hashes at most for each doubling, and the tree 33 bytes an entry, however long the log is', async () => {
    for (const size of [700, 66_001]) {
      const log = grow(size);
      const levels = Math.ceil(Math.log2(size) / Math.log2(tileWidth));
      const cost = await prove(log, toLeaf);
      expect(cost).toMatchObject({ isRight: true });
      expect(cost.most).toBeLessThanOrEqual(2 * levels + 1);
      expect(cost.hashes).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) + 1);
      const bytes = [...log.tiles.values()].reduce((sum, { hashes }) => sum + hashes.length, 0);
      expect(bytes / size).toBeLessThan(hashSize * (1 + 1 / (tileWidth - 1)) + 0.1);
      expect(await prove(log, (index) => toLeaf(index + 1))).toMatchObject({ isRight: false });
    }
  });
});
