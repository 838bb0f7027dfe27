import * as client from 'openid-client';
import { createByHand, nobody } from './by-hand.ts';
import type { Protocol, SignedIn } from './by-hand.ts';
import { keyId, toPublicJwk, toSigningKey } from './relying-party.ts';
import type { RelyingParty, Settings } from './relying-party.ts';

type Pending = { readonly expectedState: string; readonly expectedNonce: string; readonly pkceCodeVerifier: string };

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

async function toSignedIn(configuration: client.Configuration, tokens: Tokens, before: SignedIn): Promise<SignedIn> {
  const subject = tokens.claims()?.sub ?? before.subject;
  const attributes = await client.fetchUserInfo(configuration, tokens.access_token, subject);
  const { id_token: idToken = before.idToken, refresh_token: refreshToken = before.refreshToken } = tokens;
  return { subject, attributes, idToken, refreshToken };
}

function createProtocol(configuration: client.Configuration, { origin, redirectUri, scope }: Settings): Protocol<Pending> {
  return {
    begin: async () => {
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const pending = { expectedState: client.randomState(), expectedNonce: client.randomNonce(), pkceCodeVerifier };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope,
        prompt: 'consent',
        state: pending.expectedState,
        nonce: pending.expectedNonce,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      });
      return { url, pending };
    },
    finish: async (returned, pending) =>
      toSignedIn(
        configuration,
        await client.authorizationCodeGrant(configuration, returned, { ...pending, idTokenExpected: true }),
        nobody,
      ),
    refresh: async (signedIn) => toSignedIn(configuration, await client.refreshTokenGrant(configuration, signedIn.refreshToken), signedIn),
    toSignOut: async ({ idToken }) =>
      client.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` }),
  };
}

export const openidClient6: RelyingParty = {
  library: 'openid-client 6',
  callbackPath: '/callback',
  registration: { class: 'standard', token_endpoint_auth_method: 'private_key_jwt' },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => {
    const authentication = client.PrivateKeyJwt({
      key: await toSigningKey(settings.privateKey),
      kid: toPublicJwk(settings.privateKey).kid ?? keyId,
    });
    const configuration = await client.discovery(new URL(settings.issuer), settings.clientId, {}, authentication, {
      execute: [client.allowInsecureRequests],
    });
    return createByHand(settings, createProtocol(configuration, settings));
  },
};
