// A registered service as the engine's client. What a class of service weakens is decided here, in one place (decision 10).

import type { AllClientMetadata, Client } from 'oidc-provider';
import { deepFreeze } from '../config/deep-freeze.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import { readBrowserOrigins } from '../domain/agencies/browser-application.ts';
import { consentsScope } from '../domain/agencies/agency.ts';
import { classRules, toFixedMembers } from '../domain/agencies/class-rules.ts';
import { hasOwnAccess, isProgram, readText } from '../domain/agencies/proposal.ts';
import type { RegisteredService } from '../domain/agencies/agency.ts';
import { personScopes } from './scopes.ts';

/** Our own pages are a service like any other, except that they share nothing and are asked for by nobody else. */
export const accountClientId = 'huwiya-account';

/** Our own member of the engine's client: the class of service. */
export const classMember = 'huwiya_class';

export function isFirstParty(clientId: string | undefined): boolean {
  return clientId === accountClientId;
}

function toAccountClient(issuer: string): AllClientMetadata {
  return {
    client_id: accountClientId,
    client_name: 'Huwiya',
    redirect_uris: [`${issuer}/account/return`],
    response_types: ['code'],
    response_modes: ['query'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
    scope: 'openid',
    sector_identifier_uri: 'https://huwiya-account.invalid/',
  };
}

function toAuthentication(registered: RegisteredService): AllClientMetadata {
  const { metadata } = registered.service;
  const digest = metadata['client_secret_sha256'];
  // The engine wants a secret for the methods that use one; ours is compared by its digest, see client-secret.ts.
  return typeof digest === 'string' ? { client_secret: digest } : {};
}

/** All that the engine lets it ask. A registration without scopes is one for persons; a service with tokens of its own asks after its records. */
function toScope({ service: { metadata } }: RegisteredService): string {
  // A program without a scope of ours may ask for none: those of resource servers are approved by themselves.
  const scope = readText(metadata, 'scope') ?? (isProgram(metadata) ? 'openid' : personScopes.join(' '));
  return hasOwnAccess(metadata) && !isProgram(metadata) ? `${scope} ${consentsScope}` : scope;
}

function createClient(registered: RegisteredService): AllClientMetadata | undefined {
  const { service } = registered;
  if (service.status !== 'active') {
    return undefined;
  }
  // Ours, and nothing that the engine knows of. Where a service begins a sign-in is its own matter, and the engine takes no loopback host for it.
  const {
    client_secret_sha256: _digest,
    security_events_uri: _receiver,
    answer_within: _days,
    session_idle: _idle,
    initiate_login_uri: _begin,
    resource_server: _server,
    resource_access: _access,
    ...metadata
  } = service.metadata;
  return {
    response_types: ['code'],
    grant_types: ['authorization_code'],
    require_auth_time: true,
    // An answer by form is for those who register it, and for off-the-shelf clients (decision 10, ASVS 10.4.12).
    response_modes: [...classRules[service.serviceClass].responseModes.standing],
    ...metadata,
    // Last, so that no row of the register can say otherwise: the engine's own profile does not force them (M8).
    ...toFixedMembers(service.serviceClass, service.metadata),
    scope: toScope(registered),
    ...toAuthentication(registered),
    [classMember]: service.serviceClass,
    client_id: service.clientId,
    client_name: service.name.en,
    sector_identifier_uri: `https://${encodeURIComponent(service.sector)}.invalid/`,
  };
}

const clients = new WeakMap<RegisteredService, AllClientMetadata | undefined>();

/**
 * Undefined for a service that is not active: the engine then knows no such client, at every endpoint.
 * Made once for each reading of the service, and frozen, because the engine keeps what it is given.
 */
export function toClient(registered: RegisteredService): AllClientMetadata | undefined {
  if (!clients.has(registered)) {
    clients.set(registered, deepFreeze(createClient(registered)));
  }
  return clients.get(registered);
}

export type ClientSource = {
  readonly issuer: string;
  readonly findService: (clientId: string) => Promise<RegisteredService | undefined>;
};

/** The engine writes the print of each certificate onto its key. */
function withKeysToMark(client: AllClientMetadata): AllClientMetadata {
  return { ...client, ...(client.jwks === undefined ? {} : { jwks: structuredClone(client.jwks) }) };
}

export async function findClient(source: ClientSource, clientId: string): Promise<AllClientMetadata | undefined> {
  if (isFirstParty(clientId)) {
    return toAccountClient(source.issuer);
  }
  const registered = await source.findService(clientId);
  const client = registered === undefined ? undefined : toClient(registered);
  return client?.token_endpoint_auth_method === 'self_signed_tls_client_auth' ? withKeysToMark(client) : client;
}

/** Whether a script of this origin belongs to the client. */
export function hasOrigin({ applicationType, clientAuthMethod, redirectUris }: Client, origin: string): boolean {
  const metadata = {
    application_type: applicationType ?? 'web',
    token_endpoint_auth_method: clientAuthMethod ?? '',
    redirect_uris: redirectUris ?? [],
  };
  return readBrowserOrigins(metadata).includes(origin);
}

/** How long a service lets a session rest, of its `session_idle`; without end where it takes the session as it is. */
export function toIdleLimit(seconds: unknown): Millis {
  return typeof seconds === 'number' ? seconds * 1000 : Number.POSITIVE_INFINITY;
}
