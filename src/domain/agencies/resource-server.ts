// Resource servers: interfaces that take this provider's tokens (RFC 6749 §1.1, RFC 8707). One is registered like a service, by its agency, with what each of
// its scopes lets somebody do in plain words; services are registered for the scopes they may use there.

import type { Json } from '../kernel/canonical.ts';
import type { ClientMetadata, ResourceScope } from './agency.ts';

export type ResourceServer = {
  /** Its resource indicator: what tokens for it name as their audience. */
  readonly resource: string;
  readonly scopes: readonly ResourceScope[];
};

/** Scopes at one resource server, which is named by its client_id. */
export type ResourceAccess = { readonly server: string; readonly scopes: readonly string[] };

type Members = { readonly [name: string]: Json };

function toMembers(value: Json | undefined): Members {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function toList(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function toText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function toScope(value: Json): ResourceScope {
  const { name, text } = toMembers(value);
  const { ar, en } = toMembers(text);
  return { name: toText(name), text: { ar: toText(ar), en: toText(en) } };
}

/** Undefined for a service that is none. */
export function readResourceServer(metadata: ClientMetadata): ResourceServer | undefined {
  const { resource, scopes } = toMembers(metadata['resource_server']);
  return resource === undefined ? undefined : { resource: toText(resource), scopes: toList(scopes).map(toScope) };
}

/** What a service may do on its own behalf, nobody being in front of it. */
export function readResourceAccess(metadata: ClientMetadata): readonly ResourceAccess[] {
  return toList(metadata['resource_access']).map((value) => {
    const { server, scopes } = toMembers(value);
    return { server: toText(server), scopes: toList(scopes).map(toText) };
  });
}
