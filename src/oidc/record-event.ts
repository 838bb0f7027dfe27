// Evidence of an act: with the engine's own writes of the same request, or at once and by itself.

import { Fault } from '../domain/kernel/errors.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import type { EngineStore } from './store.ts';

export type RecordNeeds = Omit<AdapterNeeds, 'store' | 'sessionLimits'> & { readonly artefacts: EngineStore };

export async function recordEvent(needs: RecordNeeds, event: SealedEvent): Promise<void> {
  await write({ store: needs.artefacts, clock: needs.clock }, { kind: 'append-event', event });
}

export type RecordAtOnceNeeds = { readonly artefacts: Pick<EngineStore, 'commit'>; readonly clock: Clock };

/** Durable when it resolves, whatever becomes of the request or command afterwards; all or none. Throws Fault `ledger/unavailable` when it cannot be. */
export async function recordAtOnce({ artefacts, clock }: RecordAtOnceNeeds, ...events: readonly SealedEvent[]): Promise<void> {
  const saved = await artefacts.commit(
    events.map((event) => ({ kind: 'append-event', event })),
    clock.now(),
  );
  if (!saved.ok) {
    throw new Fault('ledger/unavailable', `the entry was not written: ${saved.failure}`);
  }
}
