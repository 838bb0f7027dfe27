// Agencies, their services and the purposes those ask for: who they are and what they may ask, as approved.
// What a person agreed to is not here.

import type { Level } from '../kernel/levels.ts';
import type { Form } from '../attributes/attribute.ts';
import type { Json } from '../kernel/canonical.ts';
import type { PersonKind } from '../people/person.ts';

export type Localized = { readonly ar: string; readonly en: string };

export const organisationTypes = ['agency', 'semi_public', 'private'] as const;

/** Under the names of the file; absent what it does not say. */
export type Organisation = {
  /** As in the state's register, where people know it by another name. */
  readonly legal_name?: Localized;
  readonly type?: (typeof organisationTypes)[number];
  /** To which it belongs. */
  readonly ministry?: Localized;
  readonly address?: Localized;
  /** The office that signs for it, not the person. */
  readonly signatory?: Localized;
};

export type Agency = {
  readonly id: string;
  readonly registrationNumber: string;
  readonly name: Localized;
  readonly contacts: Readonly<Record<string, string>>;
  /** Absent where it says no more of itself. */
  readonly organisation?: Organisation;
};

export const serviceClasses = ['fapi', 'standard', 'legacy'] as const;
export type ServiceClass = (typeof serviceClasses)[number];

export const serviceStatuses = ['active', 'suspended', 'retired'] as const;
export type ServiceStatus = (typeof serviceStatuses)[number];

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

/** How long a service takes to answer for what was taken back from it, where it registered nothing. */
export const defaultAnswerWithin = 'P30D';

/** What a service asks for to read its own people's records and its duties, without a person in front of it. */
export const consentsScope = 'consents';

/** Lets a program read the auditor's interface. No person can grant it: no service that people use may ask for it. */
export const auditScope = 'audit:read';

export const basisTypes = ['consent', 'contract', 'legal_obligation', 'public_task', 'vital', 'legitimate'] as const;

/** The law and the article as people read them: one text, or one for each language. */
export type LawReference = string | Localized;

export type LegalBasis = { readonly type: (typeof basisTypes)[number]; readonly lawRef: LawReference | null };

export type AskedAttribute = {
  readonly name: string;
  readonly necessity: 'required' | 'optional';
  readonly why: Localized;
  /** How much of it leaves. Absent: the first of the forms that the catalogue allows. */
  readonly form?: Form;
};

export const recipientRoles = ['processor', 'joint_controller', 'third_party'] as const;

/** Somebody besides the agency who receives what a person shares. */
export type Recipient = { readonly name: Localized; readonly role: (typeof recipientRoles)[number] };

/** What leaves the country, and for what. Countries as ISO 3166-1 alpha-2. */
export type Transfer = { readonly country: string; readonly why: Localized };

export type DataStorage = {
  readonly location: Localized;
  /** Whose law applies there. */
  readonly jurisdiction: string;
  readonly transfers: readonly Transfer[];
};

export const accessModes = ['view', 'store'] as const;
export const fetchTypes = ['once', 'session', 'periodic'] as const;

export type AccessTerms = {
  /** `view`: the agency looks and keeps nothing. */
  readonly mode: (typeof accessModes)[number];
  /** `session`: only while the person is there. `periodic`: as far as the service's registration allows, also while the person is away. */
  readonly fetch: (typeof fetchTypes)[number];
  /** Releases over the life of one consent; null for any number. */
  readonly maxUses: number | null;
  /** At most `times` in each period `per`, an ISO 8601 duration; null for any. */
  readonly frequency: { readonly times: number; readonly per: string } | null;
  /** Of records over time: those of these days, `YYYY-MM-DD`, ends included; null for open. Refused while the catalogue has no such record (ADR-0046). */
  readonly dataRange: { readonly from: string | null; readonly to: string | null } | null;
};

export type ResourceScope = {
  readonly name: string;
  /** What it lets a service do, as people read it. */
  readonly text: Localized;
};

/** What a service may do at a resource server for a person, in the words that the person is told: kept here, so that later words change nothing. */
export type ResourceUse = { readonly server: string; readonly name: Localized; readonly scopes: readonly ResourceScope[] };

export const verificationParts = ['assurance_level', 'time'] as const;
export const evidenceDepths = ['none', 'types', 'details'] as const;

/** What a service may be told of how a person's identity was checked, beside details in verified form (OpenID Connect for Identity Assurance 1.0). */
export type Verification = {
  /** Names of those attributes of the purpose that may leave in verified form. */
  readonly attributes: readonly string[];
  /** Besides the trust framework, which always stands beside what is verified. */
  readonly parts: readonly (typeof verificationParts)[number][];
  /** `types`: which kind of document, and how it was checked. `details`: of which office, until when, who checked it, and the last digits of its number. */
  readonly evidence: (typeof evidenceDepths)[number];
  readonly why: Localized;
};

export type Purpose = {
  readonly clientId: string;
  readonly id: string;
  /** Grows by one with every change of what the person was told or asked. */
  readonly version: number;
  readonly isDefault: boolean;
  readonly text: Localized;
  /** For everybody whose kind has no basis of its own. Read through `toBasis`. */
  readonly legalBasis: LegalBasis;
  readonly basisByKind: { readonly [Kind in PersonKind]?: LegalBasis };
  /** The purpose in the Data Privacy Vocabulary, as an IRI. */
  readonly code: string | null;
  /** Besides the agency itself. */
  readonly recipients: readonly Recipient[];
  /** Null where the agency did not say. */
  readonly storage: DataStorage | null;
  readonly terms: AccessTerms;
  readonly resources: readonly ResourceUse[];
  /** Null where nothing leaves in verified form. */
  readonly verification: Verification | null;
  /** Of the data protection impact assessment, for reviewers. */
  readonly dpiaRef: string | null;
  /** How long the agency keeps what it received, ISO 8601 duration. */
  readonly retention: string;
  /** How long a consent lasts, ISO 8601 duration. */
  readonly expiresAfter: string;
  readonly attributes: readonly AskedAttribute[];
};

export type PurposeDetails = Pick<
  Purpose,
  'basisByKind' | 'code' | 'recipients' | 'storage' | 'terms' | 'resources' | 'verification' | 'dpiaRef'
>;

/** What a purpose has where its file says no more. */
export const standardDetails: PurposeDetails = {
  basisByKind: {},
  code: null,
  recipients: [],
  storage: null,
  terms: { mode: 'store', fetch: 'periodic', maxUses: null, frequency: null, dataRange: null },
  resources: [],
  verification: null,
  dpiaRef: null,
};

export type PurposeName = Pick<Purpose, 'clientId' | 'id'>;

/** A service with everything needed to ask: the agency behind it and its current purposes. */
export type RegisteredService = {
  readonly agency: Agency;
  readonly service: Service;
  /** Which one of `service` this is; see service-version.ts. */
  readonly version: number;
  readonly purposes: readonly Purpose[];
};

/** The purpose named by the request, or the default one where none is named (decision 11). */
export function findPurpose(registered: RegisteredService, purposeId: string | undefined): Purpose | undefined {
  return registered.purposes.find((purpose) => (purposeId === undefined ? purpose.isDefault : purpose.id === purposeId));
}

/** Whether the service is registered for this kind of person. */
export function isServed(service: Pick<Service, 'audience'>, kind: PersonKind): boolean {
  return service.audience.includes(kind);
}

/** The ground on which this purpose may have the details of this kind of person (decision 12). */
export function toBasis(purpose: Pick<Purpose, 'legalBasis' | 'basisByKind'>, kind: PersonKind): LegalBasis {
  return purpose.basisByKind[kind] ?? purpose.legalBasis;
}

export function toLawText(lawRef: LawReference | null, language: keyof Localized): string | null {
  return lawRef === null || typeof lawRef === 'string' ? lawRef : lawRef[language];
}

/** Whether the service may come back while the person is away: the purpose allows it, and the service is registered for it. */
export function allowsOffline(service: Pick<Service, 'metadata'>, { terms }: Pick<Purpose, 'terms'>): boolean {
  const grants = service.metadata['grant_types'];
  return terms.fetch === 'periodic' && Array.isArray(grants) && grants.includes('refresh_token');
}
