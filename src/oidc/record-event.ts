// Evidence of an act that lives in the same request as the engine's own writes: it commits with them.

import type { SealedEvent } from '../domain/ledger/event.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import type { EngineStore } from './store.ts';

export type RecordNeeds = Omit<AdapterNeeds, 'store'> & { readonly artefacts: EngineStore };

export async function recordEvent(needs: RecordNeeds, event: SealedEvent): Promise<void> {
  await write({ store: needs.artefacts, clock: needs.clock, random: needs.random }, { kind: 'append-event', event });
}
