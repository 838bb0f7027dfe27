// The libraries that are tried, and one agency that registers a service for each.

import { arctic } from './arctic.ts';
import { authCore } from './auth-core.ts';
import { expressOpenidConnect } from './express-openid-connect.ts';
import { findMissingApache, modAuthOpenidc } from './mod-auth-openidc.ts';
import { oauth4webapi } from './oauth4webapi.ts';
import { oidcClientTs } from './oidc-client-ts.ts';
import { openidClient5 } from './openid-client-5.ts';
import { openidClient6 } from './openid-client-6.ts';
import { passportOpenidconnect } from './passport-openidconnect.ts';
import { toPublicJwk } from './relying-party.ts';
import type { OpenedParty } from './relying-party.ts';

export const missingApache = findMissingApache();

export const allParties = [
  openidClient6,
  openidClient5,
  oauth4webapi,
  expressOpenidConnect,
  authCore,
  passportOpenidconnect,
  oidcClientTs,
  arctic,
  ...(missingApache === undefined ? [modAuthOpenidc] : []),
] as const;

const why = { ar: 'لتعبئة الطلب باسمك', en: 'To fill in the form in your name' };

function toService({ party, settings }: OpenedParty, number: number): unknown {
  const method = party.registration['token_endpoint_auth_method'];
  const isSecret = typeof method === 'string' && method.startsWith('client_secret_');
  return {
    client_id: settings.clientId,
    name: { ar: `خدمة رقم ${String(number + 1)}`, en: `Service number ${String(number + 1)}` },
    ...party.registration,
    ...(isSecret ? { client_secret: settings.secret } : {}),
    ...(method === 'private_key_jwt' ? { jwks: { keys: [toPublicJwk(settings.privateKey)] } } : {}),
    redirect_uris: [settings.redirectUri],
    post_logout_redirect_uris: [`${settings.origin}/`],
    grant_types: ['authorization_code', ...(party.isOffline ? ['refresh_token'] : [])],
    audience: ['citizen'],
    purposes: [
      {
        id: 'form',
        text: { ar: 'تعبئة طلب', en: 'Fill in a form' },
        legal_basis: { type: 'consent' },
        retention: 'P1Y',
        attributes: ['given_name', 'family_name'].map((name) => ({ name, necessity: 'required', why })),
      },
    ],
  };
}

/** A file for `huwiya agencies apply`. */
export function toAgenciesFile(opened: readonly OpenedParty[]): string {
  const agency = {
    id: 'trial',
    registration_number: '7000000042',
    name: { ar: 'جهة التجربة', en: 'Trial agency' },
    contacts: { privacy: 'privacy@trial.example', security: 'security@trial.example' },
    services: opened.map(toService),
  };
  return JSON.stringify({ agencies: [agency] });
}
