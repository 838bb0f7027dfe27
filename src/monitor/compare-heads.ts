// Whether two signed heads of one log can both be true. Where they cannot, the two signatures are the proof, whoever is shown them.

import type { Checkpoint } from '../domain/ledger/checkpoint.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { isConsistent } from '../domain/ledger/merkle-verify.ts';
import { isSameHash } from '../domain/ledger/merkle.ts';
import { getConsistencyPath, getRoot } from '../domain/ledger/tiles.ts';
import { createTileReader } from './read-published.ts';
import type { Published } from './read-published.ts';

/** `unproven`: the published tiles do not give the root of the longer head, so nothing is known. `lost`: the log did not answer. */
export type Comparison = 'agree' | 'contradict' | 'unproven' | 'lost';

async function compareByTiles(published: Published, shorter: Checkpoint, longer: Checkpoint): Promise<Comparison> {
  const tiles = createTileReader(published, longer.size);
  const path = await getConsistencyPath(tiles, shorter.size, longer.size);
  if (isConsistent({ first: shorter, second: longer, path })) {
    return 'agree';
  }
  return isSameHash(await getRoot(tiles, longer.size), longer.root) ? 'contradict' : 'unproven';
}

/** A tree is the beginning of another one exactly when the tiles of the longer say so, and those are the ones that its signature covers. */
export async function compareHeads(published: Published, left: Checkpoint, right: Checkpoint): Promise<Comparison> {
  if (left.size === right.size) {
    return isSameHash(left.root, right.root) ? 'agree' : 'contradict';
  }
  const [shorter, longer] = left.size < right.size ? [left, right] : [right, left];
  try {
    return await compareByTiles(published, shorter, longer);
  } catch (error) {
    if (error instanceof Fault) {
      return published.lost() === undefined ? 'unproven' : 'lost';
    }
    throw error;
  }
}

/** Whether the published tiles give the root of the head. */
export async function checkTiles(published: Published, head: Checkpoint): Promise<Comparison> {
  try {
    return isSameHash(await getRoot(createTileReader(published, head.size), head.size), head.root) ? 'agree' : 'unproven';
  } catch (error) {
    if (error instanceof Fault) {
      return published.lost() === undefined ? 'unproven' : 'lost';
    }
    throw error;
  }
}
