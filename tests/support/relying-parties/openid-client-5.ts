import { Issuer, TokenSet, generators } from 'openid-client-5';
import type { BaseClient } from 'openid-client-5';
import { createByHand, nobody } from './by-hand.ts';
import type { Protocol, SignedIn } from './by-hand.ts';
import type { RelyingParty, Settings } from './relying-party.ts';

type Pending = { readonly state: string; readonly nonce: string; readonly code_verifier: string };

async function toSignedIn(client: BaseClient, tokens: TokenSet, before: SignedIn): Promise<SignedIn> {
  const attributes = await client.userinfo(tokens.access_token ?? '');
  const { id_token: idToken = before.idToken, refresh_token: refreshToken = before.refreshToken } = tokens;
  return { subject: new TokenSet({ id_token: idToken }).claims().sub, attributes, idToken, refreshToken };
}

function createProtocol(client: BaseClient, { origin, redirectUri, scope }: Settings): Protocol<Pending> {
  return {
    begin: async () => {
      const pending = { state: generators.state(), nonce: generators.nonce(), code_verifier: generators.codeVerifier() };
      const url = client.authorizationUrl({
        scope,
        prompt: 'consent',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: generators.codeChallenge(pending.code_verifier),
        code_challenge_method: 'S256',
      });
      return { url: new URL(url), pending };
    },
    finish: async (returned, pending) =>
      toSignedIn(client, await client.callback(redirectUri, client.callbackParams(returned.href), pending), nobody),
    refresh: async (signedIn) => toSignedIn(client, await client.refresh(signedIn.refreshToken), signedIn),
    toSignOut: async ({ idToken }) => new URL(client.endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` })),
  };
}

export const openidClient5: RelyingParty = {
  library: 'openid-client 5',
  callbackPath: '/callback',
  registration: { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'RS256' },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => {
    const { Client } = await Issuer.discover(settings.issuer);
    const client = new Client({
      client_id: settings.clientId,
      client_secret: settings.secret,
      redirect_uris: [settings.redirectUri],
      response_types: ['code'],
    });
    return createByHand(settings, createProtocol(client, settings));
  },
};
