import { describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { createLogMemory } from '../../../src/domain/ledger/log-memory.ts';
import { proveEntry } from '../../../src/domain/ledger/prove-entry.ts';
import { runSequencer } from '../../../src/domain/ledger/run-sequencer.ts';
import { sequenceAll, sequenceEvents, sequenceWhole } from '../../../src/domain/ledger/sequence.ts';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import type { LedgerStore, Sequenced } from '../../../src/domain/ledger/store.ts';
import { systemSleep } from '../../../src/domain/ledger/sleep.ts';
import { steadyClock, systemClock } from '../../../src/domain/kernel/clock.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';
import type { MemoryRows } from '../../support/memory-ledger-store.ts';

const signer = createSigner('id.example/ledger');
const clock = createSteppingClock(sampleStart, 1);

describe('the sequencer', () => {
  it('signs what it stores, under the key of the log', async () => {
    const store = createMemoryLedgerStore();
    await store.append(createSampleEvents(5));
    const { checkpoint } = await sequenceEvents({ store, signer, clock });
    const parsed = parseCheckpoint(checkpoint?.text ?? '', [toVerifier(signer)]);
    expect(parsed).toMatchObject({ ok: true, value: { size: 5, origin: 'id.example/ledger' } });
    expect(parsed.ok && Buffer.from(parsed.value.root).toString('base64url')).toBe(checkpoint?.root);
  });

  it.each([
    ['shorter than it was', [], 'holds 3'],
    ['another one of the same length', [2], 'holds others'],
    ['another one that others made longer', [2, 4], 'holds another log'],
    ['another one that others made longer than one tile', [2, 300], 'holds another log'],
  ])('that goes on running does not sign on over a store that went back and is %s', async (_, others, detail) => {
    const events = createSampleEvents(5);
    const [before, store] = [createMemoryLedgerStore(), createMemoryLedgerStore()];
    const memory = createLogMemory();
    await Promise.all([before.append(events), store.append(events.slice(0, 3))]);
    await sequenceEvents({ store, signer, clock });
    expect(await sequenceEvents({ store: before, signer, clock, memory })).toMatchObject({ size: 5 });
    for (const [at, count] of others.entries()) {
      await store.append(createSampleEvents(count, `others ${at}`));
      await sequenceAll({ store, signer, clock });
    }
    await store.append(createSampleEvents(1, 'late'));
    const { checkpoints } = store.rows;
    await expect(sequenceEvents({ store, signer, clock, memory })).rejects.toThrow(detail);
    await expect(sequenceEvents({ store, signer, clock, memory })).rejects.toThrow('ledger/broken');
    expect(store.rows.checkpoints).toEqual(checkpoints);
  });

  it('that goes on running signs on where others made the log longer meanwhile', async () => {
    const store = createMemoryLedgerStore();
    const memory = createLogMemory();
    for (const [at, count] of [3, 1, 300, 2].entries()) {
      await store.append(createSampleEvents(count, `mine ${at}`));
      await sequenceEvents({ store, signer, clock, memory });
      await store.append(createSampleEvents(count, `others ${at}`));
      await sequenceEvents({ store, signer, clock });
    }
    expect((await sequenceEvents({ store, signer, clock, memory })).size).toBe(612);
  });

  it('refuses to sign on over a stored tree that is not the signed one', async () => {
    const damage = createMemoryLedgerStore();
    await damage.append(createSampleEvents(5));
    await sequenceEvents({ store: damage, signer, clock });
    damage.rows.tiles.set('0/0', { level: 0, index: 0, hashes: Buffer.alloc(5 * 32, 1) });
    await expect(sequenceEvents({ store: damage, signer, clock })).rejects.toThrow('ledger/broken');

    const cut = createMemoryLedgerStore();
    await cut.append(createSampleEvents(5));
    await sequenceEvents({ store: cut, signer, clock });
    cut.rows.entries.pop();
    await expect(sequenceEvents({ store: cut, signer, clock })).rejects.toThrow('ledger/broken');

    const headless = createMemoryLedgerStore();
    await headless.append(createSampleEvents(5));
    await sequenceEvents({ store: headless, signer, clock });
    headless.rows.checkpoints = [];
    await expect(sequenceEvents({ store: headless, signer, clock })).rejects.toThrow('ledger/broken');
    expect(headless.rows.checkpoints).toEqual([]);
  });

  it('says what is broken', async () => {
    const refuse = async (change: (rows: MemoryRows) => void): Promise<unknown> => {
      const store = createMemoryLedgerStore();
      await store.append(createSampleEvents(5));
      await sequenceEvents({ store, signer, clock });
      change(store.rows);
      return sequenceEvents({ store, signer, clock }).catch((fault: unknown) => String(fault));
    };
    const flip = ({ tiles }: MemoryRows): unknown => tiles.set('0/0', { level: 0, index: 0, hashes: Buffer.alloc(160, 1) });
    expect(await refuse(flip)).toContain('ledger/broken: the stored tiles do not have the root of the last checkpoint');
    expect(await refuse(({ entries }) => entries.pop())).toContain('the number of entries is not the size of the last checkpoint');
  });

  it('numbers everything in rounds, or all in one act', async () => {
    const rounds = [5000, 5000, 3];
    const limits: (number | undefined)[] = [];
    const store: LedgerStore = {
      ...createMemoryLedgerStore(),
      sequenceEvents: async (_, limit) => {
        limits.push(limit);
        return { added: rounds.shift() ?? 0, size: 0, checkpoint: null };
      },
    };
    expect(await sequenceAll({ store, signer, clock })).toEqual({ added: 10_003, size: 0, checkpoint: null });
    await sequenceWhole({ store, signer, clock });
    expect(limits).toEqual([undefined, undefined, undefined, Number.MAX_SAFE_INTEGER]);
  });

  it('numbers an event soon after it is poked, and stops when it is told to', async () => {
    const store = createMemoryLedgerStore();
    const faults: unknown[] = [];
    const sequencer = runSequencer({
      store,
      signer,
      clock,
      sleep: systemSleep,
      steady: steadyClock,
      pause: 500,
      report: (fault) => faults.push(fault),
    });
    await store.append(createSampleEvents(2));
    sequencer.poke();
    const [event] = createSampleEvents(1);
    const proven = await proveEntry({ store, clock: systemClock, sleep: systemSleep }, event?.id ?? '');
    expect(proven).toMatchObject({ ok: true, value: { proof: { index: 0, size: 2 } } });
    await sequencer.stop();
    await store.append(createSampleEvents(1, 'late'));
    await systemSleep(20);
    expect(store.rows.pending).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('reports a failed round and goes on', async () => {
    const store = createMemoryLedgerStore();
    await store.append(createSampleEvents(3));
    const faults: unknown[] = [];
    let isDown = true;
    const flaky: typeof store = {
      ...store,
      sequenceEvents: async (plan) => {
        if (isDown) {
          isDown = false;
          throw new Error('disk full');
        }
        const done = await store.sequenceEvents(plan);
        return done;
      },
    };
    const sequencer = runSequencer({
      store: flaky,
      signer,
      clock,
      sleep: systemSleep,
      steady: steadyClock,
      pause: 5,
      report: (fault) => faults.push(fault),
    });
    await expect.poll(() => store.rows.entries.length).toBe(3);
    await sequencer.stop();
    expect(faults).toEqual([new Error('disk full')]);
  });

  it('rests only when nothing waits, and knows until when everything has its number', async () => {
    const rounds = [5000, 3, 'a fault', 0];
    const caughtUp: number[] = [];
    const faults: unknown[] = [];
    const store: LedgerStore = {
      ...createMemoryLedgerStore(),
      sequenceEvents: async () => {
        const round = rounds.shift() ?? 0;
        if (typeof round === 'string') {
          throw new TypeError(round);
        }
        return { added: round, size: 0, checkpoint: null };
      },
    };
    const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      caughtUp.push(sequencer.caughtUpAt());
      await systemSleep(rounds.length > 0 ? 1 : milliseconds * 1000, signal);
    };
    const steady = createSteppingClock(0, 1);
    const sequencer = runSequencer({ store, signer, clock, sleep, steady, pause: 500, report: (fault) => faults.push(fault) });
    expect(sequencer.caughtUpAt()).toBe(0);
    await expect.poll(() => caughtUp).toEqual([2, 2, 4]);
    expect(faults).toEqual([new TypeError('a fault')]);
    sequencer.poke();
    await expect.poll(() => caughtUp).toEqual([2, 2, 4, 5]);
    await sequencer.stop();
    expect(caughtUp).toEqual([2, 2, 4, 5]);
  });

  it('leaves numbering to another node for as long as it sees it number, four rounds in a row at most, and takes it up when it does not', async () => {
    const store = createMemoryLedgerStore();
    await store.append(createSampleEvents(1, 'first'));
    const other = { store, signer, clock };
    const own: number[] = [];
    let looks = 0;
    const counted: LedgerStore = {
      ...store,
      sequenceEvents: async (plan) => {
        own.push(looks);
        return store.sequenceEvents(plan);
      },
    };
    // Between two looks another node numbers an event, until the twelfth; then only an event comes.
    const sleep = async (): Promise<void> => {
      looks += 1;
      await store.append(createSampleEvents(1, `event-${looks}`));
      await (looks < 12 ? sequenceAll(other) : systemSleep(looks === 12 ? 0 : 1));
    };
    const memory = createLogMemory();
    const sequencer = runSequencer({
      store: counted,
      signer,
      clock,
      memory,
      sleep,
      steady: steadyClock,
      pause: 5,
      report: () => undefined,
    });
    await expect.poll(() => own.length).toBeGreaterThan(4);
    await sequencer.stop();
    expect(own.slice(0, 5)).toEqual([0, 5, 10, 12, 13]);
  });

  it('ends with the round that is under way, and rests no more', async () => {
    const under = Promise.withResolvers<Sequenced>();
    const pauses: number[] = [];
    const store: LedgerStore = { ...createMemoryLedgerStore(), sequenceEvents: () => under.promise };
    const sleep = async (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
    };
    const sequencer = runSequencer({ store, signer, clock, sleep, steady: steadyClock, pause: 5, report: () => undefined });
    let isEnded = false;
    const ended = sequencer.stop().then(() => {
      isEnded = true;
    });
    await systemSleep(5);
    expect(isEnded).toBe(false);
    under.resolve({ added: 1, size: 1, checkpoint: null });
    await ended;
    expect([isEnded, pauses]).toEqual([true, []]);
  });

  it('never pauses longer than half a second', async () => {
    const pauses: number[] = [];
    const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      pauses.push(milliseconds);
      await systemSleep(1, signal);
    };
    const sequencer = runSequencer({
      store: createMemoryLedgerStore(),
      signer,
      clock,
      sleep,
      steady: steadyClock,
      pause: 60_000,
      report: () => undefined,
    });
    await expect.poll(() => pauses.length).toBeGreaterThan(1);
    await sequencer.stop();
    expect(new Set(pauses)).toEqual(new Set([500]));
  });
});
