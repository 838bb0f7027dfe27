// The whole of OpenID Connect that a service needs: send a person to the provider, take the answer back, ask for the attributes.
// The library checks `iss`, `state`, `nonce`, the code verifier, signatures and times; nothing is read from an answer before that.

import * as client from 'openid-client';
import type { Purpose, Settings } from './settings.ts';
import { toClaimsParameter } from './verified-claims.ts';

/** What must match when the person comes back. */
export type Pending = { readonly state: string; readonly nonce: string; readonly codeVerifier: string };

export type Claims = Readonly<Record<string, unknown>>;

export type SignedIn = {
  /** Who this is, for every service of this agency and for no other: the key under which to keep what belongs to the person. */
  readonly subject: string;
  readonly accessToken: string;
  /** In milliseconds since 1970. */
  readonly accessTokenEndsAt: number;
  readonly idToken: string;
  /** How sure the provider is who this is. A service that needs a level compares it here. */
  readonly acr: string | undefined;
  /** All that the ID token says of the sign-in. */
  readonly facts: Claims;
  readonly claims: Claims;
};

export type Fetched =
  | { readonly ok: true; readonly claims: Claims }
  /** The consent was withdrawn, the session ended, or five minutes have passed. */
  | { readonly ok: false; readonly status: number; readonly challenge: string };

export type Asking = { readonly language: 'ar' | 'en'; readonly purpose: Purpose };

/** What the person was sent back with instead of a code, such as `access_denied`. */
export type Refusal = { readonly error: string; readonly description: string | undefined };

export type Provider = {
  readonly begin: (asking: Asking) => Promise<{ readonly url: URL; readonly pending: Pending }>;
  readonly finish: (returned: URL, pending: Pending) => Promise<SignedIn>;
  readonly fetchAgain: (signedIn: SignedIn) => Promise<Fetched>;
  readonly toSignOut: (signedIn: SignedIn, language: 'ar' | 'en') => Promise<URL>;
  /** Answers for what a person took back, with a token that the service gets for itself. */
  readonly answer: (endpoint: string, body: Claims) => Promise<void>;
};

async function createAuthentication({ authentication }: Settings): Promise<client.ClientAuth> {
  if (authentication.method === 'secret') {
    return client.ClientSecretBasic(authentication.secret);
  }
  const { jwk, kid } = authentication;
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return client.PrivateKeyJwt({ key, kid });
}

async function discover(settings: Settings): Promise<client.Configuration> {
  const isLocal = settings.issuer.hostname === 'localhost';
  const metadata = settings.authentication.method === 'secret' ? { id_token_signed_response_alg: 'RS256' } : {};
  const options = isLocal ? { execute: [client.allowInsecureRequests] } : {};
  return client.discovery(settings.issuer, settings.profile.clientId, metadata, await createAuthentication(settings), options);
}

/** Asks the provider once, at the first request, and again when that failed: so the two may start in any order. */
function createDiscovery(settings: Settings): () => Promise<client.Configuration> {
  let found: Promise<client.Configuration> | undefined;
  return async () => {
    found ??= discover(settings);
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw error;
    }
  };
}

async function finish(configuration: client.Configuration, returned: URL, pending: Pending): Promise<SignedIn> {
  const tokens = await client.authorizationCodeGrant(configuration, returned, {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.codeVerifier,
    idTokenExpected: true,
  });
  const facts = tokens.claims();
  if (facts === undefined || tokens.id_token === undefined) {
    throw new Error('the answer has no ID token');
  }
  return {
    subject: facts.sub,
    accessToken: tokens.access_token,
    accessTokenEndsAt: Date.now() + (tokens.expiresIn() ?? 0) * 1000,
    idToken: tokens.id_token,
    acr: typeof facts['acr'] === 'string' ? facts['acr'] : undefined,
    facts: { ...facts },
    claims: await client.fetchUserInfo(configuration, tokens.access_token, facts.sub),
  };
}

async function fetchAgain(configuration: client.Configuration, signedIn: SignedIn): Promise<Fetched> {
  try {
    return { ok: true, claims: await client.fetchUserInfo(configuration, signedIn.accessToken, signedIn.subject) };
  } catch (error) {
    if (error instanceof client.WWWAuthenticateChallengeError) {
      return { ok: false, status: error.status, challenge: error.response.headers.get('www-authenticate') ?? '' };
    }
    throw error;
  }
}

async function answer(configuration: client.Configuration, endpoint: string, body: Claims): Promise<void> {
  const tokens = await client.clientCredentialsGrant(configuration, { scope: 'consents' });
  const headers = { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' };
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error' });
  if (!response.ok) {
    throw new Error(`the answer was refused with ${response.status}`);
  }
}

async function begin(configuration: client.Configuration, settings: Settings, { language, purpose }: Asking) {
  const pending = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
  const url = client.buildAuthorizationUrl(configuration, {
    scope: 'openid',
    redirect_uri: `${settings.address}/callback`,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
    ui_locales: language,
    purpose: purpose.id,
    ...(purpose.verified.length === 0 ? {} : { claims: toClaimsParameter(purpose) }),
  });
  return { url, pending };
}

export function createProvider(settings: Settings): Provider {
  const getConfiguration = createDiscovery(settings);
  return {
    begin: async (asking) => begin(await getConfiguration(), settings, asking),
    finish: async (returned, pending) => finish(await getConfiguration(), returned, pending),
    fetchAgain: async (signedIn) => fetchAgain(await getConfiguration(), signedIn),
    answer: async (endpoint, body) => answer(await getConfiguration(), endpoint, body),
    toSignOut: async ({ idToken }, language) =>
      client.buildEndSessionUrl(await getConfiguration(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${settings.address}/`,
        ui_locales: language,
      }),
  };
}

export function findRefusal(error: unknown): Refusal | undefined {
  return error instanceof client.AuthorizationResponseError ? { error: error.error, description: error.error_description } : undefined;
}
