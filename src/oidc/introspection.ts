// Who may learn what an access token is (RFC 7662, security finding M10): the resource server that the token is for, and the service that the token was given
// to. To everybody else every token is inactive, and so is one whose ground is gone.

import type { AccessToken, Client, ClientCredentials, KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import { readResourceServer } from '../domain/agencies/resource-server.ts';
import { findGrantId } from './grant-id.ts';
import type { Registry } from './registry.ts';
import { findOwnReach } from './resources.ts';

export type IntrospectedToken = AccessToken | ClientCredentials | RefreshToken;

/** Of a token for a resource server; undefined for every other. */
function findAudience(token: IntrospectedToken): string | undefined {
  return 'aud' in token && typeof token.aud === 'string' ? token.aud : undefined;
}

async function isAudience(registry: Registry, client: Client, audience: string | undefined): Promise<boolean> {
  const registered = await registry.findService(client.clientId);
  const server = registered && readResourceServer(registered.service.metadata);
  return audience !== undefined && server?.resource === audience;
}

/** Whether all that the token is for is still approved: the consent, or the registration of a token without a person. */
async function isApproved(registry: Registry, ctx: KoaContextWithOIDC, token: IntrospectedToken): Promise<boolean> {
  const audience = findAudience(token);
  if (audience === undefined) {
    return true;
  }
  const reach = token.kind === 'ClientCredentials' ? (await findOwnReach(registry, token.clientId ?? ''))[audience] : undefined;
  const scopes = (reach ?? ctx.oidc.entities.Grant?.getResourceScope(audience) ?? '').split(' ');
  return [...token.scopes].every((scope) => scopes.includes(scope));
}

export async function mayIntrospect(
  registry: Registry,
  ctx: KoaContextWithOIDC,
  asked: { readonly client: Client; readonly token: IntrospectedToken },
): Promise<boolean> {
  const { client, token } = asked;
  // Whoever only says its name has shown nothing: RFC 7662 §2.1 asks for proof.
  const isKnown = client.clientAuthMethod !== 'none';
  const isOwn = token.clientId === client.clientId;
  if (!isOwn) {
    // The name of a service's own session is for that service alone; the engine would tell it to whoever may ask.
    Reflect.deleteProperty(token, 'sid');
  }
  const isConcerned = isOwn || (await isAudience(registry, client, findAudience(token)));
  return isKnown && isConcerned && isApproved(registry, ctx, token);
}

/** What a resource server learns of the sign-in (RFC 9470 §6.2) and of the purpose; the rest is in the token itself. */
export async function toTokenFacts(
  registry: Registry,
  ctx: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
): Promise<Record<string, unknown> | undefined> {
  const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  const consentId = 'grantId' in token ? findGrantId(token.grantId)?.consentId : undefined;
  const consent = consentId ? await registry.findConsent(consentId) : undefined;
  return source && consent && { acr: source.acr, auth_time: source.authTime, purpose: consent.purposeId };
}
