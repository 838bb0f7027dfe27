// One signed head of each size, whatever crashes and whoever comes late: what every store of the ledger holds its sequencers to.

import { expect, it } from 'vitest';
import { createPlanner, sequenceAll, sequenceEvents } from '../../src/domain/ledger/sequence.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { LedgerStore } from '../../src/domain/ledger/store.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../support/ledger-samples.ts';

const signer = createSigner('ledger.example/ledger');
const signing = { signer, clock: createSteppingClock(sampleStart, 1000) };

type HeldLedger = LedgerStore & { readonly append: (events: readonly SealedEvent[]) => Promise<void> };

export function describeHeads(open: () => Promise<HeldLedger>): void {
  it('refuses an index that is taken', async () => {
    const store = await open();
    await store.append(createSampleEvents(2));
    await sequenceAll({ ...signing, store });
    await store.append(createSampleEvents(1, 'one more'));
    const planner = createPlanner(signing);
    const forged = store.sequenceEvents((state, pending) => {
      const plan = planner(state, pending);
      return { ...plan, entries: plan.entries.map((entry) => ({ ...entry, index: 0 })) };
    });
    await expect(forged).rejects.toBeInstanceOf(Error);
    expect((await store.readEntries(0, 10)).map((entry) => entry.index)).toEqual([0, 1]);
  });

  it('AL-11 gives out after a crash the head that was committed, and never a second one of its size', async () => {
    const store = await open();
    await store.append(createSampleEvents(3));
    const planner = createPlanner(signing);
    const died = new Error('the process died before the commit');
    const lost = store.sequenceEvents((state, pending) => {
      planner(state, pending);
      throw died;
    });
    await expect(lost).rejects.toBe(died);
    expect(await store.findCheckpoint()).toBeUndefined();
    const { checkpoint } = await sequenceEvents({ ...signing, store });
    await sequenceAll({ ...signing, store });
    expect(await store.findCheckpoint()).toEqual(checkpoint);
    expect(await store.readCheckpoints(-1, 10)).toEqual([checkpoint]);
  });

  it('AL-12 refuses a second sequencer that goes on from a state which is no longer the newest', async () => {
    const store = await open();
    await store.append(createSampleEvents(2));
    const planner = createPlanner(signing);
    let late: ReturnType<typeof planner> | undefined;
    await store.sequenceEvents((state, pending) => (late = planner(state, pending)));
    await store.append(createSampleEvents(1, 'one more'));
    const { checkpoint } = await sequenceEvents({ ...signing, store });
    await expect(store.sequenceEvents((state, pending) => late ?? planner(state, pending))).rejects.toBeInstanceOf(Error);
    expect(await store.findCheckpoint()).toEqual(checkpoint);
    expect((await store.readCheckpoints(-1, 10)).map(({ size }) => size)).toEqual([2, 3]);
    expect((await verifyLog({ store, trusted: [toVerifier(signer)] }, { kept: [] })).faults).toEqual([]);
  });
}
