// What an agency asks to be registered with: the shape of a file, nothing in it checked yet. `null` means that the file does not say.

import type { Json } from '../kernel/canonical.ts';
import type { PersonKind } from '../people/person.ts';
import type {
  Agency,
  AskedAttribute,
  ClientMetadata,
  LegalBasis,
  Localized,
  Purpose,
  PurposeDetails,
  RegisteredService,
  ServiceClass,
} from './agency.ts';
import type { Level } from '../kernel/levels.ts';
import type { ResourceAccess } from './resource-server.ts';

export type ProposedPurpose = Omit<PurposeDetails, 'resources'> & {
  readonly resources: readonly ResourceAccess[];
  readonly id: string;
  readonly isDefault: boolean | null;
  readonly text: Localized;
  readonly legalBasis: LegalBasis;
  readonly retention: string | null;
  readonly expiresAfter: string | null;
  readonly attributes: readonly AskedAttribute[];
};

export type ProposedService = {
  readonly clientId: string;
  readonly serviceClass: ServiceClass;
  readonly name: Localized;
  readonly sector: string | null;
  readonly audience: readonly PersonKind[];
  readonly minimumLevel: Level;
  /** In the clear in the file only; it goes no further than its digest. */
  readonly clientSecret: string | null;
  /** OpenID Connect Registration 1.0 §2, as written, without the secret. */
  readonly metadata: ClientMetadata;
  readonly purposes: readonly ProposedPurpose[];
};

export type ProposedAgency = Agency & { readonly services: readonly ProposedService[] };

export type Proposal = { readonly agencies: readonly ProposedAgency[] };

/** What is registered now. */
export type RegisteredState = {
  readonly agencies: readonly Agency[];
  readonly services: readonly RegisteredService[];
  /** Of the services in question, every version of every purpose, those that ended too, oldest first: numbering goes on from there, and so does judgement. */
  readonly versions: readonly Purpose[];
};

/** Something about a file, for whoever wrote it. Never repeats a secret or a key. */
export type Finding = {
  /** A refusal blocks the whole file; a warning never does. */
  readonly severity: 'refusal' | 'warning';
  /** Where in the file, such as `agencies[0].services[0].redirect_uris[1]`. */
  readonly path: string;
  readonly problem: string;
  readonly fix: string;
};

export type Remark = { readonly problem: string; readonly fix: string };

export function toRefusal(path: string, remark: Remark): Finding {
  return { severity: 'refusal', path, ...remark };
}

export function toWarning(path: string, remark: Remark): Finding {
  return { severity: 'warning', path, ...remark };
}

export function readText(metadata: ClientMetadata, name: string): string | undefined {
  const value = metadata[name];
  return typeof value === 'string' ? value : undefined;
}

/** A member that may be given once for each language (OpenID Connect Registration 1.0 §2.1): that of this one, or the one for everybody. */
export function readTagged(metadata: ClientMetadata, name: string, language: keyof Localized): string | null {
  return readText(metadata, `${name}#${language}`) ?? readText(metadata, name) ?? null;
}

export function readTexts(metadata: ClientMetadata, name: string): readonly string[] {
  const value = metadata[name];
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

export type Jwk = { readonly [name: string]: Json };

export function readKeys(metadata: ClientMetadata): readonly Jwk[] {
  const set = metadata['jwks'];
  const keys = isObject(set) ? set['keys'] : undefined;
  return isList(keys) ? keys.filter(isObject) : [];
}

/** No person is ever in front of it: it reads the audit interface, calls resource servers, or is one. */
export function isProgram(metadata: ClientMetadata): boolean {
  const isOwn = hasOwnAccess(metadata) || metadata['resource_server'] !== undefined;
  return isOwn && !readTexts(metadata, 'grant_types').includes('authorization_code');
}

/** Gets tokens of its own: a program, or a service that asks after its records. */
export function hasOwnAccess(metadata: ClientMetadata): boolean {
  return readTexts(metadata, 'grant_types').includes('client_credentials');
}

export function isObject(value: Json | undefined): value is Jwk {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
