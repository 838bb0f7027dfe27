// What every store of the ledger promises, whatever it is made of. `append` stores sealed events as the storage of a use case would.

import { afterEach, describe, expect, it } from 'vitest';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { createPlanner, sequenceAll, sequenceEvents } from '../../src/domain/ledger/sequence.ts';
import type { LedgerStore } from '../../src/domain/ledger/store.ts';
import { sequenceLimit } from '../../src/domain/ledger/store.ts';
import { getRoot } from '../../src/domain/ledger/tiles.ts';
import { followKeys, toTrusted } from '../../src/domain/ledger/key-chain.ts';
import { parseCheckpoint } from '../../src/domain/ledger/checkpoint.ts';
import { rotateLogKey } from '../../src/domain/ledger/rotate-log-key.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { describeHeads } from './ledger-heads.contract.ts';
import {
  createSampleEvents,
  createSeededRandom,
  createSigner,
  createSteppingClock,
  sampleEvent,
  sampleStart,
} from '../support/ledger-samples.ts';

export type OpenedLedgerStore = LedgerStore & {
  readonly append: (events: readonly SealedEvent[]) => Promise<void>;
  readonly close?: () => Promise<void>;
};

const signer = createSigner('ledger.example/ledger');
const signing = { signer, clock: createSteppingClock(sampleStart, 1000) };

/** `open` gives an empty store each time. */
export function describeLedgerStore(name: string, open: () => Promise<OpenedLedgerStore>): void {
  describe(`${name} as a ledger store`, () => {
    const opened: OpenedLedgerStore[] = [];
    const openStore = async (): Promise<OpenedLedgerStore> => {
      const store = await open();
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) {
        await store.close?.();
      }
    });
    describeSequencing(openStore);
    describeHeads(openStore);
    describeRotation(openStore);
    describeReading(openStore);
    describeQueries(openStore);
  });
}

type Open = () => Promise<OpenedLedgerStore>;

function describeRotation(open: Open): void {
  it('AL-13: changes the key between two heads while several nodes number at once, and signs no size twice', async () => {
    const store = await open();
    const next = createSigner('ledger.example/ledger', 'next');
    const node = { ...signing, store, others: [next] };
    const events = createSampleEvents(60);
    await sequenceAll(node);
    const grow = async (from: number): Promise<void> => {
      await store.append(events.slice(from, from + 10));
      await sequenceAll(node);
    };
    const rotation = { store, clock: signing.clock, random: createSeededRandom('rotation'), held: [signer], next };
    await Promise.all([grow(0), grow(10), rotateLogKey(rotation, 'planned'), grow(20), grow(30)]);
    await sequenceAll(node);
    const changes = await store.readKeyChanges();
    const trusted = toTrusted(getValue(followKeys(toVerifier(signer), changes)));
    const heads = await store.readCheckpoints(-1, 100);
    expect([changes.length, new Set(heads.map(({ size }) => size)).size]).toEqual([1, heads.length]);
    expect(heads.filter(({ text }) => !parseCheckpoint(text, trusted).ok)).toEqual([]);
    expect(heads.at(-1)?.size).toBe(41);
    expect((await verifyLog({ store, trusted }, { kept: [] })).faults).toEqual([]);
    await store.append(events.slice(50));
    await expect(sequenceAll({ ...signing, store })).rejects.toThrow('configuration/invalid');
  });
}

function describeSequencing(open: Open): void {
  it('signs the empty tree once and then does nothing while nothing is pending', async () => {
    const store = await open();
    expect(await store.findCheckpoint()).toBeUndefined();
    const first = await sequenceEvents({ ...signing, store });
    expect(first).toMatchObject({ added: 0, size: 0, checkpoint: { size: 0, root: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' } });
    expect(await sequenceEvents({ ...signing, store })).toEqual(first);
    expect(await store.readCheckpoints(-1, 10)).toHaveLength(1);
  });

  it('numbers pending events in the order in which they were appended, whatever their ids say, without gaps, over many rounds', async () => {
    const store = await open();
    const events = createSampleEvents(700).toReversed();
    for (const [from, to] of [
      [0, 3],
      [3, 255],
      [255, 257],
      [257, 700],
    ]) {
      await store.append(events.slice(from, to));
      await sequenceEvents({ ...signing, store });
    }
    const entries = await store.readEntries(0, 1000);
    expect(entries.map((entry) => entry.index)).toEqual(events.map((_, at) => at));
    expect(entries.map((entry) => entry.id)).toEqual(events.map((event) => event.id));
    expect((await store.readCheckpoints(-1, 10)).map((each) => each.size)).toEqual([3, 255, 257, 700]);
    const head = await store.findCheckpoint();
    expect(head?.root).toBe(Buffer.from(await getRoot(store, 700)).toString('base64url'));
    const report = await verifyLog({ store, trusted: [toVerifier(signer)] }, { kept: [] });
    expect(report.faults).toEqual([]);
  });

  it('numbers at most the limit at once and leaves the rest for the next round', async () => {
    const store = await open();
    await store.append(createSampleEvents(sequenceLimit + 2));
    expect(await sequenceEvents({ ...signing, store })).toMatchObject({ added: sequenceLimit, size: sequenceLimit });
    expect(await sequenceAll({ ...signing, store })).toMatchObject({ added: 2, size: sequenceLimit + 2 });
  });

  it('stores nothing and throws the same when the plan throws', async () => {
    const store = await open();
    await store.append(createSampleEvents(3));
    const fault = new Error('no signature');
    const failing = store.sequenceEvents(() => {
      throw fault;
    });
    await expect(failing).rejects.toBe(fault);
    expect(await store.readEntries(0, 10)).toEqual([]);
    expect(await store.findCheckpoint()).toBeUndefined();
    expect(await sequenceEvents({ ...signing, store })).toMatchObject({ added: 3, size: 3 });
  });

  it('stores nothing when it must refuse a part of the plan: a second checkpoint for a size', async () => {
    const store = await open();
    await store.append(createSampleEvents(2));
    const planner = createPlanner(signing);
    await store.sequenceEvents(planner);
    const before = await store.findCheckpoint();
    await store.append(createSampleEvents(1, 'one more'));
    const forged = store.sequenceEvents((state, pending) => ({ ...planner(state, pending), checkpoint: state.checkpoint }));
    await expect(forged).rejects.toBeInstanceOf(Error);
    expect(await store.readCheckpoints(-1, 10)).toEqual([before]);
    expect(await store.readEntries(0, 10)).toHaveLength(2);
    expect((await store.readTile(0, 0))?.hashes.length).toBe(2 * 32);
    expect(await sequenceEvents({ ...signing, store })).toMatchObject({ added: 1, size: 3 });
  });

  it('gives concurrent calls the result of some order of them', async () => {
    const store = await open();
    const events = createSampleEvents(120);
    const work: Promise<unknown>[] = [];
    for (let from = 0; from < events.length; from += 10) {
      work.push(store.append(events.slice(from, from + 10)), sequenceEvents({ ...signing, store }), sequenceEvents({ ...signing, store }));
    }
    await Promise.all(work);
    await sequenceAll({ ...signing, store });
    const entries = await store.readEntries(0, 200);
    expect(entries.map((entry) => entry.index)).toEqual(events.map((_, at) => at));
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(events.length);
    expect((await verifyLog({ store, trusted: [toVerifier(signer)] }, { kept: [] })).faults).toEqual([]);
  });

  it('refuses an event id that it has', async () => {
    const store = await open();
    const events = createSampleEvents(1);
    await store.append(events);
    await expect(store.append(events)).rejects.toBeInstanceOf(Error);
    await sequenceAll({ ...signing, store });
    await expect(store.append(events)).rejects.toBeInstanceOf(Error);
    expect(await store.readEntries(0, 10)).toHaveLength(1);
  });
}

function describeReading(open: Open): void {
  it('gives an event back as it was sealed, and only after it has an index', async () => {
    const store = await open();
    const [event] = createSampleEvents(1);
    if (event === undefined) {
      throw new Error('no sample');
    }
    await store.append([event]);
    expect(await store.findEntryByEventId(event.id)).toBeUndefined();
    await sequenceAll({ ...signing, store });
    expect(await store.findEntryByEventId(event.id)).toMatchObject({ ...event, index: 0 });
    expect(await store.findEntryByEventId('01900000-0000-7000-8000-000000000000')).toBeUndefined();
  });

  it('finds checkpoints by size and pages through them', async () => {
    const store = await open();
    for (const event of createSampleEvents(4)) {
      await store.append([event]);
      await sequenceEvents({ ...signing, store });
    }
    expect((await store.findCheckpointOfSize(2))?.size).toBe(2);
    expect(await store.findCheckpointOfSize(9)).toBeUndefined();
    expect((await store.findCheckpointUpTo(9))?.size).toBe((await store.findCheckpoint())?.size);
    expect((await store.findCheckpointUpTo(2))?.size).toBe(2);
    expect(await store.findCheckpointUpTo(0)).toBeUndefined();
    expect((await store.readCheckpoints(1, 2)).map((each) => each.size)).toEqual([2, 3]);
    expect((await store.readCheckpoints(4, 2)).map((each) => each.size)).toEqual([]);
  });

  it('gives the widest form of a tile, and no tile that is not there', async () => {
    const store = await open();
    await store.append(createSampleEvents(300));
    await sequenceAll({ ...signing, store });
    expect((await store.readTile(0, 0))?.hashes.length).toBe(256 * 32);
    expect((await store.readTile(0, 1))?.hashes.length).toBe(44 * 32);
    expect((await store.readTile(1, 0))?.hashes.length).toBe(32);
    expect(await store.readTile(0, 2)).toBeUndefined();
  });

  it('reads a range of entries up to, not including, its end', async () => {
    const store = await open();
    await store.append(createSampleEvents(5));
    await sequenceAll({ ...signing, store });
    expect((await store.readEntries(1, 3)).map((entry) => entry.index)).toEqual([1, 2]);
    expect(await store.readEntries(5, Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
}

function createMixedEvents(): readonly SealedEvent[] {
  const needs = { clock: createSteppingClock(sampleStart, 1000), random: createSeededRandom('mixed') };
  return [
    sealEvent(needs, sampleEvent),
    sealEvent(needs, { ...sampleEvent, type: 'data.released', attributes: ['given_name'] }),
    sealEvent(needs, { ...sampleEvent, type: 'consent.withdrawn', service: 'moh-clinic', purpose: 'booking', personRef: 'p-2' }),
    sealEvent(needs, { ...sampleEvent, type: 'export.created', service: null, purpose: null, personRef: null, attributes: [] }),
    sealEvent(needs, { ...sampleEvent, type: 'data.released', attributes: ['email', 'given_name_latin'] }),
  ];
}

function describeQueries(open: Open): void {
  it('filters by type, service, purpose, attribute, person and time', async () => {
    const store = await open();
    await store.append(createMixedEvents());
    await sequenceAll({ ...signing, store });
    const find = async (filter: Parameters<LedgerStore['queryEntries']>[0]): Promise<number[]> => {
      const { entries, next } = await store.queryEntries(filter, { order: 'oldest-first', after: null, limit: 50 });
      expect(next).toBeNull();
      return entries.map((entry) => entry.index);
    };
    expect(await find({})).toEqual([0, 1, 2, 3, 4]);
    expect(await find({ types: ['data.released'] })).toEqual([1, 4]);
    expect(await find({ types: ['data.released', 'export.created'] })).toEqual([1, 3, 4]);
    expect(await find({ types: [] })).toEqual([]);
    expect(await find({ service: 'moh-clinic' })).toEqual([2]);
    expect(await find({ purpose: 'permit-renewal' })).toEqual([0, 1, 4]);
    expect(await find({ attribute: 'given_name' })).toEqual([0, 1, 2]);
    expect(await find({ attribute: '%' })).toEqual([]);
    expect(await find({ attribute: 'given_nam_' })).toEqual([]);
    expect(await find({ service: "' OR 1=1 --" })).toEqual([]);
    expect(await find({ personRef: 'p-2' })).toEqual([2]);
    expect(await find({ from: sampleStart + 1000, to: sampleStart + 3000 })).toEqual([1, 2]);
    expect(await find({ types: ['data.released'], attribute: 'email' })).toEqual([4]);
  });

  it('counts what a filter would find, below an index and up to a limit', async () => {
    const store = await open();
    await store.append(createMixedEvents());
    expect(await store.countEntries({}, { below: 5, limit: null })).toBe(0);
    await sequenceAll({ ...signing, store });
    expect(await store.countEntries({}, { below: 5, limit: null })).toBe(5);
    expect(await store.countEntries({}, { below: 5, limit: 3 })).toBe(3);
    expect(await store.countEntries({ types: ['data.released'] }, { below: 5, limit: 10 })).toBe(2);
    expect(await store.countEntries({ types: ['data.released'] }, { below: 4, limit: 10 })).toBe(1);
    expect(await store.countEntries({ types: [] }, { below: 5, limit: 10 })).toBe(0);
    expect(await store.countEntries({ service: 'moh-clinic', from: sampleStart }, { below: 5, limit: null })).toBe(1);
    expect(await store.countEntries({ attribute: 'email', personRef: 'nobody' }, { below: 5, limit: null })).toBe(0);
  });

  it('pages in both orders without skipping or repeating when entries are added between pages', async () => {
    const store = await open();
    const events = createSampleEvents(9);
    await store.append(events.slice(0, 6));
    await sequenceAll({ ...signing, store });
    const older = await store.queryEntries({}, { order: 'oldest-first', after: null, limit: 4 });
    const newer = await store.queryEntries({}, { order: 'newest-first', after: null, limit: 4 });
    expect([older.entries.map((entry) => entry.index), older.next]).toEqual([[0, 1, 2, 3], 3]);
    expect([newer.entries.map((entry) => entry.index), newer.next]).toEqual([[5, 4, 3, 2], 2]);
    await store.append(events.slice(6));
    await sequenceAll({ ...signing, store });
    const olderRest = await store.queryEntries({}, { order: 'oldest-first', after: older.next, limit: 5 });
    const newerRest = await store.queryEntries({}, { order: 'newest-first', after: newer.next, limit: 5 });
    expect([olderRest.entries.map((entry) => entry.index), olderRest.next]).toEqual([[4, 5, 6, 7, 8], null]);
    expect([newerRest.entries.map((entry) => entry.index), newerRest.next]).toEqual([[1, 0], null]);
  });
}
