// The newest moment before an entry, by which a clock that went back is told. Looks back over the block before alone, so that one wrong moment does not
// stand over everything that follows.

import type { Entry } from '../domain/ledger/store.ts';
import type { Act } from './engine.ts';

/** Entries that share the bounds of their times. */
export const blockSize = 1024;

export type Times = {
  /** Of the next entry. */
  readonly block: number;
  /** The newest moments of the block and of the one before it, with every entry so far. */
  readonly newest: number;
  readonly newestBefore: number;
  /** What the last entry is held against. */
  readonly newestAt: number;
};

export function* readTimes(from: number): Act<Times> {
  const block = Math.floor(from / blockSize);
  const rows = yield { text: 'SELECT block, max_at FROM audit_blocks WHERE block >= ?', values: [block - 1] };
  const of = (wanted: number): number => Number(rows.find((row) => Number(row['block']) === wanted)?.['max_at'] ?? 0);
  return { block, newest: of(block), newestBefore: of(block - 1), newestAt: 0 };
}

/** With one entry more. */
export function passTime(times: Times, { at, index }: Pick<Entry, 'at' | 'index'>): Times {
  const block = Math.floor(index / blockSize);
  const [newest, newestBefore] = block === times.block ? [times.newest, times.newestBefore] : [0, times.newest];
  return { block, newest: Math.max(newest, at), newestBefore, newestAt: Math.max(newest, newestBefore) };
}
