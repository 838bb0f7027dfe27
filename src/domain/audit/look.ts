// How auditors look at the ledger: searching it, viewing one entry, taking entries away. Every look is an entry itself, and is in the database before
// anything is handed out (ADR-0023). Must never hand out, record or filter by a person: what links an entry to one stays in storage.

import type { AgenciesStore } from '../agencies/store.ts';
import type { Json } from '../kernel/canonical.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventType, SealedEvent, SealNeeds } from '../ledger/event.ts';
import type { Entry, LedgerStore, StoredCheckpoint } from '../ledger/store.ts';

/** Who looks: an officer at the desk, a program of the API (`ref` is its client_id), an operator at the command (`ref` is null). */
export type Looker = {
  readonly kind: 'officer' | 'service' | 'operator';
  readonly ref: string | null;
  /** The mandate of an auditor, where it is one agency. */
  readonly agencyId?: string | null;
};

export type LookNeeds = SealNeeds & {
  readonly ledger: Pick<
    LedgerStore,
    'queryEntries' | 'countEntries' | 'findCheckpoint' | 'readEntries' | 'findEntryByEventId' | 'readTile'
  >;
  readonly agencies: Pick<AgenciesStore, 'findService' | 'listPurposes' | 'listServices'>;
  /** MUST throw Fault `audit/too-many-looks` where an officer looks more often than a person can read. */
  readonly assertRoom: (by: Looker) => Promise<void>;
  /** Absent: no witnesses are set. */
  readonly witnessing?: { readonly findWitnessed: (minSize: number) => Promise<StoredCheckpoint | undefined> } | undefined;
  /** MUST resolve only when the event is durable, and throw Fault `ledger/unavailable` or `store/unavailable` when it cannot be. */
  readonly record: (event: SealedEvent) => Promise<void>;
};

/** An entry as it is listed: without the person and without what would open it. */
export type ListedEntry = Pick<Entry, 'index' | 'id' | 'type' | 'at' | 'service' | 'purpose' | 'attributes'>;

export function toListed({ index, id, type, at, service, purpose, attributes }: Entry): ListedEntry {
  return { index, id, type, at, service, purpose, attributes };
}

type Look = { readonly type: Extract<EventType, 'record.searched' | 'record.viewed'>; readonly payload: Json };

export async function recordLook(
  needs: Pick<LookNeeds, 'clock' | 'random' | 'record' | 'assertRoom'>,
  by: Looker,
  look: Look,
): Promise<void> {
  await needs.assertRoom(by);
  await needs.record(sealEvent(needs, { ...look, personRef: null, actor: by, actedBy: null }));
}
