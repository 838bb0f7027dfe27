import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTileBytes } from '../../../src/domain/ledger/find-tile.ts';
import { parseTilePath, toTilePath as toServedPath } from '../../../src/domain/ledger/tile-path.ts';
import { findInLog, toTilePath } from '../../../views/assets/verification-live.js';
import { findLogKey } from '../../../views/assets/verification-signature.js';
import type { MemoryLedgerStore } from '../../support/memory-ledger-store.ts';
import { createSampleLog, logKey as logKeyText } from '../../support/receipt-samples.ts';

const { subtle } = crypto;
const logKey = await findLogKey(subtle, logKeyText);

/** Reads the log as it is served. `asked` collects the places. */
function createReader(store: MemoryLedgerStore, asked: string[] = []) {
  return async (place: string): Promise<Uint8Array<ArrayBuffer>> => {
    asked.push(place);
    if (place === 'checkpoint') {
      return new Uint8Array(Buffer.from((await store.findCheckpoint())?.text ?? ''));
    }
    const address = parseTilePath(place);
    const bytes = address.ok ? await findTileBytes({ store }, address.value) : undefined;
    if (bytes === undefined) {
      throw new Error(`nothing at ${place}`);
    }
    return new Uint8Array(bytes);
  };
}

async function look(store: MemoryLedgerStore, index: number, given: Partial<Parameters<typeof findInLog>[1]> = {}) {
  const [entry] = await store.readEntries(index, index + 1);
  const leafHash = new Uint8Array(Buffer.from(entry?.leafHash ?? '', 'base64url'));
  if (logKey === undefined) {
    throw new TypeError('the key of the sample log cannot be read');
  }
  return findInLog({ subtle, readLog: createReader(store) }, { index, leafHash, logKey, ...given });
}

describe('an entry looked for in the log as it is served', () => {
  it.each([1, 2, 3, 255, 256, 257, 700])('is found at its place in a log of %i entries, and at no other', async (size) => {
    const store = await createSampleLog([size]);
    const indices = [...new Set([0, 1, 127, 254, 255, 256, 300, 511, 512, size - 1])].filter((index) => index < size);
    for (const index of indices) {
      expect([index, await look(store, index)]).toEqual([index, { result: 'passed', size }]);
      expect(await look(store, index, { leafHash: new Uint8Array(32) })).toMatchObject({ result: 'failed' });
    }
    expect(await look(store, 0, { index: size })).toMatchObject({ result: 'failed' });
    expect(await look(store, 0, { index: size - 1 })).toMatchObject({ result: size === 1 ? 'passed' : 'failed' });
  });

  it('is not found where the checkpoint is signed by somebody else', async () => {
    const other = await findLogKey(subtle, logKeyText);
    const key = other === undefined ? undefined : { ...other, key: new Uint8Array(32) };
    expect(await look(await createSampleLog([5]), 2, key === undefined ? {} : { logKey: key })).toMatchObject({ result: 'failed' });
  });

  it('is neither found nor missing where the log does not answer', async () => {
    const needs = { subtle, readLog: async () => Promise.reject(new TypeError('Failed to fetch')) };
    const asked = { index: 0, leafHash: new Uint8Array(32), logKey: { name: 'x', id: new Uint8Array(4), key: new Uint8Array(32) } };
    expect(await findInLog(needs, asked)).toEqual({ result: 'not-run', size: null });
  });

  it('asks for tiles by the addresses at which they are served', () => {
    const places = fc.record({ level: fc.nat(3), index: fc.nat(2_000_000), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(
      fc.property(places, ({ level, index, width }) => {
        const size = (index * 256 + width) * 256 ** level;
        expect(toTilePath(level, index, size)).toBe(toServedPath({ level, index, width }));
      }),
    );
  });
});
