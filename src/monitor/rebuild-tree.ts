// Builds the tree anew from every published entry: that each bundle gives the hashes of its tile, and all together the root that was signed.
// What was rebuilt once is not read again; the hashes at its edge are kept.

import { createFrontier } from '../domain/ledger/frontier.ts';
import type { Checkpoint } from '../domain/ledger/checkpoint.ts';
import { hashLeaf, isSameHash } from '../domain/ledger/merkle.ts';
import { tileWidth } from '../domain/ledger/tiles.ts';
import type { MonitorState } from './monitor-state.ts';
import { findBundle } from './read-published.ts';
import type { Published } from './read-published.ts';

export type Rebuilt =
  | { readonly kind: 'agree'; readonly rebuilt: MonitorState['rebuilt'] }
  | { readonly kind: 'differ'; readonly detail: string }
  | { readonly kind: 'lost' };

const encode = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');

export async function rebuildTree(published: Published, head: Checkpoint, known: MonitorState['rebuilt']): Promise<Rebuilt> {
  const { size, hashes } = known.size <= head.size ? known : { size: 0, hashes: [] };
  const frontier = createFrontier(() => undefined, { size, hashes: hashes.map((hash) => Buffer.from(hash, 'base64')) });
  let rebuilt: MonitorState['rebuilt'] = { size, hashes };
  while (frontier.size() < head.size) {
    const index = frontier.size() / tileWidth;
    const width = Math.min(tileWidth, head.size - frontier.size());
    const leaves = await findBundle(published, index, width);
    if (leaves === undefined) {
      return published.lost() === undefined ? { kind: 'differ', detail: `the entries of bundle ${index} are missing` } : { kind: 'lost' };
    }
    leaves.forEach((leaf) => frontier.push(hashLeaf(leaf)));
    // Only whole bundles are kept, so that the next look begins where a bundle does.
    rebuilt = width === tileWidth ? { size: frontier.size(), hashes: frontier.edge().map(encode) } : rebuilt;
  }
  return isSameHash(frontier.root(), head.root)
    ? { kind: 'agree', rebuilt }
    : { kind: 'differ', detail: `all ${head.size} published entries together give another root than the one that was signed` };
}
