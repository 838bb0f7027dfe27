// Which resource servers a request may reach, and with which scopes (RFC 8707): what is approved, as far as the resource server is active and offers it now.

import { errors } from 'oidc-provider';
import type { Client, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { findPurpose } from '../domain/agencies/agency.ts';
import { readResourceAccess, readResourceServer } from '../domain/agencies/resource-server.ts';
import type { ResourceAccess } from '../domain/agencies/resource-server.ts';
import type { Registry } from './registry.ts';

/** Scopes, separated by spaces, by the resource indicator that they belong to. */
export type Reach = Readonly<Record<string, string>>;

async function findReached(registry: Registry, { server, scopes }: ResourceAccess): Promise<readonly (readonly [string, string])[]> {
  const registered = await registry.findService(server);
  const offered = registered && readResourceServer(registered.service.metadata);
  if (offered === undefined || registered?.service.status !== 'active') {
    return [];
  }
  const names = offered.scopes.map(({ name }) => name).filter((name) => scopes.includes(name));
  return names.length === 0 ? [] : [[offered.resource, names.join(' ')]];
}

export async function toReach(registry: Registry, uses: readonly ResourceAccess[]): Promise<Reach> {
  const reached = await Promise.all(uses.map(async (use) => findReached(registry, use)));
  return Object.fromEntries(reached.flat());
}

/** On its own behalf, nobody being in front of it. */
export async function findOwnReach(registry: Registry, clientId: string): Promise<Reach> {
  const registered = await registry.findService(clientId);
  return registered?.service.status === 'active' ? toReach(registry, readResourceAccess(registered.service.metadata)) : {};
}

/** For a person, under a purpose: all that it lists, as the person is told with each decision about it. */
export async function findPurposeReach(
  registry: Registry,
  { clientId, purposeId }: { readonly clientId: string; readonly purposeId: string | undefined },
): Promise<Reach> {
  const registered = await registry.findService(clientId);
  const purpose = registered && findPurpose(registered, purposeId);
  const uses = purpose?.resources.map(({ server, scopes }) => ({ server, scopes: scopes.map(({ name }) => name) })) ?? [];
  return toReach(registry, uses);
}

/** At the token endpoint the consent says it, before that the purpose that is asked for. */
async function findReach(registry: Registry, ctx: KoaContextWithOIDC, client: Client): Promise<Reach> {
  const { entities, params, route } = ctx.oidc;
  if (route !== 'token') {
    const purposeId = params?.['purpose'];
    return findPurposeReach(registry, { clientId: client.clientId, purposeId: typeof purposeId === 'string' ? purposeId : undefined });
  }
  return params?.['grant_type'] === 'client_credentials' ? findOwnReach(registry, client.clientId) : { ...entities.Grant?.resources };
}

/** A token for a resource without a scope there would open nothing, and a service would take it for access (RFC 6749 §4.1.2.1). */
function assertScopeAsked({ params, route }: KoaContextWithOIDC['oidc'], offered: string): void {
  const scope: unknown = params?.['scope'];
  const asked = typeof scope === 'string' ? scope.split(' ') : [];
  if (route !== 'token' && !offered.split(' ').some((name) => asked.includes(name))) {
    throw new errors.InvalidScope('scope must name a scope of the resource, as approved', asked.join(' '));
  }
}

/** Unknown and not approved are the same to whoever asks. Tokens are opaque: they can be ended, and say nothing by themselves (decision 9). */
export async function getResourceServer(
  registry: Registry,
  ctx: KoaContextWithOIDC,
  asked: { readonly resource: string; readonly client: Client },
): Promise<ResourceServer> {
  const scope = (await findReach(registry, ctx, asked.client))[asked.resource];
  if (scope === undefined) {
    throw new errors.InvalidTarget('the resource is not one that this service is approved for');
  }
  assertScopeAsked(ctx.oidc, scope);
  return { scope, accessTokenFormat: 'opaque' };
}
