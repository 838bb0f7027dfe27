import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { sealEvent, toLeafHash } from '../../../src/domain/ledger/event.ts';
import { exportLog } from '../../../src/domain/ledger/export-log.ts';
import type { LogReport } from '../../../src/domain/ledger/log-report.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import type { Entry, StoredCheckpoint, Tile } from '../../../src/domain/ledger/store.ts';
import { verifyLog } from '../../../src/domain/ledger/verify-log.ts';
import {
  createSampleEvents,
  createSeededRandom,
  createSigner,
  createSteppingClock,
  sampleEvent,
  sampleStart,
} from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';
import type { MemoryLedgerStore, MemoryRows } from '../../support/memory-ledger-store.ts';

const signer = createSigner('id.example/ledger');
const trusted = [toVerifier(signer)];

/** A log that grew in groups. */
async function createLog(groups: readonly number[]): Promise<MemoryLedgerStore> {
  const store = createMemoryLedgerStore();
  const events = createSampleEvents(groups.reduce((sum, group) => sum + group, 0));
  let from = 0;
  for (const group of groups) {
    await store.append(events.slice(from, from + group));
    await sequenceAll({ store, signer, clock: createSteppingClock(sampleStart, 1) });
    from += group;
  }
  return store;
}

const groups = [3, 4, 2];

const pristine = await createLog(groups);

/** The report on a log that was damaged. */
function verifyDamaged(damage: (rows: MemoryRows) => void): Promise<LogReport> {
  const store = createMemoryLedgerStore();
  const { entries, tiles, checkpoints } = pristine.rows;
  Object.assign(store.rows, { entries: [...entries], tiles: new Map(tiles), checkpoints: [...checkpoints] });
  damage(store.rows);
  return verifyLog({ store, trusted }, { kept: [] });
}

const toNames = (report: LogReport): string[] => report.faults.map((fault) => `${fault.code} ${fault.index}`);

function replaceEntry(rows: MemoryRows, index: number, change: (entry: Entry) => Entry): void {
  rows.entries = rows.entries.map((entry) => (entry.index === index ? change(entry) : entry));
}

const flipText = (text: string, at: number): string => {
  const bytes = Buffer.from(text);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString();
};

const textColumns = ['id', 'type', 'service', 'purpose', 'body', 'salt', 'personRef', 'commitment', 'leafHash'] as const;

describe('the verification of a whole log', () => {
  it('finds nothing wrong with a log that nobody touched', async () => {
    const report = await verifyDamaged(() => undefined);
    expect(report).toMatchObject({ size: 9, checkpoints: 3, erased: 0, faults: [], notices: [], isCut: false });
  });

  it('finds nothing wrong with an empty log, signed or not', async () => {
    const store = createMemoryLedgerStore();
    expect(await verifyLog({ store, trusted }, { kept: [] })).toMatchObject({ size: 0, root: null, faults: [] });
    await sequenceAll({ store, signer, clock: createSteppingClock(sampleStart, 1) });
    expect(await verifyLog({ store, trusted }, { kept: [] })).toMatchObject({ size: 0, checkpoints: 1, faults: [] });
  });

  it.each(textColumns)(
    'names the entry when any byte of its column %s is changed, at the start, within and at the end of the log',
    async (column) => {
      const { rows } = pristine;
      for (const { index, [column]: value } of rows.entries.filter((entry) => entry.index % 4 === 0)) {
        for (let at = 0; at < Buffer.byteLength(value ?? ''); at += 1) {
          const report = await verifyDamaged((damaged) =>
            replaceEntry(damaged, index, (entry) => ({ ...entry, [column]: flipText(value ?? '', at) })),
          );
          expect(report.faults.filter((fault) => fault.index === index).length, `${column} of ${index} at ${at}`).toBeGreaterThan(0);
          expect(report.faults.filter((fault) => fault.index !== index)).toEqual([]);
        }
      }
    },
  );

  it('names the entry when its time, its attributes or its index is changed', async () => {
    expect(toNames(await verifyDamaged((rows) => replaceEntry(rows, 4, (entry) => ({ ...entry, at: entry.at + 1 }))))).toEqual([
      'column-mismatch 4',
    ]);
    const attributes = await verifyDamaged((rows) =>
      replaceEntry(rows, 4, (entry) => ({ ...entry, attributes: entry.attributes.slice(1) })),
    );
    expect(toNames(attributes)).toEqual(['column-mismatch 4']);
    expect(toNames(await verifyDamaged((rows) => replaceEntry(rows, 4, (entry) => ({ ...entry, index: 40 }))))).toEqual([
      'index-gap 4',
      'beyond-checkpoint 40',
    ]);
    expect(toNames(await verifyDamaged((rows) => replaceEntry(rows, 4, (entry) => ({ ...entry, index: 5 }))))).toContain(
      'index-duplicate 5',
    );
  });

  it('names the entry whose body, salt and commitment were forged together', async () => {
    const needs = { clock: { now: () => sampleStart }, random: createSeededRandom('forger') };
    const forged = sealEvent(needs, { ...sampleEvent, attributes: ['national_id'] });
    const report = await verifyDamaged((rows) =>
      replaceEntry(rows, 6, () => ({ ...forged, index: 6, leafHash: Buffer.from(toLeafHash(forged)).toString('base64url') })),
    );
    expect(toNames(report)).toEqual(['leaf-mismatch 6']);
  });

  it('names the gap when an entry is deleted, also when the rest moves up', async () => {
    const without = (rows: MemoryRows, index: number): Entry[] => rows.entries.filter((entry) => entry.index !== index);
    expect(
      toNames(
        await verifyDamaged((rows) => {
          rows.entries = without(rows, 2);
        }),
      ),
    ).toEqual(['index-gap 2']);
    const moved = await verifyDamaged((rows) => {
      rows.entries = without(rows, 2).map((entry) => (entry.index > 2 ? { ...entry, index: entry.index - 1 } : entry));
    });
    expect(toNames(moved)).toEqual(['order 2', 'order 3', 'order 4', 'order 5', 'order 6', 'order 7', 'index-gap 8']);
  });

  it('names the entry that was inserted, wherever it was put', async () => {
    const [stranger] = createSampleEvents(1, 'stranger');
    const insert = (index: number) => (rows: MemoryRows) => {
      rows.entries = rows.entries.map((entry) => (entry.index >= index ? { ...entry, index: entry.index + 1 } : entry));
      rows.entries.push(
        ...(stranger === undefined ? [] : [{ ...stranger, index, leafHash: Buffer.from(toLeafHash(stranger)).toString('base64url') }]),
      );
    };
    expect(toNames(await verifyDamaged(insert(9)))).toEqual(['beyond-checkpoint 9']);
    expect(toNames(await verifyDamaged(insert(7)))).toEqual(['leaf-mismatch 7', 'order 8', 'beyond-checkpoint 9']);
  });

  it('names both entries when two are swapped', async () => {
    const report = await verifyDamaged((rows) => {
      const places = new Map([
        [1, 5],
        [5, 1],
      ]);
      rows.entries = rows.entries.map((entry) => ({ ...entry, index: places.get(entry.index) ?? entry.index }));
    });
    expect(toNames(report)).toEqual(['order 1', 'order 5']);
    expect(report.faults.map((fault) => fault.detail)).toEqual(['this entry belongs at index 5', 'this entry belongs at index 1']);
  });

  it('blames the tile when the entries have the signed root', async () => {
    const flipTile = (tile: Tile, at: number): Tile => {
      const hashes = Buffer.from(tile.hashes);
      hashes.writeUInt8(hashes.readUInt8(at) ^ 1, at);
      return { ...tile, hashes };
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(9 * 32 - 1), async (at) => {
        const report = await verifyDamaged((rows) => {
          rows.tiles = new Map([...rows.tiles].map(([key, tile]) => [key, flipTile(tile, at)]));
        });
        expect(toNames(report)).toEqual([`tile-mismatch ${Math.floor(at / 32)}`]);
      }),
      { numRuns: 20 },
    );
    const tall = await createLog([700]);
    const upper = tall.rows.tiles.get('1/0');
    tall.rows.tiles.set('1/0', flipTile(upper ?? { level: 1, index: 0, hashes: new Uint8Array(64) }, 40));
    expect(toNames(await verifyLog({ store: tall, trusted }, { kept: [] }))).toEqual(['tile-mismatch 256']);
    tall.rows.tiles.delete('1/0');
    expect(toNames(await verifyLog({ store: tall, trusted }, { kept: [] }))).toEqual(['tile-mismatch 0', 'tile-mismatch 256']);
  });

  it('finds any changed byte of a checkpoint and its columns', async () => {
    const { rows } = pristine;
    const changeSecond = (change: (checkpoint: StoredCheckpoint) => StoredCheckpoint) => (damaged: MemoryRows) => {
      damaged.checkpoints = damaged.checkpoints.map((each, at) => (at === 1 ? change(each) : each));
    };
    const text = rows.checkpoints[1]?.text ?? '';
    const bytes = Buffer.from(text);
    for (const at of bytes.keys()) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      const report = await verifyDamaged(changeSecond((each) => ({ ...each, text: copy.toString() })));
      expect(toNames(report), `byte ${at}`).toEqual(['checkpoint-signature null']);
    }
    expect(toNames(await verifyDamaged(changeSecond((each) => ({ ...each, root: flipText(each.root, 3) }))))).toEqual([
      'checkpoint-column null',
    ]);
    expect(toNames(await verifyDamaged(changeSecond((each) => ({ ...each, size: 6 }))))).toEqual(['checkpoint-column null']);
  });

  it('finds a head whose signature is another', async () => {
    const stranger = createSigner('id.example/ledger', 'stranger');
    const report = await verifyDamaged((rows) => {
      rows.checkpoints = rows.checkpoints.map((each) => ({
        ...each,
        text: createCheckpoint(stranger, { size: each.size, root: Buffer.from(each.root, 'base64url') }),
      }));
    });
    expect(new Set(toNames(report))).toEqual(new Set(['checkpoint-signature null']));
    expect(report.faults).toHaveLength(3);
  });

  it('tells between which entries the fault lies when a signed root is another one', async () => {
    const report = await verifyDamaged((rows) => {
      const text = createCheckpoint(signer, { size: 7, root: Buffer.alloc(32, 5) });
      rows.checkpoints = rows.checkpoints.map((each) =>
        each.size === 7 ? { ...each, root: Buffer.alloc(32, 5).toString('base64url'), text } : each,
      );
    });
    expect(toNames(report)).toEqual(['root-mismatch 3']);
    expect(report.faults[0]?.detail).toContain('entries 3 to 6');
  });

  it('finds a whole log that was written again, by a checkpoint that was kept', async () => {
    const honest = await createLog(groups);
    const kept = (await honest.findCheckpointOfSize(7))?.text ?? '';
    const store = createMemoryLedgerStore();
    await store.append(createSampleEvents(9, 'another history'));
    await sequenceAll({ store, signer, clock: createSteppingClock(sampleStart, 1) });
    expect((await verifyLog({ store, trusted }, { kept: [] })).faults).toEqual([]);
    expect(toNames(await verifyLog({ store, trusted }, { kept: [kept] }))).toEqual(['inconsistent-with-earlier-checkpoint 0']);
  });

  it('finds a tail that was cut to an earlier checkpoint, by a checkpoint that was kept', async () => {
    const honest = await createLog(groups);
    const kept = (await honest.findCheckpointOfSize(9))?.text ?? '';
    const cut = await createLog(groups.slice(0, 2));
    expect((await verifyLog({ store: cut, trusted }, { kept: [] })).faults).toEqual([]);
    expect(toNames(await verifyLog({ store: cut, trusted }, { kept: [kept] }))).toEqual(['tail-missing 7']);
    expect((await verifyLog({ store: honest, trusted }, { kept: [kept] })).faults).toEqual([]);
    expect(toNames(await verifyLog({ store: createMemoryLedgerStore(), trusted }, { kept: [kept] }))).toEqual(['tail-missing 0']);
    expect(toNames(await verifyLog({ store: honest, trusted }, { kept: [flipText('x\n\ny\n', 1)] }))).toEqual([
      'checkpoint-signature null',
    ]);
  });

  it('finds checkpoints that are gone', async () => {
    const report = await verifyDamaged((rows) => {
      rows.checkpoints = [];
    });
    expect(toNames(report)[0]).toBe('checkpoint-missing null');
  });

  it('finds an entry of which half of what opens it is gone', async () => {
    const half = await verifyDamaged((rows) => replaceEntry(rows, 1, (entry) => ({ ...entry, salt: null })));
    expect(toNames(half)).toEqual(['commitment-mismatch 1']);
  });

  it('notices, without calling it a fault, that the clock of the writer went back', async () => {
    const store = createMemoryLedgerStore();
    const random = createSeededRandom('clock');
    for (const hours of [2, 1, 3]) {
      await store.append([sealEvent({ clock: { now: () => sampleStart + hours * 3_600_000 }, random }, sampleEvent)]);
      await sequenceAll({ store, signer, clock: createSteppingClock(sampleStart, 1) });
    }
    const report = await verifyLog({ store, trusted }, { kept: [] });
    expect(report.faults).toEqual([]);
    expect(report.notices.map((notice) => notice.index)).toEqual([1]);
  });

  it('reads a log of several batches and tells how far it is', async () => {
    const store = await createLog([600, 900, 1000]);
    const seen: number[] = [];
    const progress = (done: number): void => {
      seen.push(done);
    };
    expect((await verifyLog({ store, trusted, progress }, { kept: [] })).faults).toEqual([]);
    expect(seen).toEqual([1024, 2048, 2500]);
    store.rows.entries = store.rows.entries.filter((entry) => entry.index !== 1024);
    expect(toNames(await verifyLog({ store, trusted }, { kept: [] }))).toEqual(['index-gap 1024']);
  });

  it('is written out for the separate verifier in batches, and tells how far that is', async () => {
    const store = await createLog([600, 900, 1000]);
    const seen: string[] = [];
    const progress = (done: number, total: number): unknown => seen.push(`${done}/${total}`);
    const write = async (lines: AsyncIterable<string>): Promise<void> => void (await Readable.from(lines).toArray());
    await exportLog({ store, sequence: () => Promise.resolve(), progress }, { log: '', kept: [] }, write);
    expect(seen).toEqual(['1000/2500', '2000/2500', '2500/2500']);
  });
});
