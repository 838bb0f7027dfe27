// The bytes behind the public tile addresses. They hold hashes, random ids and salted commitments; nothing about a person.

import { toLeafBytes } from './event.ts';
import { hashSize } from './merkle.ts';
import type { LedgerStore } from './store.ts';
import { toBundle } from './tile-path.ts';
import type { TileAddress } from './tile-path.ts';
import { tileWidth } from './tiles.ts';

export type TileNeeds = { readonly store: Pick<LedgerStore, 'readTile' | 'readEntries'> };

/** C2SP tlog-tiles: a narrower form of a tile stays available after the tile has grown. `undefined` when the log is not that long. */
export async function findTileBytes(needs: TileNeeds, address: TileAddress): Promise<Uint8Array | undefined> {
  const { level, index, width } = address;
  if (level === 'entries') {
    const entries = await needs.store.readEntries(index * tileWidth, index * tileWidth + width);
    return entries.length === width ? toBundle(entries.map(toLeafBytes)) : undefined;
  }
  const tile = await needs.store.readTile(level, index);
  return tile !== undefined && tile.hashes.length >= width * hashSize ? tile.hashes.subarray(0, width * hashSize) : undefined;
}
