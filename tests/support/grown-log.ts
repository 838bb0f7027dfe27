// A log in memory that grows, signs and proves, for tests of those who watch it.

import { createCheckpoint } from '../../src/domain/ledger/checkpoint.ts';
import { hashLeaf } from '../../src/domain/ledger/merkle.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';
import type { Tile } from '../../src/domain/ledger/store.ts';
import { extendTiles, getConsistencyPath, getRoot } from '../../src/domain/ledger/tiles.ts';
import { toRequestBody } from '../../src/domain/witnesses/submission.ts';

export type GrownLog = {
  readonly checkpoint: (size: number) => Promise<string>;
  /** The body of a submission. */
  readonly submit: (old: number, size: number) => Promise<string>;
};

/** `salt` makes another history under the same key. */
export function growLog(signer: NoteSigner, size: number, salt = ''): GrownLog {
  const leaves = Array.from({ length: size }, (_, index) => hashLeaf(Buffer.from(`${salt}${index}`)));
  const tiles = new Map<string, Tile>();
  extendTiles({ size: 0, edge: [] }, leaves).changed.forEach((tile) => tiles.set(`${tile.level}/${tile.index}`, tile));
  const store = { readTile: async (level: number, index: number) => tiles.get(`${level}/${index}`) };
  const checkpoint = async (at: number): Promise<string> => createCheckpoint(signer, { size: at, root: await getRoot(store, at) });
  return {
    checkpoint,
    submit: async (old, at) =>
      toRequestBody({
        old,
        proof: old === 0 || old === at ? [] : await getConsistencyPath(store, old, at),
        checkpoint: await checkpoint(at),
      }),
  };
}
