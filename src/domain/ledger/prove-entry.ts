// The proof that an event is in the log, for a receipt: its entry, the path to the root, the signed checkpoint with that root.

import type { Clock } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Sleep } from './sleep.ts';
import type { Entry, LedgerStore, StoredCheckpoint } from './store.ts';
import { getInclusionPath } from './tiles.ts';

export type ProveNeeds = {
  readonly store: Pick<LedgerStore, 'findEntryByEventId' | 'findCheckpoint' | 'readTile'>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Finds a checkpoint of at least this size that witnesses cosigned; it is preferred to a newer one that nobody outside has seen. */
  readonly witnessing?: { readonly findWitnessed: (minSize: number) => Promise<StoredCheckpoint | undefined> } | undefined;
};

export type EntryProof = {
  readonly entry: Entry;
  /** RFC 9162 §2.1.3; `path` in base64url, from the leaf up. */
  readonly proof: { readonly index: number; readonly size: number; readonly path: readonly string[] };
  readonly checkpoint: StoredCheckpoint;
};

const patience = 2000;
const pause = 50;

/** Waits up to two seconds for the sequencer. Refused when the event has no index by then, or never existed. */
export async function proveEntry(needs: ProveNeeds, eventId: string): Promise<Outcome<EntryProof, 'ledger/unavailable'>> {
  const deadline = needs.clock.now() + patience;
  let entry = await needs.store.findEntryByEventId(eventId);
  while (entry === undefined && needs.clock.now() < deadline) {
    await needs.sleep(pause);
    entry = await needs.store.findEntryByEventId(eventId);
  }
  // Read after the entry, so that it covers the entry.
  const witnessed = entry && (await needs.witnessing?.findWitnessed(entry.index + 1));
  const checkpoint = witnessed ?? (await needs.store.findCheckpoint());
  if (entry === undefined || checkpoint === undefined) {
    return refuse('ledger/unavailable', 'the event has no place in the log yet');
  }
  const path = await getInclusionPath(needs.store, entry.index, checkpoint.size);
  const proof = { index: entry.index, size: checkpoint.size, path: path.map((hash) => Buffer.from(hash).toString('base64url')) };
  return succeed({ entry, proof, checkpoint });
}
