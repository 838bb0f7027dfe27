// In which words the server says what is wrong with the log, and what it still says of a log that is damaged at several places.

import { describe, expect, it } from 'vitest';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { logFaultCatalogue } from '../../../src/domain/ledger/log-report.ts';
import type { LogReport } from '../../../src/domain/ledger/log-report.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import type { Entry, StoredCheckpoint } from '../../../src/domain/ledger/store.ts';
import { verifyLog } from '../../../src/domain/ledger/verify-log.ts';
import { verifyTail } from '../../../src/domain/ledger/verify-tail.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';
import type { MemoryLedgerStore, MemoryRows } from '../../support/memory-ledger-store.ts';

const signer = createSigner('id.example/ledger');
const trusted = [toVerifier(signer)];

async function createLog(groups: readonly number[], seed?: string): Promise<MemoryLedgerStore> {
  const store = createMemoryLedgerStore();
  const count = groups.reduce((sum, group) => sum + group, 0);
  const events = createSampleEvents(count, seed);
  let from = 0;
  for (const group of groups) {
    await store.append(events.slice(from, from + group));
    await sequenceAll({ store, signer, clock: createSteppingClock(sampleStart, 1) });
    from += group;
  }
  return store;
}

const pristine = await createLog([3, 4, 2]);

function damage(change: (rows: MemoryRows) => void): MemoryLedgerStore {
  const store = createMemoryLedgerStore();
  const { entries, tiles, checkpoints } = pristine.rows;
  Object.assign(store.rows, { entries: [...entries], tiles: new Map(tiles), checkpoints: [...checkpoints] });
  change(store.rows);
  return store;
}
const verify = (change: (rows: MemoryRows) => void, kept: readonly string[] = []): Promise<LogReport> =>
  verifyLog({ store: damage(change), trusted }, { kept });
const bend = (rows: MemoryRows, index: number, members: Partial<Entry>): void => {
  rows.entries = rows.entries.map((entry) => (entry.index === index ? { ...entry, ...members } : entry));
};
const toFaults = ({ faults }: Pick<LogReport, 'faults'>): readonly string[] =>
  faults.map(({ code, index, detail }) => `${code} ${index}: ${detail}`);

describe('the report on a whole log', () => {
  const [first] = pristine.rows.checkpoints.map(({ text }) => text);
  const stranger = createSigner('id.example/ledger', 'stranger');
  const untrusted = 'the checkpoint is not signed by a trusted key of the log';
  const sign = (size: number, fill = 7): string => createCheckpoint(signer, { size, root: Buffer.alloc(32, fill) });

  it('explains each fault in a sentence', () => {
    expect(Object.values(logFaultCatalogue).filter((text) => !/^[A-Z].{10,}\.$/.test(text))).toEqual([]);
  });

  it('says of an honest one how long it is and under which root', async () => {
    const { checkpoints } = pristine.rows;
    const honest = { size: 9, root: checkpoints.at(-1)?.root, checkpoints: 3, erased: 0, faults: [], notices: [], isCut: false };
    expect(
      await verify(
        () => undefined,
        checkpoints.map(({ text }) => text),
      ),
    ).toEqual(honest);
  });

  it.each<[string, (rows: MemoryRows) => void, readonly string[]]>([
    ['a gap', (rows) => rows.entries.splice(2, 1), ['index-gap 2: no entry has this index']],
    [
      'an index twice',
      (rows) => rows.entries.push({ ...(rows.entries[4] ?? entryless()) }),
      ['index-duplicate 4: another entry has this index'],
    ],
    ['another hash of its own', (rows) => bend(rows, 3, { leafHash: 'x' }), ['leaf-mismatch 3: the column of the leaf hash was changed']],
    [
      'an entry in the place of another',
      (rows) => bend(rows, 3, { ...createSampleEvents(1, 'other')[0] }),
      ['leaf-mismatch 3: the tree has another leaf at this index'],
    ],
    [
      'more than was signed',
      (rows) => rows.checkpoints.pop(),
      ['beyond-checkpoint 7: the newest checkpoint covers 7 entries', 'beyond-checkpoint 8: the newest checkpoint covers 7 entries'],
    ],
    [
      'a text of another size',
      (rows) => {
        rows.checkpoints = rows.checkpoints.map((each) => (each.size === 7 ? { ...each, size: 6 } : each));
      },
      ['checkpoint-column null: stored checkpoint of size 6 says otherwise in its text'],
    ],
    [
      'a text that nobody signed',
      (rows) => {
        rows.checkpoints = rows.checkpoints.map((each) => (each.size === 7 ? { ...each, text: 'none' } : each));
      },
      ['checkpoint-signature null: stored checkpoint of size 7: this is not a signed note'],
    ],
  ])('names %s', async (_, change, faults) => {
    expect(toFaults(await verify(change))).toEqual(faults);
  });

  it('tells of tiles that are wrong where the entries have the signed root', async () => {
    const hashes = Buffer.from(pristine.rows.tiles.get('0/0')?.hashes ?? []);
    hashes.writeUInt8(hashes.readUInt8(70) ^ 1, 70);
    expect(toFaults(await verify((rows) => rows.tiles.set('0/0', { level: 0, index: 0, hashes })))).toEqual([
      'tile-mismatch 2: the stored leaf hash differs from the entry',
    ]);
    const tall = await createLog([256]);
    tall.rows.tiles.delete('1/0');
    expect(toFaults(await verifyLog({ store: tall, trusted }, { kept: [] }))).toEqual([
      'tile-mismatch 0: the tile at level 1 differs from those below it',
    ]);
  });

  it('is complete also without the lowest tiles, and where nothing is signed', async () => {
    expect((await verify((rows) => rows.tiles.clear())).faults).toEqual([]);
    const bare = await verify((rows) => {
      rows.checkpoints = [];
    });
    expect(toFaults(bare).slice(0, 2)).toEqual([
      'checkpoint-missing null: there are entries and no checkpoint',
      'beyond-checkpoint 0: the newest checkpoint covers 0 entries',
    ]);
    expect(bare).toMatchObject({ size: 0, root: null, checkpoints: 0 });
    expect(bare.faults).toHaveLength(10);
  });

  it('takes for no fault what was numbered and signed while it read', async () => {
    const store = damage(() => undefined);
    const heads = store.rows.checkpoints.slice(1);
    const findCheckpoint = async (): Promise<StoredCheckpoint | undefined> => (heads.length > 1 ? heads.shift() : heads[0]);
    const report = await verifyLog({ store: { ...store, findCheckpoint }, trusted }, { kept: [] });
    expect([report.size, report.faults]).toEqual([7, []]);
  });

  it('holds the log against checkpoints that were kept', async () => {
    const kept = async (...texts: readonly string[]): Promise<readonly string[]> => toFaults(await verify(() => undefined, texts));
    expect(await kept(createCheckpoint(stranger, { size: 3, root: Buffer.alloc(32) }))).toEqual([
      `checkpoint-signature null: kept checkpoint: ${untrusted}`,
    ]);
    expect(await kept(sign(12))).toEqual(['tail-missing 9: a kept checkpoint covers 12 entries, the log has 9']);
    const doubt = (size: number, last: number): string =>
      `inconsistent-with-earlier-checkpoint ${last}: the checkpoint of size ${size} has another root; entries ${last} to ${size - 1} are in doubt`;
    expect(await kept(sign(9), first ?? '')).toEqual([doubt(9, 3)]);
    expect(await kept(sign(5), sign(6))).toEqual([doubt(5, 0), doubt(6, 0)]);
    expect(await kept(sign(0))).toEqual([
      'inconsistent-with-earlier-checkpoint 0: the checkpoint of size 0 has another root; entries 0 to -1 are in doubt',
    ]);
  });

  it('puts in doubt what a log that was written again signed anew, back to the last checkpoint that was kept', async () => {
    const rewritten = await createLog([3, 4, 2], 'another history');
    const texts = pristine.rows.checkpoints.map(({ text }) => text);
    const report = await verifyLog({ store: rewritten, trusted }, { kept: texts.slice(1, 2) });
    expect(toFaults(report)).toEqual([
      'inconsistent-with-earlier-checkpoint 0: the checkpoint of size 7 has another root; entries 0 to 6 are in doubt',
    ]);
  });

  it('says once between which entries a signed root went another way, until they agree again', async () => {
    const report = await verify((rows) => {
      rows.checkpoints = rows.checkpoints.map((each) => {
        const text = sign(each.size);
        return each.size === 9 ? each : { ...each, text, root: Buffer.alloc(32, 7).toString('base64url') };
      });
    });
    expect(toFaults(report)).toEqual(['root-mismatch 0: the checkpoint of size 3 has another root; entries 0 to 2 are in doubt']);
  });

  it('lists at most a thousand faults and a thousand notices, and says that there were more', async () => {
    const long = await createLog([1001]);
    const report = (store: MemoryLedgerStore): Promise<LogReport> => verifyLog({ store, trusted }, { kept: [] });
    const all = long.rows.entries;
    long.rows.entries = all.map((entry) => ({ ...entry, leafHash: 'x' }));
    const cut = await report(long);
    expect([cut.faults.length, cut.isCut]).toEqual([1000, true]);
    long.rows.entries = all.map((entry) => ({ ...entry, at: -600_001 * entry.index, leafHash: entry.index === 0 ? entry.leafHash : 'x' }));
    const { faults, isCut, notices } = await report(long);
    expect([faults.length, notices.length, isCut]).toEqual([1000, 1000, true]);
    long.rows.entries = all.map((entry) => ({ ...entry, leafHash: entry.index === 0 ? entry.leafHash : 'x' }));
    expect((await report(long)).isCut).toBe(false);
  });

  it('notices a clock that went back by more than ten minutes', async () => {
    const back = async (milliseconds: number) => {
      const { notices } = await verify((rows) => bend(rows, 4, { at: (rows.entries[3]?.at ?? 0) - milliseconds }));
      return notices;
    };
    expect(await back(600_000)).toEqual([]);
    expect(await back(600_001)).toEqual([{ code: 'time-backwards', index: 4, id: pristine.rows.entries[4]?.id }]);
  });
});

describe('a look at the end of a log', () => {
  const look = (change: (rows: MemoryRows) => void, length = 4) => verifyTail({ store: damage(change), trusted }, length);

  it('reads the newest checkpoint, its tree and the last entries', async () => {
    const checkpoint = pristine.rows.checkpoints.at(-1);
    expect(await look(() => undefined)).toEqual({ checkpoint, read: 4, faults: [] });
    expect(await look(() => undefined, 100)).toEqual({ checkpoint, read: 9, faults: [] });
    expect(await verifyTail({ store: createMemoryLedgerStore(), trusted }, 4)).toEqual({ checkpoint: undefined, read: 0, faults: [] });
    expect((await look((rows) => bend(rows, 4, { type: 'data.released' }))).faults).toEqual([]);
  });

  it.each<[string, (rows: MemoryRows) => void, readonly string[]]>([
    [
      'a checkpoint that nobody signed',
      (rows) => {
        rows.checkpoints = rows.checkpoints.map((each) => ({ ...each, text: 'none' }));
      },
      ['checkpoint-signature null: stored checkpoint of size 9: this is not a signed note'],
    ],
    [
      'another root',
      (rows) => {
        const root = Buffer.alloc(32, 7);
        rows.checkpoints = rows.checkpoints.map((each) => ({
          ...each,
          root: root.toString('base64url'),
          text: createCheckpoint(signer, { size: each.size, root }),
        }));
      },
      ['root-mismatch null: the stored tiles have another root than the newest checkpoint'],
    ],
    ['a gap', (rows) => rows.entries.splice(6, 1), ['index-gap 6: an entry is missing or stands twice']],
    ['an end that is gone', (rows) => rows.entries.pop(), ['index-gap 8: an entry is missing or stands twice']],
    [
      'an entry twice',
      (rows) => rows.entries.splice(6, 0, rows.entries[6] ?? entryless()),
      ['index-gap 7: an entry is missing or stands twice'],
    ],
    [
      'a column of another entry',
      (rows) => bend(rows, 8, { purpose: 'x' }),
      ['column-mismatch 8: the column purpose differs from the body'],
    ],
    [
      'another entry in its place',
      (rows) => bend(rows, 8, { ...createSampleEvents(1, 'other')[0] }),
      ['leaf-mismatch 8: the tree has another leaf at this index'],
    ],
  ])('names %s', async (_, change, faults) => {
    expect(toFaults(await look(change))).toEqual(faults);
  });

  it('finds an entry that a short tile does not hold', async () => {
    const other = await createLog([300]);
    expect(await verifyTail({ store: other, trusted }, 256)).toMatchObject({ read: 256, faults: [] });
    other.rows.tiles.set('0/0', { level: 0, index: 0, hashes: Buffer.alloc(0) });
    const { faults } = await verifyTail({ store: other, trusted }, 256);
    expect(faults.map(({ code, index }) => [code, index])).toEqual(Array.from({ length: 212 }, (_, at) => ['leaf-mismatch', 44 + at]));
    other.rows.tiles.delete('0/1');
    await expect(verifyTail({ store: other, trusted }, 256)).rejects.toThrow('ledger/broken');
  });

  it('holds no more than a batch of entries at once, also of a log whose checkpoints were cut away', async () => {
    const store = await createLog([100, 2900]);
    store.rows.checkpoints = store.rows.checkpoints.filter(({ size }) => size === 100);
    const held: number[] = [];
    const count = <T extends { readonly length: number }>(rows: T): T => {
      held.push(rows.length);
      return rows;
    };
    const counting: MemoryLedgerStore = {
      ...store,
      readEntries: async (from, to) => count(await store.readEntries(from, to)),
      queryEntries: async (filter, page) => {
        const found = await store.queryEntries(filter, page);
        count(found.entries);
        return found;
      },
    };
    const report = await verifyLog({ store: counting, trusted }, { kept: [] });
    expect(report.faults.map(({ code, index }) => `${code} ${index}`)).toContain('beyond-checkpoint 2999');
    expect(report.isCut).toBe(true);
    expect(Math.max(...held)).toBeLessThanOrEqual(1024);
  });
});

function entryless(): never {
  throw new TypeError('the sample has this entry');
}
