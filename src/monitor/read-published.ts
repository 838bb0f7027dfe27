// A log as it is published (C2SP tlog-tiles), read over whatever brings bytes. Believes nothing of it.

import { hashSize } from '../domain/ledger/merkle.ts';
import type { Tile } from '../domain/ledger/store.ts';
import { toTilePath } from '../domain/ledger/tile-path.ts';
import { tileWidth } from '../domain/ledger/tiles.ts';
import type { TileReader } from '../domain/ledger/tiles.ts';

export type Got =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** The other side said that it has no such thing. */
  | { readonly kind: 'absent' }
  /** No answer, or one that says nothing about the log. */
  | { readonly kind: 'lost'; readonly detail: string };

/** Takes a whole address. MUST NOT throw, MUST end by itself and MUST give no more bytes than it is asked for. */
export type GetBytes = (url: string, mostBytes: number) => Promise<Got>;

export type Published = {
  readonly get: (path: string, mostBytes: number) => Promise<Got>;
  /** Why the last thing that was lost was lost; `undefined` while everything was answered. */
  readonly lost: () => string | undefined;
};

const textLimit = 1_000_000;

/** `url`: as checkpoints are found below it, with or without a slash at its end. */
export function openPublished(url: string, getBytes: GetBytes): Published {
  let lost: string | undefined;
  const get = async (path: string, mostBytes: number): Promise<Got> => {
    const got = await getBytes(`${url.replace(/\/$/, '')}/${path}`, mostBytes);
    lost = got.kind === 'lost' ? `${path}: ${got.detail}` : lost;
    return got;
  };
  return { get, lost: () => lost };
}

export async function findText(published: Published, path: string): Promise<string | undefined> {
  const got = await published.get(path, textLimit);
  return got.kind === 'bytes' ? got.bytes.toString() : undefined;
}

/** How wide the tile is in a tree of this size; 0 when it is not begun. */
function toWidth(size: number, level: number, index: number): number {
  const count = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, count - index * tileWidth));
}

/** Tiles as they are in a tree of `size`. */
export function createTileReader(published: Published, size: number): TileReader {
  const readTile = async (level: number, index: number): Promise<Tile | undefined> => {
    const width = toWidth(size, level, index);
    if (width === 0) {
      return undefined;
    }
    const got = await published.get(toTilePath({ level, index, width }), width * hashSize);
    return got.kind === 'bytes' && got.bytes.length === width * hashSize ? { level, index, hashes: got.bytes } : undefined;
  };
  return { readTile };
}

const longestLeaf = 65_537;

/** The entries of one bundle; `undefined` when it is missing or has another number of entries. */
export async function findBundle(published: Published, index: number, width: number): Promise<readonly Buffer[] | undefined> {
  const got = await published.get(toTilePath({ level: 'entries', index, width }), width * longestLeaf);
  if (got.kind !== 'bytes') {
    return undefined;
  }
  const leaves: Buffer[] = [];
  let at = 0;
  while (at + 2 <= got.bytes.length) {
    const end = at + 2 + got.bytes.readUInt16BE(at);
    leaves.push(got.bytes.subarray(at + 2, end));
    at = end;
  }
  return at === got.bytes.length && leaves.length === width ? leaves : undefined;
}
