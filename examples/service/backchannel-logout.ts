// What a service does when a person signs out at the provider: it checks the logout token (OpenID Connect Back-Channel Logout 1.0 §2.6) and ends its own session,
// the one that the token names. It answers at once, because the person is shown which services have confirmed.

import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Context } from 'koa';
import { readForm } from './read-form.ts';
import { findMember } from './read-json.ts';
import type { Settings } from './settings.ts';
import type { Left } from './visits.ts';

export const logoutPath = '/backchannel-logout';

const event = 'http://schemas.openid.net/event/backchannel-logout';

const rememberedIds = 1000;

function findText(payload: JWTPayload, name: string): string | undefined {
  const member = findMember(payload, name);
  return typeof member === 'string' ? member : undefined;
}

/** Which sessions to end. An ID token is never one of these: it holds a nonce, and says so in its type. */
function toLeft(payload: JWTPayload): Left {
  const [sid, subject] = [findText(payload, 'sid'), findText(payload, 'sub')];
  const isLogout = typeof findMember(payload['events'], event) === 'object' && payload['nonce'] === undefined;
  if (!isLogout || payload.jti === undefined || (sid === undefined && subject === undefined)) {
    throw new Error('this is no logout token');
  }
  return { sid, subject };
}

export type LogoutNeeds = { readonly settings: Settings; readonly end: (left: Left) => void };

/** The token may come twice, and ends nothing twice: its session is gone. A copy that comes when the session is new again is known by its id. */
export function createLogoutReceiver({ settings, end }: LogoutNeeds): (ctx: Context) => Promise<void> {
  const keys = createRemoteJWKSet(new URL('/jwks', settings.issuer));
  // Signed as the ID tokens of this service are.
  const algorithms = [settings.authentication.method === 'secret' ? 'RS256' : 'ES256'];
  const expected = { issuer: settings.issuer.origin, audience: settings.profile.clientId, typ: 'logout+jwt', algorithms };
  const seen = new Set<string>();
  return async (ctx) => {
    try {
      const token = (await readForm(ctx)).get('logout_token') ?? '';
      const { payload } = await jwtVerify(token, keys, { ...expected, requiredClaims: ['iat', 'exp', 'jti', 'events'] });
      const left = toLeft(payload);
      if (!seen.has(payload.jti ?? '')) {
        seen.add(payload.jti ?? '');
        [...seen].slice(0, -rememberedIds).forEach((id) => seen.delete(id));
        end(left);
      }
      ctx.status = 200;
      ctx.body = '';
    } catch {
      ctx.status = 400;
      ctx.body = { error: 'invalid_request' };
    }
  };
}
