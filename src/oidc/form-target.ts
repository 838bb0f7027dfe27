// Where a page of the engine leads that posts itself: the service's answer by form (OAuth 2.0 Form Post Response Mode), or a sign-out that goes on by itself.
// Browsers hold such a form to `form-action` along the whole chain of redirects, so the page must name its end. Only registered addresses count.

import type { Context } from 'koa';
import type { Client, KoaContextWithOIDC, Provider } from 'oidc-provider';

type Oidc = KoaContextWithOIDC['oidc'];

function findText(record: object | undefined, name: string): string | undefined {
  const value: unknown = record === undefined ? undefined : Reflect.get(record, name);
  return typeof value === 'string' ? value : undefined;
}

function findOfClient(client: Client, oidc: Oidc): string | undefined {
  const redirect = findText(oidc.params, 'redirect_uri');
  if (redirect !== undefined && client.redirectUriAllowed(redirect)) {
    return redirect;
  }
  const afterSignOut = findText(oidc.params, 'post_logout_redirect_uri');
  return afterSignOut !== undefined && client.postLogoutRedirectUriAllowed(afterSignOut) ? afterSignOut : undefined;
}

/** Undefined for every other answer of the engine. */
export function findFormTarget(provider: Provider, ctx: Context): string | undefined {
  const oidc: unknown = ctx['oidc'];
  if (!(oidc instanceof provider.OIDCContext)) {
    return undefined;
  }
  // A change of person signs the one before out and then resumes the request, whose address was checked when it was kept.
  return oidc.client === undefined ? findText(oidc.entities.Interaction?.params, 'redirect_uri') : findOfClient(oidc.client, oidc);
}
