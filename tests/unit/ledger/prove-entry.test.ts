// An entry leads to a signed root, waits for its number no longer than it is told to, and sleep ends when it should.

import { describe, expect, it } from 'vitest';
import { toLeafHash } from '../../../src/domain/ledger/event.ts';
import { isIncluded } from '../../../src/domain/ledger/merkle-verify.ts';
import { proveEntry } from '../../../src/domain/ledger/prove-entry.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { systemSleep } from '../../../src/domain/ledger/sleep.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';

const signer = createSigner('id.example/ledger');
const clock = createSteppingClock(sampleStart, 1);

describe('the proof of an entry', () => {
  it('leads from the leaf to the root of the checkpoint', async () => {
    const store = createMemoryLedgerStore();
    const events = createSampleEvents(400);
    await store.append(events);
    await sequenceAll({ store, signer, clock });
    const proveAt = async (at: number): Promise<boolean> => {
      const [event] = events.slice(at, at + 1);
      const proven = await proveEntry({ store, clock, sleep: systemSleep }, event?.id ?? '');
      if (event === undefined || !proven.ok) {
        return false;
      }
      const { proof, checkpoint } = proven.value;
      const path = proof.path.map((hash) => Buffer.from(hash, 'base64url'));
      return isIncluded({ ...proof, leafHash: toLeafHash(event), path, root: Buffer.from(checkpoint.root, 'base64url') });
    };
    expect(await Promise.all([0, 255, 256, 399].map(proveAt))).toEqual([true, true, true, true]);
  });

  it('is refused after two seconds without the sequencer', async () => {
    const store = createMemoryLedgerStore();
    await store.append(createSampleEvents(1));
    let now = sampleStart;
    const sleep = (milliseconds: number): Promise<void> => {
      now += milliseconds;
      return Promise.resolve();
    };
    const [event] = createSampleEvents(1);
    expect(await proveEntry({ store, clock: { now: () => now }, sleep }, event?.id ?? '')).toMatchObject({
      ok: false,
      code: 'ledger/unavailable',
      detail: 'the event has no place in the log yet',
    });
    expect(now - sampleStart).toBe(2000);
  });

  it('is refused where nothing was signed, also for an entry that has its number', async () => {
    const store = createMemoryLedgerStore();
    const [event] = createSampleEvents(2);
    const prove = () => proveEntry({ store, clock: createSteppingClock(sampleStart, 1000), sleep: async () => undefined }, event?.id ?? '');
    await store.append(createSampleEvents(2));
    await sequenceAll({ store, signer, clock });
    expect((await prove()).ok).toBe(true);
    store.rows.checkpoints = [];
    expect(await prove()).toMatchObject({ ok: false, code: 'ledger/unavailable' });
    const empty = createMemoryLedgerStore();
    await sequenceAll({ store: empty, signer, clock });
    expect((await proveEntry({ store: empty, clock: createSteppingClock(sampleStart, 1000), sleep: systemSleep }, 'none')).ok).toBe(false);
  });

  it('leads to the checkpoint that witnesses have seen, where one covers the entry', async () => {
    const store = createMemoryLedgerStore();
    const events = createSampleEvents(9);
    await store.append(events.slice(0, 6));
    await sequenceAll({ store, signer, clock });
    const seen = await store.findCheckpoint();
    await store.append(events.slice(6));
    await sequenceAll({ store, signer, clock });
    const asked: number[] = [];
    const findWitnessed = async (minSize: number) => {
      asked.push(minSize);
      return minSize <= 6 ? seen : undefined;
    };
    const prove = (at: number) => proveEntry({ store, clock, sleep: systemSleep, witnessing: { findWitnessed } }, events[at]?.id ?? '');
    expect(await prove(5)).toMatchObject({ ok: true, value: { proof: { index: 5, size: 6 }, checkpoint: seen } });
    expect(await prove(6)).toMatchObject({ ok: true, value: { proof: { index: 6, size: 9 } } });
    expect(asked).toEqual([6, 7]);
  });
});

describe('a sleep', () => {
  it('lasts until its time has come or somebody ends it, and ending it is no error', async () => {
    const aDay = 86_400_000;
    const ending = new AbortController();
    let isOver = false;
    const slept = systemSleep(aDay, ending.signal).then(() => {
      isOver = true;
    });
    await systemSleep(5);
    expect(isOver).toBe(false);
    ending.abort();
    await slept;
    expect(isOver).toBe(true);
    await systemSleep(aDay, ending.signal);
    await systemSleep(1, new AbortController().signal);
  });
});
