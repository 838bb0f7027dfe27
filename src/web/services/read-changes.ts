// What changed in the register and when, from the log: entries about services and purposes, which never name a person. Beside the change of a service stands what
// it was registered as from then on.

import { toEntryBody } from '../../domain/audit/entry-body.ts';
import type { ServiceVersion } from '../../domain/agencies/service-version.ts';
import type { AgenciesStore } from '../../domain/agencies/store.ts';
import type { EventType } from '../../domain/ledger/event.ts';
import type { Entry, LedgerStore } from '../../domain/ledger/store.ts';
import type { RegisterChange } from '../../../views/register-model.ts';

export type Change = Omit<RegisterChange, 'purpose' | 'registered'> & {
  readonly purposeId: string | null;
  /** Null for what is no change of the service itself, or older than its versions. */
  readonly registered: ServiceVersion | null;
};

export type History = { readonly changes: readonly Change[]; readonly versions: readonly ServiceVersion[] };

export type HistoryNeeds = {
  readonly ledger: Pick<LedgerStore, 'queryEntries'>;
  readonly agencies: Pick<AgenciesStore, 'listServiceVersions'>;
};

const kinds = {
  'service.changed': 'service',
  'service.status_changed': 'status',
  'purpose.changed': 'purpose',
  'purpose.retired': 'retired',
} as const satisfies Partial<Readonly<Record<EventType, RegisterChange['what']>>>;

const types = ['service.changed', 'service.status_changed', 'purpose.changed', 'purpose.retired'] as const;
const shown = 50;

/** Null for what takes effect at any hour. */
function toApproved(payload: Readonly<Record<string, unknown>>): boolean | null {
  if (payload['bootstrap'] === true) {
    return false;
  }
  return typeof payload['submission'] === 'string' ? true : null;
}

/** Both newest first. */
export async function readHistory({ ledger, agencies }: HistoryNeeds, clientId: string): Promise<History> {
  const versions = await agencies.listServiceVersions(clientId);
  const { entries } = await ledger.queryEntries({ types, service: clientId }, { order: 'newest-first', after: null, limit: shown });
  return { changes: entries.map((entry) => toChange(entry, versions)), versions };
}

function toChange({ id, at, body, index, purpose, type }: Entry, versions: readonly ServiceVersion[]): Change {
  const { payload, purposeVersion } = toEntryBody(body);
  const fields = payload['fields'];
  const registered = versions.find(({ entryId }) => entryId === id) ?? null;
  return {
    at,
    what: kinds[types.find((each) => each === type) ?? 'service.changed'],
    purposeId: purpose,
    version: purposeVersion ?? registered?.version ?? null,
    registered,
    fields: Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [],
    entry: index,
    isApproved: toApproved(payload),
  };
}
