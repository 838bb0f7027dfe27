// Rows of the ledger as its port names them.

import type { Entry, Tile } from '../domain/ledger/store.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { RowOf, Tables } from './dialect.ts';
import type { Row } from './row.ts';

export function toTile(row: RowOf<Tables['ledgerTiles']>): Tile {
  return { level: row.level, index: row.tileIndex, hashes: Buffer.from(row.hashes, 'base64url') };
}

export function toTileRow(tile: Tile): RowOf<Tables['ledgerTiles']> {
  return { level: tile.level, tileIndex: tile.index, hashes: Buffer.from(tile.hashes).toString('base64url') };
}

/** `row` also carries `salt` and `person_ref`, null where they were erased. */
export function toEntry(entry: RowOf<Tables['entries']>, row: Row): Entry {
  const { id, type, at, service, purpose, body, commitment, logIndex, leafHash } = entry;
  if (logIndex === null || leafHash === null) {
    throw new Fault('ledger/broken', `event ${id} has no index`);
  }
  const secret = { salt: toText(row['salt']), personRef: toText(row['person_ref']) };
  return { index: logIndex, id, type, at, service, purpose, attributes: toNames(entry.attributes), body, ...secret, commitment, leafHash };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** As stored, whatever it is: a damaged list has to reach the verification that compares it with the body. */
export function toNames(stored: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(stored);
    return Array.isArray(list) && list.every((name) => typeof name === 'string') ? list : [stored];
  } catch {
    return [stored];
  }
}
