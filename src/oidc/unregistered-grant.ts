// A grant that exists but is not registered for the service has an error of its own (RFC 6749 §5.2); the engine answers it with the general one.

import type { Context, Next } from 'koa';
import type { Client, Provider } from 'oidc-provider';

function isGeneralRefusal(body: unknown): body is { readonly error: 'invalid_request' } {
  return typeof body === 'object' && body !== null && Reflect.get(body, 'error') === 'invalid_request';
}

function isUnregistered(client: Client | undefined, grant: unknown): boolean {
  return client !== undefined && typeof grant === 'string' && !client.grantTypeAllowed(grant);
}

export function nameUnregisteredGrant(provider: Provider) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const oidc: unknown = ctx['oidc'];
    if (!(oidc instanceof provider.OIDCContext) || oidc.route !== 'token' || !isGeneralRefusal(ctx.body)) {
      return;
    }
    if (isUnregistered(oidc.client, oidc.params?.['grant_type'])) {
      ctx.body = { error: 'unauthorized_client', error_description: 'this service is not registered for this grant type' };
    }
  };
}
