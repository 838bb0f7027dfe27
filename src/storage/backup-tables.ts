// Which tables a backup carries, in the order in which references let them be filled again, and which it leaves out. Compiles only while every table is named.

import type { AnySQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Dialect, Tables } from './dialect.ts';

/** Columns that tell rows apart, and in whose order they are read. */
type Order = Readonly<Record<Dialect, readonly string[]>>;

const by = (...columns: readonly string[]): Order => ({ sqlite: columns, postgres: columns });

/**
 * Left out is whatever lets somebody go on without signing in again: sessions, tokens, codes, links. What was ended or used after the backup would live
 * again with it. Migrations write their own table.
 */
const leftOut = 'left-out';

const plan: Readonly<Record<keyof Tables, Order | typeof leftOut>> = {
  installationFacts: by('name'),
  // With their private halves, sealed: services go on with the keys that they know.
  keySets: by('name'),
  tokenKeys: by('kid'),
  people: by('id'),
  proofings: by('id'),
  proofingIssuers: by('issuer'),
  erasures: by('person_id'),
  personSubjects: by('registry_digest', 'sector'),
  agencies: by('id'),
  provenHosts: by('agency_id', 'host'),
  services: by('client_id'),
  serviceVersions: by('client_id', 'version'),
  reports: by('id'),
  purposes: by('client_id', 'id', 'version'),
  metadataSources: by('source'),
  metadataModels: by('aaguid', 'source'),
  passkeys: by('id'),
  passkeyNames: by('passkey_id'),
  // A freeze outlives a restored backup, and so does the printed sheet that makes one.
  freezes: by('id'),
  freezeCodes: by('person_id'),
  securityNotices: by('id'),
  knownDevices: by('person_id', 'name'),
  formerAddresses: by('id'),
  officers: by('id'),
  officerPasskeys: by('id'),
  auditCases: by('id'),
  caseExperts: by('officer_id'),
  auditCaseMembers: by('case_id', 'added_at', 'officer_id'),
  auditCasePeople: by('case_id', 'pseudonym'),
  auditExports: by('id'),
  auditSearches: by('id'),
  submissions: by('id'),
  submissionApprovals: by('submission_id', 'officer_id'),
  consents: by('id'),
  consentVersions: by('consent_id', 'version'),
  notices: by('client_id', 'purpose_id', 'purpose_version', 'language', 'digest'),
  outbox: by('id'),
  duties: by('id'),
  // In the order of appending, in which those that wait will be numbered.
  entries: { sqlite: ['rowid'], postgres: ['appended'] },
  entrySecrets: by('entry_id'),
  entryAttributes: by('attributes', 'attribute'),
  publishedFigures: by('month', 'edition'),
  // What a court ordered to be told later must not be told by a restored backup.
  keptBackEntries: by('entry_id'),
  ledgerTiles: by('level', 'tile_index'),
  checkpoints: by('size'),
  logKeyChanges: by('place'),
  checkpointSignatures: by('size', 'witness', 'key_id'),
  invitations: leftOut,
  spareOffers: leftOut,
  levelCodes: leftOut,
  contactChanges: leftOut,
  contactCodes: leftOut,
  // One that was cancelled after the backup must not go on; what became of each is in the log.
  recoveries: leftOut,
  recoveryApprovals: leftOut,
  recoveryCodes: leftOut,
  officerInvitations: leftOut,
  // One that ran out after the backup must not show anybody again; what became of each is in the log.
  unmaskings: leftOut,
  breachLists: leftOut,
  breachPeople: leftOut,
  // What one of them suspended stands as it stood; an operator ends it.
  suspensions: leftOut,
  caseLinks: leftOut,
  staffSessions: leftOut,
  ceremonies: leftOut,
  artefacts: leftOut,
  sessions: leftOut,
  endedTokens: leftOut,
  // Of sessions that are left out.
  serviceSessions: leftOut,
  replays: leftOut,
  // Help for developers, for some days.
  traces: leftOut,
  traceCounts: leftOut,
  // Counts of the last minutes.
  limitCounts: leftOut,
  // Made from the entries again.
  auditTerms: leftOut,
  auditFacts: leftOut,
  auditMarks: leftOut,
  auditBlocks: leftOut,
  auditDays: leftOut,
  auditCeremonies: leftOut,
  migrations: leftOut,
};

export type CarriedTable = { readonly table: AnySQLiteTable; readonly order: readonly string[] };

export function toCarriedTables(tables: Tables, dialect: Dialect): readonly CarriedTable[] {
  const all = new Map<string, AnySQLiteTable>(Object.entries(tables));
  return Object.entries(plan).flatMap(([key, order]) => {
    const table = all.get(key);
    return table === undefined || order === leftOut ? [] : [{ table, order: order[dialect] }];
  });
}
