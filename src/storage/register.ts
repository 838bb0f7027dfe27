// The register of agencies and services as one reading: by itself, or inside an act that lets nobody else change it until it ends.

import type { Agency, Purpose, RegisteredService } from '../domain/agencies/agency.ts';
import type { Registered } from '../domain/agencies/submission.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { holdLock } from './advisory-locks.ts';
import type { RowOf, Tables } from './dialect.ts';
import type { Act, Engine } from './engine.ts';
import { toPurpose } from './purpose-row.ts';
import { selectFrom } from './statements.ts';
import type { Query } from './statements.ts';

type AgencyRow = RowOf<Tables['agencies']>;
type ServiceRow = RowOf<Tables['services']>;

type Parts = {
  readonly agencies: readonly AgencyRow[];
  readonly services: readonly ServiceRow[];
  readonly purposes: readonly RowOf<Tables['purposes']>[];
};

type Queries = { readonly [Part in keyof Parts]: Query<Parts[Part][number]> };

export function toRegisterQueries({ agencies, services, purposes }: Tables): Queries {
  return {
    agencies: selectFrom(agencies, 'ORDER BY id', []),
    services: selectFrom(services, 'ORDER BY client_id', []),
    purposes: selectFrom(purposes, 'WHERE is_current ORDER BY client_id, id', []),
  };
}

/** One writer at a time: SQLite has no more than one anyway. Taken before the register is read or written, so that nobody waits for it in another order. */
export function lockRegister(engine: Engine): Act<void> {
  return holdLock(engine, 'register');
}

export function* readRegister({ tables }: Engine): Act<Registered> {
  const { agencies, services, purposes } = toRegisterQueries(tables);
  const found = {
    agencies: (yield agencies).map((row) => agencies.decode(row)),
    services: (yield services).map((row) => services.decode(row)),
    purposes: (yield purposes).map((row) => purposes.decode(row)),
  };
  return { agencies: found.agencies.map(toAgency), services: toRegisteredServices(found) };
}

export function toRegisteredServices({ agencies, services, purposes }: Parts): readonly RegisteredService[] {
  const byId = new Map(agencies.map((agency) => [agency.id, toAgency(agency)]));
  const byService = Map.groupBy(purposes.map(toPurpose), (purpose) => purpose.clientId);
  return services.map((service) => toRegistered(service, byId.get(service.agencyId), byService.get(service.clientId) ?? []));
}

/** What an agency does not say is absent, so that it counts for nothing where agencies are compared. */
export function toAgency({ organisation, ...agency }: AgencyRow): Agency {
  return organisation === null ? agency : { ...agency, organisation };
}

export function toRegistered(
  { version, ...service }: ServiceRow,
  agency: Agency | undefined,
  current: readonly Purpose[],
): RegisteredService {
  if (agency === undefined) {
    throw new Fault('store/unavailable', `the agency of service ${service.clientId} is not there`);
  }
  return { agency, service, version, purposes: current };
}
