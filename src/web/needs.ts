// What pages need. They go through the domain: no page holds a database, and none can invent a query.

import type { KeyObject } from 'node:crypto';
import type { CaseLinkStore } from '../domain/audit/case-link.ts';
import type { AnomalyWatch } from '../domain/audit/anomalies/watch.ts';
import type { BreachStore } from '../domain/audit/breach/store.ts';
import type { SuspensionStore } from '../domain/audit/suspensions/store.ts';
import type { UnmaskStore } from '../domain/audit/unmask-store.ts';
import type { CasesStore } from '../domain/audit/case-store.ts';
import type { ExportsStore } from '../domain/audit/exports/store.ts';
import type { SavedSearchStore } from '../domain/audit/saved-search.ts';
import type { SessionLimits } from '../config/config.ts';
import type { HostRules } from '../domain/agencies/host-proof.ts';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { FactStore } from '../domain/audit/facts.ts';
import type { FiguresStore } from '../domain/audit/figures/store.ts';
import type { ReceiptSigner } from '../domain/consent/receipt.ts';
import type { ConsentStore } from '../domain/consent/store.ts';
import type { ErasureStore } from '../domain/home/close-account.ts';
import type { ReportStore } from '../domain/home/report.ts';
import type { HomeStore } from '../domain/home/store.ts';
import type { DutiesStore } from '../domain/duties/store.ts';
import type { DeclaredNeeds } from '../domain/declared/needs.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { Random } from '../domain/kernel/ids.ts';
import type { NoteVerifier } from '../domain/ledger/signed-note.ts';
import type { Sleep } from '../domain/ledger/sleep.ts';
import type { LimitNeeds } from '../domain/limits/needs.ts';
import type { LogoutsStore } from '../domain/logout/store.ts';
import type { LedgerReads, LedgerStore } from '../domain/ledger/store.ts';
import type { VerificationStore } from '../domain/ledger/whole-verification.ts';
import type { RelyingParty } from '../domain/passkeys/relying-party.ts';
import type { PasskeysStore } from '../domain/passkeys/store.ts';
import type { MetadataStore } from '../domain/metadata/store.ts';
import type { StaffRule } from '../domain/staff/passkey-rule.ts';
import type { OutboxStore } from '../domain/outbox/store.ts';
import type { PersonalData, StoredPerson } from '../domain/people/person.ts';
import type { PeopleStore } from '../domain/people/store.ts';
import type { RecoveriesStore } from '../domain/recovery/store.ts';
import type { ProtectionStore } from '../domain/protection/store.ts';
import type { ProofingStore } from '../domain/proofing/store.ts';
import type { StaffStore } from '../domain/staff/store.ts';
import type { TraceRecorder } from '../domain/traces/record-traces.ts';
import type { TracesStore } from '../domain/traces/store.ts';
import type { CertificateSource } from '../oidc/certificates.ts';
import type { Engine } from '../oidc/engine.ts';
import type { EngineStore } from '../oidc/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { NodeCounts } from '../telemetry/node-counts.ts';
import type { WitnessReport } from '../domain/witnesses/submit-checkpoint.ts';
import type { Witnessing } from '../domain/witnesses/witnessing.ts';
import type { Texts } from '../../views/messages/messages.ts';
import type { Assets } from './assets.ts';
import type { Readiness } from './readiness.ts';

export type PublicJwks = { readonly keys: readonly object[] };

export type WebNeeds = {
  readonly issuer: string;
  readonly isSecure: boolean;
  readonly trustedHops: number;
  /** ISO 3166-1 alpha-2. */
  readonly homeCountry: string;
  /** Absent: nobody proves anything with a certificate. */
  readonly certificates: CertificateSource | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
  readonly log: Log;
  /** What is told in numbers at the listener for metrics. */
  readonly counts: NodeCounts;
  readonly agencies: AgenciesStore;
  readonly hostRules: HostRules;
  readonly consents: ConsentStore;
  readonly home: HomeStore;
  readonly duties: DutiesStore;
  readonly logouts: LogoutsStore;
  /** What leaves is written by the acts that cause it; a page only looks. */
  readonly outbox: Pick<OutboxStore, 'listOfRecipient'>;
  readonly erasures: ErasureStore;
  readonly reports: ReportStore;
  /** Wraps the key of each person and of each report. */
  readonly dataKey: KeyObject;
  readonly ledger: LedgerStore;
  /** For what is long: see `Storage`. */
  readonly ledgerBeside: LedgerReads;
  /** Absent: no witnesses are set. */
  readonly witnessing: (Witnessing & { readonly reports: () => readonly WitnessReport[] }) | undefined;
  /** What came of each night's verification of the whole log. */
  readonly verifications: Pick<VerificationStore, 'listVerifications'>;
  readonly figures: FiguresStore;
  readonly passkeys: PasskeysStore;
  readonly protection: ProtectionStore;
  /** Of the links in letters about a person's access. */
  readonly noticeKey: KeyObject;
  /** Between asking to lift a freeze and its end. */
  readonly unfreezeDelayMs: number;
  readonly people: PeopleStore;
  readonly proofings: ProofingStore;
  /** How long an enrolment code works. */
  readonly enrolmentCodeSeconds: number;
  /** By which rules our own counters check people. */
  readonly trustFramework: string;
  readonly declaring: DeclaredNeeds;
  readonly recoveries: RecoveriesStore;
  /** Of auditors. */
  readonly cases: CasesStore;
  readonly unmaskings: UnmaskStore;
  readonly breaches: BreachStore;
  readonly suspensions: SuspensionStore;
  /** By which a complainant is found within a case. */
  readonly links: CaseLinkStore;
  readonly exports: ExportsStore;
  readonly searches: SavedSearchStore;
  /** Up to so many entries one auditor takes alone. */
  readonly exportAloneLimit: number;
  readonly recoveryWaitMs: number;
  readonly staff: StaffStore;
  /** How far passkeys of staff must be attested. */
  readonly staffRule: StaffRule;
  readonly metadata: MetadataStore;
  readonly traces: TracesStore;
  readonly traceRecorder: TraceRecorder;
  readonly facts: FactStore;
  readonly watch: AnomalyWatch;
  readonly artefacts: EngineStore;
  readonly signer: ReceiptSigner;
  readonly receiptKeys: PublicJwks;
  readonly logVerifier: NoteVerifier;
  readonly relyingParty: RelyingParty;
  readonly limiting: LimitNeeds;
  readonly sessionLimits: SessionLimits;
  readonly formKey: KeyObject;
  /** For references to sessions and tokens in records and in the log. */
  readonly referenceKey: KeyObject;
  /** By the identifier as somebody types it; undefined also when it is none. */
  readonly findByRegistryId: (text: string) => Promise<StoredPerson | undefined>;
  readonly openData: (person: StoredPerson) => PersonalData;
  readonly getSubject: (person: StoredPerson, sector: string) => Promise<string>;
  readonly assets: Assets;
  readonly texts: Readonly<Record<'ar' | 'en', Texts>>;
  readonly findReadiness: () => Promise<Readiness>;
};

/** Everything a page needs, the engine included, which itself needs pages and so comes later. */
export type PageNeeds = WebNeeds & { readonly engine: Engine };
