import { describe, expect, it } from 'vitest';
import { sealAccount } from '../../../src/domain/ledger/erasure-account.ts';
import type { LogReport } from '../../../src/domain/ledger/log-report.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../../src/domain/ledger/verify-log.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';

const signer = createSigner('id.example/ledger');
const events = createSampleEvents(9);
/** In two acts, as an erasure in batches. */
const batches = [events.slice(0, 3), events.slice(3, 4)].map((batch) => batch.map(({ id }) => id));

/** A log of nine entries, the first four of which an erasure accounts for, when the entries at these places cannot be opened. */
async function verifyWithout(places: readonly number[]): Promise<LogReport> {
  const store = createMemoryLedgerStore();
  await store.append([...events, ...batches.map((ids, at) => sealAccount({ ids, at: sampleStart, seed: `batch ${at}` }))]);
  await sequenceAll({ store, signer, clock: createSteppingClock(sampleStart, 1) });
  store.rows.entries = store.rows.entries.map((entry) =>
    places.includes(entry.index) ? { ...entry, salt: null, personRef: null } : entry,
  );
  return verifyLog({ store, trusted: [toVerifier(signer)] }, { kept: [] });
}

describe('entries that nobody can open any more', () => {
  it('are proven where the log accounts for each, and counted', async () => {
    expect(await verifyWithout([3, 0, 2, 1])).toMatchObject({ erased: 4, faults: [] });
  });

  it.each([
    ['one that no erasure took', [0, 1, 2, 3, 5]],
    ['another one in the place of one that was', [0, 1, 2, 5]],
    ['one that came back', [0, 1, 2]],
    ['the account itself', [0, 1, 2, 3, 9]],
  ])('are a fault of the log: %s', async (_, places) => {
    const { faults } = await verifyWithout(places);
    expect(faults.map(({ code, index }) => [code, index])).toEqual([['erasure-unaccounted', null]]);
  });

  it('are named by neither the entry that accounts for them nor its time', () => {
    const { body } = sealAccount({ ids: batches[0] ?? [], at: sampleStart, seed: 'batch' });
    expect(batches.flat().filter((id) => body.includes(id))).toEqual([]);
  });
});
