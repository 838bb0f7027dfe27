// A service now demands a level that its older tokens were not made with: UserInfo says so in the words made for it (RFC 9470 §3), so that the service knows
// that another sign-in helps. To the engine such a token has only lost its ground.

import type { Context, Next } from 'koa';
import type { AccessToken, Provider } from 'oidc-provider';
import { levelNames } from '../domain/kernel/levels.ts';
import type { Registry } from './registry.ts';

/** The level that is missing; undefined where the token was refused for something else. */
async function findMissingLevel(registry: Registry, token: AccessToken): Promise<string | undefined> {
  const registered = await registry.findService(token.clientId ?? '');
  const acr = token.extra?.['acr'];
  const demanded = registered === undefined ? undefined : levelNames[registered.service.minimumLevel];
  const isEnough = acr === undefined || acr === demanded || acr === levelNames.high;
  return isEnough ? undefined : demanded;
}

export function nameInsufficientSignIn(provider: Provider, registry: Registry) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const oidc: unknown = ctx['oidc'];
    if (ctx.status !== 401 || !(oidc instanceof provider.OIDCContext) || oidc.route !== 'userinfo' || oidc.accessToken === undefined) {
      return;
    }
    const { accessToken } = oidc;
    const level = await findMissingLevel(registry, accessToken);
    if (level !== undefined) {
      const scheme = accessToken.jkt === undefined ? 'Bearer' : 'DPoP';
      ctx.set('WWW-Authenticate', `${scheme} realm="${provider.issuer}", error="insufficient_user_authentication", acr_values="${level}"`);
      ctx.body = {
        error: 'insufficient_user_authentication',
        error_description: 'the service demands a higher level than this sign-in had',
      };
    }
  };
}
