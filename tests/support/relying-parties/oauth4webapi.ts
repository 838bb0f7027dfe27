import * as oauth from 'oauth4webapi';
import { createByHand } from './by-hand.ts';
import type { Protocol, SignedIn } from './by-hand.ts';
import { keyId, toSigningKey } from './relying-party.ts';
import type { RelyingParty, Settings } from './relying-party.ts';

type Pending = { readonly state: string; readonly nonce: string; readonly verifier: string };

type Known = {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly proof: oauth.DPoPHandle;
};

const insecure = { [oauth.allowInsecureRequests]: true } as const;

/** A server that wants its nonce in the proof says so once (RFC 9449 §8). */
async function askTwice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (oauth.isDPoPNonceError(thrown)) {
      return ask();
    }
    throw thrown;
  }
}

async function readUserInfo({ as, client, proof }: Known, accessToken: string, subject: string): Promise<oauth.UserInfoResponse> {
  return askTwice(async () => {
    const response = await oauth.userInfoRequest(as, client, accessToken, { DPoP: proof, ...insecure });
    return oauth.processUserInfoResponse(as, client, subject, response);
  });
}

async function finish(known: Known, returned: URL, given: Pending & { readonly redirectUri: string }): Promise<SignedIn> {
  const { as, client, authentication, proof } = known;
  const answered = oauth.validateAuthResponse(as, client, returned, given.state);
  const options = { DPoP: proof, ...insecure };
  const tokens = await askTwice(async () => {
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      answered,
      given.redirectUri,
      given.verifier,
      options,
    );
    const processed = await oauth.processAuthorizationCodeResponse(as, client, response, {
      expectedNonce: given.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(as, response, insecure);
    return processed;
  });
  const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? '';
  const attributes = await readUserInfo(known, tokens.access_token, subject);
  return { subject, attributes, idToken: tokens.id_token ?? '', refreshToken: tokens.refresh_token ?? '' };
}

async function refresh(known: Known, before: SignedIn): Promise<SignedIn> {
  const { as, client, authentication, proof } = known;
  const tokens = await askTwice(async () => {
    const response = await oauth.refreshTokenGrantRequest(as, client, authentication, before.refreshToken, { DPoP: proof, ...insecure });
    return oauth.processRefreshTokenResponse(as, client, response);
  });
  const attributes = await readUserInfo(known, tokens.access_token, before.subject);
  return { ...before, attributes, refreshToken: tokens.refresh_token ?? before.refreshToken };
}

function createProtocol(known: Known, { clientId, origin, redirectUri, scope }: Settings): Protocol<Pending> {
  const { as } = known;
  return {
    begin: async () => {
      const pending = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
      };
      const url = new URL(as.authorization_endpoint ?? '');
      const fields = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope,
        prompt: 'consent',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      };
      url.search = new URLSearchParams(fields).toString();
      return { url, pending };
    },
    finish: async (returned, pending) => finish(known, returned, { ...pending, redirectUri }),
    refresh: async (signedIn) => refresh(known, signedIn),
    toSignOut: async ({ idToken }) => {
      const url = new URL(as.end_session_endpoint ?? '');
      url.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` }).toString();
      return url;
    },
  };
}

/** Tokens that are bound to a key of the service (DPoP). */
export const oauth4webapi: RelyingParty = {
  library: 'oauth4webapi',
  callbackPath: '/callback',
  registration: { class: 'standard', token_endpoint_auth_method: 'private_key_jwt', dpop_bound_access_tokens: true },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => {
    const issuer = new URL(settings.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const client: oauth.Client = { client_id: settings.clientId };
    const authentication = oauth.PrivateKeyJwt({ key: await toSigningKey(settings.privateKey), kid: keyId });
    const proof = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    return createByHand(settings, createProtocol({ as, client, authentication, proof }, settings));
  },
};
