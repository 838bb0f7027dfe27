// The port that storage implements for agencies, services and purposes.

import type { SealedEvent } from '../ledger/event.ts';
import type { Agency, Purpose, RegisteredService, Service, ServiceStatus } from './agency.ts';

export type PurposeName = { readonly clientId: string; readonly id: string };

export type AgencyChanges = {
  readonly agencies: readonly Agency[];
  /** Inserts or replaces; the status of a service that exists MUST stay as it is. */
  readonly services: readonly Service[];
  /** New current versions; the one before is kept, no longer current. */
  readonly purposes: readonly Purpose[];
  /** Purposes no longer offered: no current version stays. */
  readonly endedPurposes: readonly PurposeName[];
  /** For each service named here, this current purpose becomes the only default one, its version unchanged; applied after `purposes`. */
  readonly defaultPurposes: readonly PurposeName[];
  readonly events: readonly SealedEvent[];
};

export type AgenciesStore = {
  /** MUST be atomic, events included. Refuses with Fault `store/conflict` when a purpose version exists already. */
  readonly saveChanges: (changes: AgencyChanges) => Promise<void>;
  readonly listAgencies: () => Promise<readonly Agency[]>;
  readonly listServices: () => Promise<readonly RegisteredService[]>;
  /** Any status; the caller decides what an inactive service may do. */
  readonly findService: (clientId: string) => Promise<RegisteredService | undefined>;
  /** Each purpose in its newest version, those that were ended too, by service and id. */
  readonly listPurposes: () => Promise<readonly Purpose[]>;
  readonly findPurposeVersion: (clientId: string, purposeId: string, version: number) => Promise<Purpose | undefined>;
  readonly saveServiceStatus: (clientId: string, status: ServiceStatus, event: SealedEvent) => Promise<void>;
};
