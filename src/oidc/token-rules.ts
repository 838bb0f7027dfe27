// What the engine asks about access tokens: for whom they are, what they carry, who may look at them.

import type { AccessToken, Client, ClientCredentials, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { mayIntrospect, toTokenFacts } from './introspection.ts';
import type { IntrospectedToken } from './introspection.ts';
import type { Registry } from './registry.ts';
import { getResourceServer } from './resources.ts';

export type TokenRules = {
  readonly getResourceServer: (ctx: KoaContextWithOIDC, resource: string, client: Client) => Promise<ResourceServer>;
  readonly mayIntrospect: (ctx: KoaContextWithOIDC, client: Client, token: IntrospectedToken) => Promise<boolean>;
  readonly toTokenFacts: (ctx: KoaContextWithOIDC, token: AccessToken | ClientCredentials) => Promise<Record<string, unknown> | undefined>;
};

export function createTokenRules(registry: Registry): TokenRules {
  return {
    getResourceServer: (ctx, resource, client) => getResourceServer(registry, ctx, { resource, client }),
    mayIntrospect: (ctx, client, token) => mayIntrospect(registry, ctx, { client, token }),
    toTokenFacts: (ctx, token) => toTokenFacts(registry, ctx, token),
  };
}

/** In whose sector a person is named: a resource server knows people by its own names, and never by those of the service that calls it (decision 8). */
export function findSubjectOwner(ctx: KoaContextWithOIDC, client: Client): string {
  return (ctx.oidc.route === 'introspection' ? ctx.oidc.client : client)?.clientId ?? client.clientId;
}
