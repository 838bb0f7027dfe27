import { CodeChallengeMethod, OAuth2Client, decodeIdToken, generateCodeVerifier, generateState } from 'arctic';
import { z } from 'zod';
import { createByHand } from './by-hand.ts';
import type { Protocol } from './by-hand.ts';
import type { Attributes, RelyingParty, Settings } from './relying-party.ts';

type Pending = { readonly state: string; readonly verifier: string };

const metadataSchema = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  userinfo_endpoint: z.string(),
  end_session_endpoint: z.string(),
});
const claimsSchema = z.object({ sub: z.string() });

type Endpoints = z.infer<typeof metadataSchema>;

async function readUserInfo({ userinfo_endpoint: endpoint }: Endpoints, accessToken: string): Promise<Attributes> {
  const response = await fetch(endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
  return z.record(z.string(), z.unknown()).parse(await response.json());
}

function createProtocol(endpoints: Endpoints, { clientId, origin, redirectUri, scope, secret }: Settings): Protocol<Pending> {
  const client = new OAuth2Client(clientId, secret, redirectUri);
  const scopes = scope.split(' ');
  return {
    begin: async () => {
      const pending = { state: generateState(), verifier: generateCodeVerifier() };
      const { authorization_endpoint: endpoint } = endpoints;
      const url = client.createAuthorizationURLWithPKCE(endpoint, pending.state, CodeChallengeMethod.S256, pending.verifier, scopes);
      url.searchParams.set('prompt', 'consent');
      return { url, pending };
    },
    finish: async (returned, { state, verifier }) => {
      if (returned.searchParams.get('state') !== state) {
        throw new Error('the state is not the one that was sent');
      }
      const tokens = await client.validateAuthorizationCode(endpoints.token_endpoint, returned.searchParams.get('code') ?? '', verifier);
      const idToken = tokens.idToken();
      const { sub: subject } = claimsSchema.parse(decodeIdToken(idToken));
      return { subject, attributes: await readUserInfo(endpoints, tokens.accessToken()), idToken, refreshToken: tokens.refreshToken() };
    },
    refresh: async (signedIn) => {
      const tokens = await client.refreshAccessToken(endpoints.token_endpoint, signedIn.refreshToken, []);
      const refreshToken = tokens.hasRefreshToken() ? tokens.refreshToken() : signedIn.refreshToken;
      return { ...signedIn, attributes: await readUserInfo(endpoints, tokens.accessToken()), refreshToken };
    },
    toSignOut: async ({ idToken }) => {
      const url = new URL(endpoints.end_session_endpoint);
      url.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` }).toString();
      return url;
    },
  };
}

/** Plain OAuth 2.0: it is the service that compares the state, and nobody sends a nonce. */
export const arctic: RelyingParty = {
  library: 'arctic',
  callbackPath: '/callback',
  registration: { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic' },
  sendsNonce: false,
  isOffline: true,
  create: async (settings) => {
    const response = await fetch(`${settings.issuer}/.well-known/openid-configuration`);
    return createByHand(settings, createProtocol(metadataSchema.parse(await response.json()), settings));
  },
};
