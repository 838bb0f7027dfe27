// Opens the database an operator chose and hands out its repositories. Must never apply a migration by itself.

import type { ExportsStore } from '../domain/audit/exports/store.ts';
import type { SavedSearchStore } from '../domain/audit/saved-search.ts';
import type { FiguresStore } from '../domain/audit/figures/store.ts';
import type { Database, StartFault } from '../config/config.ts';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { FactStore } from '../domain/audit/facts.ts';
import type { FactChecks } from '../domain/audit/verify-facts.ts';
import type { ConsentStore } from '../domain/consent/store.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { ErasureStore } from '../domain/home/close-account.ts';
import type { ReportStore } from '../domain/home/report.ts';
import type { HomeStore } from '../domain/home/store.ts';
import type { DeclaredStore } from '../domain/declared/store.ts';
import type { MetadataStore } from '../domain/metadata/store.ts';
import type { KeysStore } from '../domain/keys/store.ts';
import type { LimitsStore } from '../domain/limits/store.ts';
import type { LedgerReads, LedgerStore } from '../domain/ledger/store.ts';
import type { VerificationStore } from '../domain/ledger/whole-verification.ts';
import type { LogoutsStore } from '../domain/logout/store.ts';
import type { OutboxStore } from '../domain/outbox/store.ts';
import type { DutiesStore } from '../domain/duties/store.ts';
import type { PasskeysStore } from '../domain/passkeys/store.ts';
import type { PeopleStore } from '../domain/people/store.ts';
import type { ProofingStore } from '../domain/proofing/store.ts';
import type { ProtectionStore } from '../domain/protection/store.ts';
import type { RecoveriesStore } from '../domain/recovery/store.ts';
import type { CaseLinkStore } from '../domain/audit/case-link.ts';
import type { BreachStore } from '../domain/audit/breach/store.ts';
import type { SuspensionStore } from '../domain/audit/suspensions/store.ts';
import type { UnmaskStore } from '../domain/audit/unmask-store.ts';
import type { CasesStore } from '../domain/audit/case-store.ts';
import type { WitnessesStore } from '../domain/witnesses/store.ts';
import type { StaffStore } from '../domain/staff/store.ts';
import type { TracesStore } from '../domain/traces/store.ts';
import type { EngineStore } from '../oidc/store.ts';
import { createAgenciesStore } from './agencies-store.ts';
import { createCaseLinkStore } from './audit-case-links.ts';
import { createSuspensionStore } from './audit-suspensions.ts';
import { createUnmaskStore } from './audit-unmaskings.ts';
import { createBreachStore } from './audit-breach-lists.ts';
import { createAuditCasesStore } from './audit-cases-store.ts';
import { createAuditExportsStore } from './audit-exports-store.ts';
import { createAuditSearchesStore } from './audit-searches-store.ts';
import { checkCopy } from './check-copy.ts';
import { createConsentsStore } from './consents-store.ts';
import { createDeclaredStore } from './declared-store.ts';
import type { Engine } from './engine.ts';
import { createEngineStore } from './engine-store.ts';
import { createFactStore } from './facts-store.ts';
import { createHealth } from './health.ts';
import type { DatabaseHealth } from './health.ts';
import { claimInstallation, readInstallation } from './installation.ts';
import type { InstallationFacts } from './installation.ts';
import { createFiguresStore } from './figures-store.ts';
import { createErasureStore } from './erasures.ts';
import { createReportStore } from './reports.ts';
import { createHomeStore } from './home-store.ts';
import { createKeysStore } from './keys-store.ts';
import { createLedgerStore } from './ledger-store.ts';
import { findPendingMigrations, migrate } from './migrate.ts';
import { createMetadataStore } from './metadata-store.ts';
import { createDutiesStore } from './duties-store.ts';
import { createLimitsStore } from './limits-store.ts';
import { isMarked } from './moved-mark.ts';
import { createLogoutsStore } from './logouts-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createPasskeysStore } from './passkeys-store.ts';
import { createProofingStore } from './proofing-store.ts';
import { createPeopleStore } from './people-store.ts';
import { createProtectionStore } from './protection-store.ts';
import { createRecoveriesStore } from './recoveries-store.ts';
import { createStaffStore } from './staff-store.ts';
import { removeExpired } from './remove-expired.ts';
import { openPostgres, patient } from './postgres-pool.ts';
import { openSqlite } from './sqlite.ts';
import { openSqliteReader } from './sqlite-reader.ts';
import { createVerificationStore } from './verifications-store.ts';
import { createWitnessesStore } from './witnesses-store.ts';
import { createTracesStore } from './traces-store.ts';

export type Storage = {
  readonly people: PeopleStore;
  readonly declared: DeclaredStore;
  readonly agencies: AgenciesStore;
  readonly passkeys: PasskeysStore;
  readonly proofings: ProofingStore;
  readonly protection: ProtectionStore;
  readonly consents: ConsentStore;
  readonly staff: StaffStore;
  readonly recoveries: RecoveriesStore;
  readonly cases: CasesStore;
  readonly unmaskings: UnmaskStore;
  readonly breaches: BreachStore;
  readonly suspensions: SuspensionStore;
  readonly links: CaseLinkStore;
  readonly exports: ExportsStore;
  readonly searches: SavedSearchStore;
  readonly home: HomeStore;
  readonly erasures: ErasureStore;
  readonly reports: ReportStore;
  readonly keys: KeysStore;
  readonly ledger: LedgerStore;
  /** Read on a connection of its own, or from a copy that may be a little behind: what is long neither waits for people nor keeps them waiting. */
  readonly ledgerBeside: LedgerReads;
  readonly witnesses: WitnessesStore;
  readonly verifications: VerificationStore;
  readonly figures: FiguresStore;
  readonly facts: FactStore & FactChecks;
  readonly outbox: OutboxStore;
  readonly duties: DutiesStore;
  readonly logouts: LogoutsStore;
  readonly traces: TracesStore;
  readonly limits: LimitsStore;
  readonly metadata: MetadataStore;
  readonly engine: EngineStore;
  readonly health: DatabaseHealth;
  /** Names of the migrations applied by this call. */
  readonly migrate: (clock: Clock) => Promise<readonly string[]>;
  readonly findPendingMigrations: () => Promise<readonly string[]>;
  /** Everything about the database that stands against a start, all at once. */
  readonly checkStart: () => Promise<readonly StartFault[]>;
  /** Names of the facts that differ from those this database was begun with; the first call writes them. */
  readonly claimInstallation: (facts: InstallationFacts) => Promise<readonly string[]>;
  readonly readInstallation: () => Promise<InstallationFacts>;
  /** Deletes what expired long ago; nothing relies on it. How many rows went; call again while it is not 0. */
  readonly removeExpired: (now: number) => Promise<number>;
  /** Durable commits of this process so far. */
  readonly commits: () => number;
  readonly close: () => Promise<void>;
};

const setting = 'HUWIYA_DATABASE';

/** `copy`: a replica that auditors' exports, questions and pages are read from in the place of the database itself; it MUST be of the same kind. */
export function openStorage(database: Database, copy?: Database): Storage {
  const engine = database.kind === 'sqlite' ? openSqlite(database.path) : openPostgres(database.url);
  const questions = openReader(database);
  const facts = copy === undefined ? questions : openReader(copy);
  return createStorage(engine, { questions, facts, exports: openReader(copy ?? database), isCopied: copy !== undefined });
}

/** Reads beside the engine that people's requests wait for. */
type Reader = Pick<Engine, 'read' | 'close'>;

/** `isCopied`: facts and exports are read from another database than this. */
type Readers = { readonly questions: Reader; readonly facts: Reader; readonly exports: Reader; readonly isCopied: boolean };

function openReader(database: Database): Reader {
  return database.kind === 'sqlite' ? openSqliteReader(database.path) : openPostgres(database.url, patient);
}

type CaseStores = Pick<Storage, 'agencies' | 'cases' | 'unmaskings' | 'links' | 'breaches' | 'suspensions' | 'searches'>;

/** Auditors suspend services, so the register and what they act by are made together. */
function createCaseStores(engine: Engine): CaseStores {
  const agencies = createAgenciesStore(engine);
  const shown = { unmaskings: createUnmaskStore(engine), breaches: createBreachStore(engine), searches: createAuditSearchesStore(engine) };
  const suspensions = createSuspensionStore(engine, agencies.forget);
  return { agencies, cases: createAuditCasesStore(engine), links: createCaseLinkStore(engine), suspensions, ...shown };
}

/** Some may be one and the same. */
async function closeReaders({ exports, facts, questions }: Readers): Promise<void> {
  for (const reader of new Set([exports, facts, questions])) {
    await reader.close();
  }
}

const noReader = async (): Promise<void> => undefined;

function toReaders({ read }: Engine): Readers {
  const reader = { read, close: noReader };
  return { questions: reader, facts: reader, exports: reader, isCopied: false };
}

export function createStorage(engine: Engine, readers: Readers = toReaders(engine)): Storage {
  const erasures = createErasureStore(engine);
  return {
    people: createPeopleStore(engine),
    declared: createDeclaredStore(engine),
    passkeys: createPasskeysStore(engine),
    proofings: createProofingStore(engine),
    protection: createProtectionStore(engine),
    consents: createConsentsStore(engine),
    staff: createStaffStore(engine),
    recoveries: createRecoveriesStore(engine),
    ...createCaseStores(engine),
    exports: createAuditExportsStore(engine),
    home: createHomeStore(engine),
    erasures,
    reports: createReportStore(engine),
    keys: createKeysStore(engine),
    ledger: createLedgerStore(engine, readers.questions),
    ledgerBeside: createLedgerStore({ ...engine, read: readers.exports.read }),
    witnesses: createWitnessesStore(engine),
    verifications: createVerificationStore(engine),
    figures: createFiguresStore(engine, readers.questions),
    facts: createFactStore(engine, { read: readers.facts.read, isCopied: readers.isCopied }),
    outbox: createOutboxStore(engine),
    duties: createDutiesStore(engine),
    logouts: createLogoutsStore(engine),
    traces: createTracesStore(engine),
    limits: createLimitsStore(engine),
    metadata: createMetadataStore(engine),
    engine: createEngineStore(engine),
    ...createInstallation(engine, readers),
    removeExpired: async (now) =>
      (await removeExpired(engine, now)) + (await erasures.continueErasures(now)) + (await createAuditCasesStore(engine).destroyKeys(now)),
    close: async () => {
      await closeReaders(readers);
      await engine.close();
    },
  };
}

type Installation = Pick<
  Storage,
  'health' | 'migrate' | 'findPendingMigrations' | 'checkStart' | 'claimInstallation' | 'readInstallation' | 'commits'
>;

function createInstallation(engine: Engine, readers: Readers): Installation {
  return {
    health: createHealth(engine),
    migrate: async (clock) => migrate(engine, clock),
    findPendingMigrations: async () => findPendingMigrations(engine),
    checkStart: async () => checkStart(engine, readers),
    claimInstallation: async (facts) => claimInstallation(engine, facts),
    readInstallation: async () => readInstallation(engine),
    commits: engine.commits,
  };
}

async function checkStart(engine: Engine, { exports: copy, isCopied }: Readers): Promise<readonly StartFault[]> {
  try {
    if (await isMarked(engine)) {
      return [
        { setting, problem: 'was carried over to another database', fix: 'Name that one; docs/runbooks/move.md says how to come back' },
      ];
    }
    const faults = await engine.findFaults();
    const pending = await findPendingMigrations(engine);
    const problems = faults.map((problem) => ({ setting, problem, fix: 'Use the database as docs/reference/configuration.md says' }));
    if (pending.length === 0) {
      return [...problems, ...(isCopied ? await checkCopy(engine, copy) : [])];
    }
    return [...problems, { setting, problem: `needs ${pending.length} migration(s)`, fix: 'Run "huwiya migrate" with the same --config' }];
  } catch (error) {
    if (error instanceof Fault) {
      return [{ setting, problem: error.detail, fix: 'Check that the database runs and belongs to this version' }];
    }
    throw error;
  }
}
