// Agencies, services and purposes in the database. A purpose version is never rewritten: a change is a new version, and the one before stays readable.

import type { RegisteredService, Service } from '../domain/agencies/agency.ts';
import { readBrowserOrigins } from '../domain/agencies/browser-application.ts';
import type { AgenciesStore, AgencyChanges } from '../domain/agencies/store.ts';
import { steadyClock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import type { Tables } from './dialect.ts';
import type { Act, Engine } from './engine.ts';
import { endSuspensions } from './end-suspensions.ts';
import { createOriginCache } from './origin-cache.ts';
import { lockRegister, readRegister, toAgency, toRegistered, toRegisteredServices, toRegisterQueries } from './register.ts';
import { toPurpose, toPurposeRow } from './purpose-row.ts';
import { createRegisterSeals } from './register-seals.ts';
import { createSealedServiceCache, createServiceCache } from './service-cache.ts';
import type { ServiceCache } from './service-cache.ts';
import { createVersionReadings, saveService } from './service-versions.ts';
import type { Origin } from './service-versions.ts';
import { createSubmissions, insertSubmission, saveDecision } from './submissions.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const replaceAgency = `ON CONFLICT (id) DO UPDATE SET registration_number = excluded.registration_number, name = excluded.name,
  contacts = excluded.contacts, organisation = excluded.organisation`;

const replaceProof = 'ON CONFLICT (agency_id, host) DO UPDATE SET method = excluded.method, proven_at = excluded.proven_at';

const newestVersions = `WHERE version = (SELECT max(version) FROM purposes AS each WHERE each.client_id = purposes.client_id AND each.id = purposes.id)
  ORDER BY client_id, id`;

function openServiceCache(engine: Engine): ServiceCache {
  const load = { one: async (clientId: string) => findService(engine, clientId), all: async () => listServices(engine) };
  return engine.dialect === 'sqlite' ? createServiceCache(engine, load) : createSealedServiceCache(createRegisterSeals(engine), load);
}

/** `forget`: for another act that changed a service. */
export function createAgenciesStore(engine: Engine): AgenciesStore & { readonly forget: () => void } {
  const cache = openServiceCache(engine);
  const origins = createOriginCache({ engine, steady: steadyClock }, async () => readOrigins(engine));
  const forget = (): void => {
    cache.forget();
    origins.forget();
  };
  return {
    forget,
    saveChanges: async (changes, submission) => {
      await engine.atomic(function* () {
        yield* openRegister(engine, changes);
        yield* saveChanges(engine.tables, changes, { events: changes.events, submissionId: null });
        yield* appendEvents(engine.tables, changes.events);
        if (submission !== undefined) {
          yield insertSubmission(engine.tables, submission);
        }
      });
      forget();
    },
    saveDecision: async (decision) => {
      const decided = await engine.atomic(() =>
        saveDecision(engine, decision, (changes, events) => saveChanges(engine.tables, changes, { events, submissionId: decision.id })),
      );
      forget();
      return decided;
    },
    ...createSubmissions(engine),
    listAgencies: async () => (await findAll(engine, selectFrom(engine.tables.agencies, 'ORDER BY id', []))).map(toAgency),
    listServices: cache.list,
    findService: cache.find,
    listBrowserOrigins: origins.list,
    ...createReadings(engine),
    ...createProofs(engine),
    saveServiceStatus: async (clientId, status, event) => {
      await engine.atomic(() => saveServiceStatus(engine.tables, { clientId, status, event }));
      forget();
    },
  };
}

type Versions = 'listPurposes' | 'listPurposeVersions' | 'findPurposeVersion' | 'listServiceVersions';

function createReadings(engine: Engine): Pick<AgenciesStore, Versions> {
  const { purposes } = engine.tables;
  return {
    ...createVersionReadings(engine),
    listPurposes: async () => (await findAll(engine, selectFrom(purposes, newestVersions, []))).map(toPurpose),
    listPurposeVersions: async (clientId) =>
      (await findAll(engine, selectFrom(purposes, 'WHERE client_id = ? ORDER BY id, version', [clientId]))).map(toPurpose),
    findPurposeVersion: async (clientId, purposeId, version) => {
      const row = await findOne(
        engine,
        selectFrom(purposes, 'WHERE client_id = ? AND id = ? AND version = ?', [clientId, purposeId, version]),
      );
      return row && toPurpose(row);
    },
  };
}

function createProofs(engine: Engine): Pick<AgenciesStore, 'listProofs' | 'saveProof'> {
  return {
    listProofs: async () => findAll(engine, selectFrom(engine.tables.provenHosts, 'ORDER BY host, agency_id', [])),
    saveProof: async (proof, event) => {
      await engine.atomic(function* () {
        yield insertInto(engine.tables.provenHosts, proof, replaceProof);
        yield* appendEvents(engine.tables, [event]);
      });
    },
  };
}

function* openRegister(engine: Engine, { holds }: AgencyChanges): Act<void> {
  yield* lockRegister(engine);
  if (holds !== undefined && !holds(yield* readRegister(engine))) {
    throw new Fault('store/conflict', 'the register was changed by another act since it was read');
  }
}

type StatusChange = { readonly clientId: string; readonly status: Service['status']; readonly event: SealedEvent };

function* saveServiceStatus(tables: Tables, { clientId, status, event }: StatusChange): Act<void> {
  const changed = yield { text: 'UPDATE services SET status = ? WHERE client_id = ? RETURNING client_id', values: [status, clientId] };
  if (changed.length === 0) {
    throw new Fault('agency/unknown', 'no service to change the status of');
  }
  yield endSuspensions({ kind: 'service', id: clientId }, event.at);
  yield* appendEvents(tables, [event]);
}

const moveDefault = 'UPDATE purposes SET is_default = (id = ?) WHERE client_id = ? AND is_current';

const endPurpose = 'UPDATE purposes SET is_current = ? WHERE client_id = ? AND id = ? AND is_current';

/** Without its events: they are appended last, by whoever acts. */
function* saveChanges(tables: Tables, changes: Omit<AgencyChanges, 'events'>, origin: Origin): Act<void> {
  for (const agency of changes.agencies) {
    yield insertInto(tables.agencies, { ...agency, organisation: agency.organisation ?? null }, replaceAgency);
  }
  for (const service of changes.services) {
    yield* saveService(tables, service, origin);
  }
  for (const purpose of [...changes.endedPurposes, ...changes.purposes]) {
    yield { text: endPurpose, values: [false, purpose.clientId, purpose.id] };
  }
  for (const purpose of changes.purposes) {
    yield insertInto(tables.purposes, toPurposeRow(purpose));
  }
  for (const purpose of changes.defaultPurposes) {
    yield { text: moveDefault, values: [purpose.id, purpose.clientId] };
  }
}

async function listServices(engine: Engine): Promise<readonly RegisteredService[]> {
  const queries = toRegisterQueries(engine.tables);
  const [agencies, services, purposes] = await Promise.all([
    findAll(engine, queries.agencies),
    findAll(engine, queries.services),
    findAll(engine, queries.purposes),
  ]);
  return toRegisteredServices({ agencies, services, purposes });
}

/** The text says which services could be such applications at all, whose metadata is then read. */
async function readOrigins(engine: Engine): Promise<ReadonlySet<string>> {
  const where = "WHERE status = 'active' AND CAST(metadata AS text) LIKE ?";
  const services = await findAll(engine, selectFrom(engine.tables.services, where, ['%"none"%']));
  return new Set(services.flatMap(({ metadata }) => readBrowserOrigins(metadata)));
}

async function findService(engine: Engine, clientId: string): Promise<RegisteredService | undefined> {
  const { agencies, services, purposes } = engine.tables;
  const [service, agency, current] = await Promise.all([
    findOne(engine, selectFrom(services, 'WHERE client_id = ?', [clientId])),
    findOne(engine, selectFrom(agencies, 'WHERE id = (SELECT agency_id FROM services WHERE client_id = ?)', [clientId])),
    findAll(engine, selectFrom(purposes, 'WHERE client_id = ? AND is_current ORDER BY id', [clientId])),
  ]);
  return service && toRegistered(service, agency && toAgency(agency), current.map(toPurpose));
}
