import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTileBytes } from '../../../src/domain/ledger/find-tile.ts';
import { toLeafBytes, toLeafHash } from '../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { parseTilePath, toBundle, toTilePath } from '../../../src/domain/ledger/tile-path.ts';
import type { TileAddress } from '../../../src/domain/ledger/tile-path.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';

const addresses = fc.record<TileAddress>({
  level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
  index: fc.oneof(fc.nat(2000), fc.nat({ max: 2 ** 40 })),
  width: fc.integer({ min: 1, max: 256 }),
});

describe('the address of a tile', () => {
  it('is spelled as the specification spells it', () => {
    expect(toTilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(toTilePath({ level: 2, index: 0, width: 17 })).toBe('tile/2/000.p/17');
    expect(toTilePath({ level: 'entries', index: 1000, width: 1 })).toBe('tile/entries/x001/000.p/1');
  });

  it('reads back as the same address', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(parseTilePath(toTilePath(address))).toEqual({ ok: true, value: address });
      }),
    );
  });

  it('has no second spelling', () => {
    const wrong = [
      'tile/0/0',
      'tile/00/000',
      'tile/0/x000/001',
      'tile/0/001/002',
      'tile/0/x001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/257',
      'tile/0/000.p/017',
      'tile/64/000',
      'tile/-1/000',
      '/tile/0/000',
      'tile/0/000/',
      'tile/0/000\n',
      'tile/data/000',
      `tile/0/${'x999/'.repeat(5)}999`,
      'tile/0/x١٢٣/000',
      '',
    ];
    const refused = { ok: false, code: 'request/not-found', detail: 'no tile has this address' };
    expect(wrong.map(parseTilePath)).toMatchObject(wrong.map(() => refused));
  });
});

describe('the bytes behind an address', () => {
  it('are the hashes of a tile in every width up to its own, and the leaves they hash', async () => {
    const store = createMemoryLedgerStore();
    const events = createSampleEvents(300);
    await store.append(events);
    await sequenceAll({ store, signer: createSigner('l'), clock: createSteppingClock(sampleStart, 1) });
    const hashes = Buffer.concat(events.map(toLeafHash));
    expect(await findTileBytes({ store }, { level: 0, index: 1, width: 7 })).toEqual(hashes.subarray(256 * 32, 263 * 32));
    expect(await findTileBytes({ store }, { level: 0, index: 0, width: 256 })).toEqual(hashes.subarray(0, 256 * 32));
    expect(await findTileBytes({ store }, { level: 0, index: 1, width: 45 })).toBeUndefined();
    expect(await findTileBytes({ store }, { level: 1, index: 0, width: 256 })).toBeUndefined();
    expect(await findTileBytes({ store }, { level: 2, index: 0, width: 1 })).toBeUndefined();
    const bundle = await findTileBytes({ store }, { level: 'entries', index: 1, width: 2 });
    expect(bundle).toEqual(toBundle(events.slice(256, 258).map(toLeafBytes)));
    expect(await findTileBytes({ store }, { level: 'entries', index: 1, width: 45 })).toBeUndefined();
  });

  it('of a bundle are leaves after their lengths', () => {
    expect(Buffer.from(toBundle([Buffer.from('ab'), Buffer.alloc(300)])).subarray(0, 6)).toEqual(Buffer.from('00026162012c', 'hex'));
  });
});
