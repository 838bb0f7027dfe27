// The public addresses of tiles and entry bundles (C2SP tlog-tiles), in the one spelling each has, and the form of a bundle.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { tileWidth } from './tiles.ts';

export type TileAddress = {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; 256 is a full tile. */
  readonly width: number;
};

const deepestLevel = 63;

function toIndexPath(index: number): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return groups.join('/');
}

/** Such as `tile/0/x001/x234/067` or `tile/entries/000.p/17`. */
export function toTilePath(address: TileAddress): string {
  const suffix = address.width === tileWidth ? '' : `.p/${address.width}`;
  return `tile/${address.level}/${toIndexPath(address.index)}${suffix}`;
}

const pattern = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/;

function isAddress({ level, index, width }: TileAddress): boolean {
  return (level === 'entries' || level <= deepestLevel) && Number.isSafeInteger(index) && width >= 1 && width <= tileWidth;
}

/** Accepts only the spelling that `toTilePath` gives. */
export function parseTilePath(path: string): Outcome<TileAddress, 'request/not-found'> {
  const [, level, index, width] = pattern.exec(path) ?? [];
  if (level === undefined || index === undefined) {
    return refuse('request/not-found', 'no tile has this address');
  }
  const address: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  return isAddress(address) && toTilePath(address) === path ? succeed(address) : refuse('request/not-found', 'no tile has this address');
}

/** C2SP tlog-tiles: each entry after its length as a big-endian uint16. */
export function toBundle(leaves: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    leaves.flatMap((leaf) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(leaf.length);
      return [length, leaf];
    }),
  );
}
