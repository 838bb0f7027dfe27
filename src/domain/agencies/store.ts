// The port that storage implements for agencies, services and purposes.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Agency, Purpose, PurposeName, RegisteredService, Service, ServiceStatus } from './agency.ts';
import type { HostProof } from './host-proof.ts';
import type { ServiceVersion } from './service-version.ts';
import type { Registered, Submission } from './submission.ts';

export type AgencyChanges = {
  readonly agencies: readonly Agency[];
  /**
   * Inserts or replaces; the status of a service that exists MUST stay as it is. Each MUST leave a version, which no act changes afterwards: the next number,
   * with the moment and the id of the `service.changed` event of this act and the submission that was approved by it.
   */
  readonly services: readonly Service[];
  /** New current versions; the one before is kept, no longer current. */
  readonly purposes: readonly Purpose[];
  /** Purposes no longer offered: no current version stays. */
  readonly endedPurposes: readonly PurposeName[];
  /** For each service named here, this current purpose becomes the only default one, its version unchanged; applied after `purposes`. */
  readonly defaultPurposes: readonly PurposeName[];
  readonly events: readonly SealedEvent[];
  /** What must be true of the register at the moment of writing; for what was worked out from an earlier reading. */
  readonly holds?: (registered: Registered) => boolean;
};

/**
 * Why what waits cannot take effect: its places changed since, it would now take something that belongs to another agency or service, or nobody knows yet that a
 * host of it is its agency's.
 */
export type Hindrance = 'submission/stale' | 'submission/conflicting' | 'submission/unproven';

type Decision = {
  readonly id: string;
  /** The officer. */
  readonly decidedBy: string;
  readonly decidedAt: Millis;
  readonly reason: string;
  /** Of the decision itself. */
  readonly events: readonly SealedEvent[];
};

export type SubmissionDecided = Decision &
  (
    | { readonly decision: 'decline' }
    | {
        readonly decision: 'approve';
        /** What takes effect with the last approval that is needed, and what is asked of the register at that moment. */
        readonly effect: {
          readonly changes: Submission['content'];
          readonly events: readonly SealedEvent[];
          readonly findHindrance: (registered: Registered) => Hindrance | undefined;
        };
      }
  );

/** `approved`: this one is written down, and another one is needed. */
export type SavedDecision = 'saved' | 'approved' | 'submission/decided' | 'submission/approved' | Hindrance;

export type AgenciesStore = {
  /**
   * MUST be atomic, events and the submission that waits included. Refuses with Fault `store/conflict` when a purpose version exists already, when the
   * same submission on the same base waits already, or when `holds` says no of the register as it is in the act.
   */
  readonly saveChanges: (changes: AgencyChanges, submission?: Submission) => Promise<void>;
  /** The submission of this content on this base that waits, if there is one. */
  readonly findWaiting: (named: Pick<Submission, 'digest' | 'base'>) => Promise<Submission | undefined>;
  /** In any state. */
  readonly findSubmission: (id: string) => Promise<Submission | undefined>;
  /** Oldest first. */
  readonly listWaiting: () => Promise<readonly Submission[]>;
  /**
   * In ONE atomic act: writes down the decision with its events and, with the last approval that is needed, the changes with theirs. Yields `submission/decided`
   * when it waits no longer, `submission/approved` when this officer approved it before, or the hindrance, and then changes nothing. The register MUST NOT
   * change between the look of `findHindrance` at it and the end of the act. The DATABASE refuses an approval by whoever submitted it, and an approved state
   * without as many approvals of active approvers as `review` needs, also from whoever writes past this port (RG-18).
   */
  readonly saveDecision: (decision: SubmissionDecided) => Promise<SavedDecision>;
  readonly listAgencies: () => Promise<readonly Agency[]>;
  readonly listServices: () => Promise<readonly RegisteredService[]>;
  /** Any status; the caller decides what an inactive service may do. */
  readonly findService: (clientId: string) => Promise<RegisteredService | undefined>;
  /** Of every active browser application. At the most a second behind what another process changed. */
  readonly listBrowserOrigins: () => Promise<ReadonlySet<string>>;
  /** What a service was registered as, the newest first. */
  readonly listServiceVersions: (clientId: string) => Promise<readonly ServiceVersion[]>;
  /** Each purpose in its newest version, those that were ended too, by service and id. */
  readonly listPurposes: () => Promise<readonly Purpose[]>;
  /** Every version of every purpose of the service, those that were ended too, by id, oldest first. */
  readonly listPurposeVersions: (clientId: string) => Promise<readonly Purpose[]>;
  readonly findPurposeVersion: (clientId: string, purposeId: string, version: number) => Promise<Purpose | undefined>;
  /** Of which hosts agencies have shown that they hold them. */
  readonly listProofs: () => Promise<readonly HostProof[]>;
  /** In one act with its event; a later proof of the same host replaces the earlier. */
  readonly saveProof: (proof: HostProof, event: SealedEvent) => Promise<void>;
  readonly saveServiceStatus: (clientId: string, status: ServiceStatus, event: SealedEvent) => Promise<void>;
};
