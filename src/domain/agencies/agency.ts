// Agencies, their services and the purposes those ask for: who they are and what they may ask, as approved.
// What a person agreed to is not here.

import type { Json } from '../kernel/canonical.ts';
import type { PersonKind } from '../people/person.ts';

export type Localized = { readonly ar: string; readonly en: string };

export type Agency = {
  readonly id: string;
  readonly registrationNumber: string;
  readonly name: Localized;
  readonly contacts: Readonly<Record<string, string>>;
};

export const serviceClasses = ['fapi', 'standard', 'legacy'] as const;
export type ServiceClass = (typeof serviceClasses)[number];

export const serviceStatuses = ['active', 'suspended', 'retired'] as const;
export type ServiceStatus = (typeof serviceStatuses)[number];

export const levels = ['substantial', 'high'] as const;
export type Level = (typeof levels)[number];

/** A service's metadata under its registered names (OpenID Connect Registration 1.0 §2); a client secret only as its SHA-256. */
export type ClientMetadata = Readonly<Record<string, Json>>;

export type Service = {
  readonly clientId: string;
  readonly agencyId: string;
  readonly serviceClass: ServiceClass;
  readonly name: Localized;
  readonly status: ServiceStatus;
  readonly sector: string;
  readonly audience: readonly PersonKind[];
  readonly minimumLevel: Level;
  readonly metadata: ClientMetadata;
};

/** Lets a program read the auditor's interface. No person can grant it: no service that people use may ask for it. */
export const auditScope = 'audit:read';

export const basisTypes = ['consent', 'contract', 'legal_obligation', 'public_task', 'vital', 'legitimate'] as const;
export type LegalBasis = { readonly type: (typeof basisTypes)[number]; readonly lawRef: string | null };

export type AskedAttribute = {
  readonly name: string;
  readonly necessity: 'required' | 'optional';
  readonly why: Localized;
};

export type Purpose = {
  readonly clientId: string;
  readonly id: string;
  /** Grows by one with every change of what the person was told or asked. */
  readonly version: number;
  readonly isDefault: boolean;
  readonly text: Localized;
  readonly legalBasis: LegalBasis;
  /** How long the agency keeps what it received, ISO 8601 duration. */
  readonly retention: string;
  /** How long a consent lasts, ISO 8601 duration. */
  readonly expiresAfter: string;
  readonly attributes: readonly AskedAttribute[];
};

export type PurposeName = Pick<Purpose, 'clientId' | 'id'>;

/** A service with everything needed to ask: the agency behind it and its current purposes. */
export type RegisteredService = { readonly agency: Agency; readonly service: Service; readonly purposes: readonly Purpose[] };

/** The purpose named by the request, or the default one where none is named (decision 11). */
export function findPurpose(registered: RegisteredService, purposeId: string | undefined): Purpose | undefined {
  return registered.purposes.find((purpose) => (purposeId === undefined ? purpose.isDefault : purpose.id === purposeId));
}

/** Whether the service is registered for this kind of person. */
export function isServed(service: Service, kind: PersonKind): boolean {
  return service.audience.includes(kind);
}
