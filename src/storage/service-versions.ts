// A service in the database is a row that is replaced, and beside it each version as it was, which triggers keep as it is.

import type { Service } from '../domain/agencies/agency.ts';
import { withoutSecret } from '../domain/agencies/service-version.ts';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import type { Tables } from './dialect.ts';
import type { Act, Engine } from './engine.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

// The status is changed by its own act, never by a file.
const replaceService = `ON CONFLICT (client_id) DO UPDATE SET agency_id = excluded.agency_id, service_class = excluded.service_class, name = excluded.name,
  sector = excluded.sector, audience = excluded.audience, minimum_level = excluded.minimum_level, metadata = excluded.metadata,
  version = services.version + 1 RETURNING version`;

export type Origin = {
  /** Of the act. */
  readonly events: readonly SealedEvent[];
  readonly submissionId: string | null;
};

export function* saveService(tables: Tables, service: Service, { events, submissionId }: Origin): Act<void> {
  const [row] = yield insertInto(tables.services, { ...service, version: 1 }, replaceService);
  const event = events.find(({ type, service: clientId }) => type === 'service.changed' && clientId === service.clientId);
  const { status: _status, ...registered } = service;
  yield insertInto(tables.serviceVersions, {
    ...registered,
    metadata: withoutSecret(service.metadata),
    version: Number(row?.['version']),
    since: event?.at ?? null,
    entryId: event?.id ?? null,
    submissionId,
  });
}

export function createVersionReadings(engine: Engine): Pick<AgenciesStore, 'listServiceVersions'> {
  const { serviceVersions } = engine.tables;
  return {
    listServiceVersions: async (clientId) =>
      findAll(engine, selectFrom(serviceVersions, 'WHERE client_id = ? ORDER BY version DESC', [clientId])),
  };
}
