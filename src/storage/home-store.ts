// What a person's own page reads, on both databases.

import { entriesLookedThrough } from '../domain/home/store.ts';
import type { HomeStore } from '../domain/home/store.ts';
import type { Engine } from './engine.ts';
import { readStanding } from './own-standing.ts';
import { readAllConsents, readVersions } from './own-versions.ts';
import {
  readConsents,
  readConsentsOf,
  readDecisions,
  readDecisionsAt,
  readEnding,
  readReceipts,
  readRecords,
  readServices,
} from './own-consents.ts';
import { findOwnEntry, readLastReleases, readOwnEntries } from './own-entries.ts';

export function createHomeStore(engine: Engine, mostLooked = entriesLookedThrough): HomeStore {
  return {
    readServices: async (personId, filter, page) => readServices(engine, personId, { filter, page }),
    readConsentsOf: async (personId, clientIds, asked) => readConsentsOf(engine, personId, { clientIds, asked }),
    readConsents: async (personId, clientId, page) => readConsents(engine, personId, { clientId, page }),
    readEnding: async (personId, between, limit) => readEnding(engine, personId, { ...between, limit }),
    readStanding: async (personId, now) => readStanding(engine, personId, now),
    readRecords: async (personId, ids) => readRecords(engine, personId, ids),
    readAllConsents: async (personId, page) => readAllConsents(engine, personId, page),
    readVersions: async (consentIds) => readVersions(engine, consentIds),
    readReceipts: async (personId, page) => readReceipts(engine, personId, page),
    readDecisions: async (consentIds, perConsent) => readDecisions(engine, consentIds, perConsent),
    readDecisionsAt: async (personId, places) => readDecisionsAt(engine, personId, places),
    readEntries: async (personId, filter, page) => readOwnEntries({ engine, personId, mostLooked }, filter, page),
    findEntry: async (personId, id) => findOwnEntry(engine, personId, id),
    readLastReleases: async (personId) => readLastReleases({ engine, personId, mostLooked }),
  };
}
