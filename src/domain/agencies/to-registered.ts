// From what a file says to what is registered: defaults filled in by class, the secret reduced to its digest. Pure.

import { toDigest } from '../kernel/ids.ts';
import { toForm } from '../attributes/form.ts';
import { verificationParts } from './agency.ts';
import type { Agency, AskedAttribute, ClientMetadata, Purpose, RegisteredService, ResourceUse, Service, Verification } from './agency.ts';
import { classRules, toFixedMembers } from './class-rules.ts';
import { toRedirectHosts } from './check-uris.ts';
import { createServerFinder } from './find-server.ts';
import type { FindServer, KnownServer } from './find-server.ts';
import { isProgram } from './proposal.ts';
import type { ResourceAccess } from './resource-server.ts';
import type { Proposal, ProposedAgency, ProposedPurpose, ProposedService } from './proposal.ts';

/** Every record is finite (domain model 3.1). */
const defaultExpiry = 'P1Y';

/** The Data Privacy Vocabulary of the W3C. */
const vocabulary = 'https://w3id.org/dpv#';

export function toAgency({ services: _services, ...agency }: ProposedAgency): Agency {
  return agency;
}

/** `known` is the service as it is registered now: its status stays, and its secret when the file gives none. */
export function toService(agencyId: string, proposed: ProposedService, known: Service | undefined): Service {
  const metadata = toMetadata(proposed, known?.metadata);
  return {
    clientId: proposed.clientId,
    agencyId,
    serviceClass: proposed.serviceClass,
    name: proposed.name,
    status: known?.status ?? 'active',
    sector: proposed.sector ?? toSector(toRedirectHosts(metadata)[0] ?? agencyId),
    audience: proposed.audience,
    minimumLevel: proposed.minimumLevel,
    metadata,
  };
}

/** Without a sector the one redirect host is it (OIDC Core 1.0 §8.1). */
function toSector(host: string): string {
  return host
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replace(/^-+/, '');
}

function toMetadata(proposed: ProposedService, known: ClientMetadata | undefined): ClientMetadata {
  const method = proposed.metadata['token_endpoint_auth_method'] ?? classRules[proposed.serviceClass].methods[0] ?? 'private_key_jwt';
  const grants = { grant_types: proposed.metadata['grant_types'] ?? toDefaultGrants(proposed.metadata) };
  return {
    ...(isProgram({ ...proposed.metadata, ...grants }) ? { redirect_uris: [], response_types: [] } : { response_types: ['code'] }),
    ...proposed.metadata,
    ...grants,
    token_endpoint_auth_method: method,
    ...toFixedMembers(proposed.serviceClass, proposed.metadata),
    ...toSecretDigest(proposed.clientSecret, usesSecret(method) ? known : undefined),
  };
}

/** A resource server answers requests and needs no token for it. */
function toDefaultGrants(metadata: ClientMetadata): readonly string[] {
  return metadata['resource_server'] === undefined ? ['authorization_code'] : [];
}

function toSecretDigest(secret: string | null, known: ClientMetadata | undefined): ClientMetadata {
  const digest = secret === null ? known?.['client_secret_sha256'] : toDigest(secret);
  return digest === undefined ? {} : { client_secret_sha256: digest };
}

function usesSecret(method: unknown): boolean {
  return method === 'client_secret_basic' || method === 'client_secret_post';
}

/** A service's only purpose is its default one unless the file says otherwise. A missing retention counts as the life of the consent. */
export function toPurposes(proposed: ProposedService, find: FindServer): readonly Omit<Purpose, 'version'>[] {
  return proposed.purposes.map((purpose) => ({
    clientId: proposed.clientId,
    id: purpose.id,
    isDefault: purpose.isDefault ?? proposed.purposes.length === 1,
    text: purpose.text,
    legalBasis: purpose.legalBasis,
    basisByKind: purpose.basisByKind,
    code: purpose.code === null ? null : purpose.code.replace(/^dpv:/, vocabulary),
    recipients: purpose.recipients,
    storage: purpose.storage,
    terms: purpose.terms,
    resources: purpose.resources.flatMap((use) => toUse(use, find(use.server))),
    verification: purpose.verification && toVerification(purpose.verification, purpose.attributes),
    dpiaRef: purpose.dpiaRef,
    retention: purpose.retention ?? toExpiry(purpose),
    expiresAfter: toExpiry(purpose),
    attributes: purpose.attributes.map(toAskedAttribute),
  }));
}

/** In the words of the resource server at this moment. */
function toUse({ server, scopes }: ResourceAccess, known: KnownServer | undefined): readonly ResourceUse[] {
  return known === undefined ? [] : [{ server, name: known.name, scopes: known.scopes.filter(({ name }) => scopes.includes(name)) }];
}

/** In one order, so that another order changes nothing. */
function toVerification({ attributes, parts, ...said }: Verification, asked: readonly AskedAttribute[]): Verification {
  return {
    ...said,
    attributes: asked.map(({ name }) => name).filter((name) => attributes.includes(name)),
    parts: verificationParts.filter((part) => parts.includes(part)),
  };
}

/** A form that goes without saying is left out, so that saying it changes nothing. */
function toAskedAttribute({ name, necessity, why, form }: AskedAttribute): AskedAttribute {
  return form === undefined || form === toForm({ name }) ? { name, necessity, why } : { name, necessity, why, form };
}

function toExpiry(purpose: ProposedPurpose): string {
  return purpose.expiresAfter ?? defaultExpiry;
}

/** A service of a file as it would be registered if the file were new; undefined when the file has no such service. */
export function toRegistration(proposal: Proposal, clientId: string): RegisteredService | undefined {
  const find = createServerFinder(proposal, { services: [] });
  for (const agency of proposal.agencies) {
    const proposed = agency.services.find((service) => service.clientId === clientId);
    if (proposed !== undefined) {
      const purposes = toPurposes(proposed, find).map((purpose) => ({ ...purpose, version: 1 }));
      return { agency: toAgency(agency), service: toService(agency.id, proposed, undefined), version: 1, purposes };
    }
  }
  return undefined;
}
