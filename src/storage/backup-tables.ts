// Which tables a backup carries, and which a move to another database, in the order in which references let them be filled again. Compiles only while every table
// is named.

import type { AnySQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Dialect, Tables } from './dialect.ts';

/** Columns that tell rows apart, and in whose order they are read. */
type Order = Readonly<Record<Dialect, readonly string[]>>;

const by = (...columns: readonly string[]): Order => ({ sqlite: columns, postgres: columns });

type Passing = { readonly passing: Order };

/**
 * Not in a backup is whatever lets somebody go on without signing in again: sessions, tokens, codes, links. What was ended or used after the backup would live
 * again with it. A move takes no time in which anything could be, so all of it goes along.
 */
const passing = (...columns: readonly string[]): Passing => ({ passing: by(...columns) });

/** Made again where it is missing. Migrations write their own table. */
const made = 'made';

const plan: Readonly<Record<keyof Tables, Order | Passing | typeof made>> = {
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
  // Of another log than the one that is restored.
  wholeVerifications: passing('night'),
  invitations: passing('digest'),
  spareOffers: passing('digest'),
  levelCodes: passing('digest'),
  contactChanges: passing('id'),
  contactCodes: passing('id'),
  // One that was cancelled after the backup must not go on; what became of each is in the log.
  recoveries: passing('id'),
  recoveryApprovals: passing('recovery_id'),
  recoveryCodes: passing('digest'),
  officerInvitations: passing('digest'),
  // One that ran out after the backup must not show anybody again; what became of each is in the log.
  unmaskings: passing('id'),
  breachLists: passing('id'),
  breachPeople: passing('list_id', 'place'),
  // What one of them suspended stands as it stood; an operator ends it.
  suspensions: passing('id'),
  // Of a file on its way.
  auditExportProgress: passing('export_id'),
  caseLinks: passing('digest'),
  staffSessions: passing('digest'),
  ceremonies: passing('id'),
  artefacts: passing('key'),
  sessions: passing('uid'),
  endedTokens: passing('session_uid', 'client_id'),
  // Of sessions that are left out.
  serviceSessions: passing('id'),
  replays: passing('key'),
  // Help for developers, for some days.
  traces: passing('id'),
  traceCounts: passing('id'),
  // Counts of the last minutes.
  limitCounts: passing('key'),
  // Made from the entries again.
  auditTerms: made,
  auditFacts: made,
  auditMarks: made,
  auditBlocks: made,
  auditDays: made,
  auditCeremonies: made,
  migrations: made,
};

export type CarriedTable = { readonly table: AnySQLiteTable; readonly order: readonly string[]; readonly isPassing: boolean };

/** Those of a backup, and those that pass. */
export function toMovedTables(tables: Tables, dialect: Dialect): readonly CarriedTable[] {
  const all = new Map<string, AnySQLiteTable>(Object.entries(tables));
  return Object.entries(plan).flatMap(([key, planned]) => {
    const table = all.get(key);
    if (table === undefined || planned === made) {
      return [];
    }
    const isPassing = 'passing' in planned;
    const order = isPassing ? planned.passing : planned;
    return [{ table, order: order[dialect], isPassing }];
  });
}

export function toCarriedTables(tables: Tables, dialect: Dialect): readonly CarriedTable[] {
  return toMovedTables(tables, dialect).filter(({ isPassing }) => !isPassing);
}
