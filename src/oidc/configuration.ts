// The engine's configuration, from ours and nothing else. A default of the library that is not right for a national provider is changed here, with its reason.

import { errors } from 'oidc-provider';
import type { Account, AdapterFactory, Client, Configuration, KoaContextWithOIDC, errors as EngineErrors } from 'oidc-provider';
import { levelNames } from '../domain/kernel/levels.ts';
import { allClaimNames, scopeClaims } from '../domain/attributes/catalogue.ts';
import { findAttribute } from '../domain/attributes/catalogue.ts';
import { contentAlgorithms, wrappingAlgorithms } from '../domain/agencies/check-encryption.ts';
import { answerAlgorithms, requestAlgorithms } from '../domain/agencies/class-rules.ts';
import { verifiedClaims } from '../domain/verified/ask-verified.ts';
import { classMember, hasOrigin } from './clients.ts';
import type { CookieKeys } from './cookie-keys.ts';
import { toCookieNames } from './cookie-names.ts';
import { toMutualTls } from './certificates.ts';
import type { CertificateSource } from './certificates.ts';
import { assertClientAssertion, assertionAlgorithms } from './client-assertion.ts';
import { assertReadableClaims } from './demanded-level.ts';
import { addedDiscovery } from './discovery.ts';
import { lifetimes } from './lifetimes.ts';
import type { LocalSigningKey } from './local-signing-key.ts';
import type { TokenRules } from './token-rules.ts';
import type { createPromptPolicy } from './prompts.ts';
import { refuseToFetch } from './published-keys.ts';
import { assertRequestObject } from './request-object.ts';
import { isRotationDue } from './rotation.ts';
import { allScopes } from './scopes.ts';

export type ConfigurationNeeds = {
  readonly issuer: string;
  /** After the last ceremony. */
  readonly longestSessionSeconds: number;
  /** https: cookies are Secure and carry their prefixes. */
  readonly isSecure: boolean;
  readonly adapter: AdapterFactory;
  readonly cookieKeys: CookieKeys;
  readonly signingKeys: readonly LocalSigningKey[];
  readonly dpopNonceSecret: Buffer;
  /** Absent: nobody proves anything with a certificate. */
  readonly certificates: CertificateSource | undefined;
  readonly policy: ReturnType<typeof createPromptPolicy>;
  readonly nowSeconds: () => number;
  readonly findAccount: (ctx: KoaContextWithOIDC, id: string) => Promise<Account | undefined>;
  readonly loadGrant: NonNullable<Configuration['loadExistingGrant']>;
  readonly getSubject: (ctx: KoaContextWithOIDC, accountId: string, client: Client) => Promise<string>;
  /** Whether the purpose of this grant may be served while the person is away. */
  readonly allowsOffline: (grantId: string | undefined) => Promise<boolean>;
  readonly tokenRules: TokenRules;
  readonly hasPurpose: (clientId: string, purposeId: string) => Promise<boolean>;
  readonly renderError: (
    ctx: KoaContextWithOIDC,
    out: { readonly error: string },
    thrown: Error | EngineErrors.OIDCProviderError,
  ) => Promise<void>;
  readonly showSignOut: (ctx: KoaContextWithOIDC) => Promise<void>;
  readonly showSignedOut: (ctx: KoaContextWithOIDC) => Promise<void>;
};

const authenticationFacts = ['sub', 'acr', 'amr', 'auth_time', 'sid'] as const;

function toClaimsMap(): NonNullable<Configuration['claims']> {
  const byScope = Object.fromEntries(
    Object.entries(scopeClaims()).map(([scope, names]) => [scope, names.flatMap((name) => findAttribute(name)?.claims ?? [])]),
  );
  // Known, and masked by no scope: what is released is decided by the consent alone (decision 11), and account.ts says it to the mask.
  const byConsent = Object.fromEntries([...allClaimNames(), verifiedClaims].map((name) => [name, null]));
  return { ...byConsent, ...byScope, openid: [...authenticationFacts], acr: null, auth_time: null, iss: null, sid: null };
}

function toCookies(needs: ConfigurationNeeds): NonNullable<Configuration['cookies']> {
  const options = { httpOnly: true, sameSite: 'lax', signed: true, secure: needs.isSecure } as const;
  return { names: toCookieNames(needs.isSecure), keys: needs.cookieKeys, long: options, short: options };
}

const refreshLimitSeconds = 90 * 24 * 60 * 60;

function toLifetimes(needs: ConfigurationNeeds): NonNullable<Configuration['ttl']> {
  return {
    ...lifetimes,
    // Counted from the first token of the family: rotation gives no new life (ASVS 10.4.8).
    RefreshToken: (_ctx, token) => Math.max(1, (token.iiat ?? needs.nowSeconds()) + refreshLimitSeconds - needs.nowSeconds()),
    // A session that died under a valid cookie has no sign-in time; the library answers 500 to anything but a positive integer.
    Session: (_ctx, session) =>
      session.loginTs === undefined ? 600 : Math.max(1, session.loginTs + needs.longestSessionSeconds - needs.nowSeconds()),
  };
}

function toFeatures(needs: ConfigurationNeeds): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true, assertClaimsParameter: (_ctx, claims) => assertReadableClaims(claims) },
    // Who may use it and for what: clients.ts and program-token.ts.
    clientCredentials: { enabled: true },
    dPoP: { enabled: true, nonceSecret: needs.dpopNonceSecret, requireNonce: () => true },
    jwtUserinfo: { enabled: true },
    encryption: { enabled: true },
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
    // What it does not force (pushed requests, bound tokens, keys, algorithms) the registration of the class does (M8).
    fapi: { enabled: true, profile: (_ctx, client) => (client?.[classMember] === 'fapi' ? '2.0' : undefined) },
    mTLS: toMutualTls(needs.certificates),
    pushedAuthorizationRequests: { enabled: true },
    introspection: { enabled: true, allowedPolicy: needs.tokenRules.mayIntrospect },
    jwtIntrospection: { enabled: true },
    // In the modes that a service registered (clients.ts).
    jwtResponseModes: { enabled: true },
    requestObjects: {
      enabled: true,
      requireSignedRequestObject: false,
      assertJwtClaimsAndHeader: (...given) => assertRequestObject(needs.nowSeconds(), ...given),
    },
    // One address asked for, and never one that was not: a token is for UserInfo where the token request names no resource.
    resourceIndicators: { enabled: true, getResourceServerInfo: needs.tokenRules.getResourceServer },
    // Whoever holds another service's token may not even learn that it is one.
    revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
    rpInitiatedLogout: { enabled: true, logoutSource: needs.showSignOut, postLogoutSuccessSource: needs.showSignedOut },
    userinfo: { enabled: true },
  };
}

/**
 * For every kind of answer that carries a person the same (ADR-0049); one at the redirect address carries a code. Nobody encrypts anything to this provider: it
 * publishes no key for that, and what is bare JSON under an encryption is never taken for signed.
 */
function toEncryption(): NonNullable<Configuration['enabledJWA']> {
  return {
    authorizationEncryptionAlgValues: [],
    authorizationEncryptionEncValues: [],
    idTokenEncryptionAlgValues: wrappingAlgorithms,
    idTokenEncryptionEncValues: contentAlgorithms,
    introspectionEncryptionAlgValues: wrappingAlgorithms,
    introspectionEncryptionEncValues: contentAlgorithms,
    requestObjectEncryptionAlgValues: [],
    requestObjectEncryptionEncValues: [],
    userinfoEncryptionAlgValues: wrappingAlgorithms,
    userinfoEncryptionEncValues: contentAlgorithms,
  };
}

function toClientRules(needs: ConfigurationNeeds): Configuration {
  return {
    allowOmittingSingleRegisteredRedirectUri: false,
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => assertClientAssertion(needs.issuer, claims, needs.nowSeconds()),
    clientAuthMethods: [
      'none',
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
      'client_secret_basic',
      'client_secret_post',
    ],
    clientBasedCORS: (_ctx, origin, client) => hasOrigin(client, origin),
    clientDefaults: {
      authorization_signed_response_alg: 'ES256',
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
      response_types: ['code'],
      subject_type: 'pairwise',
      token_endpoint_auth_method: 'private_key_jwt',
    },
    extraClientMetadata: { properties: [classMember] },
    enabledJWA: {
      authorizationSigningAlgValues: answerAlgorithms,
      clientAuthSigningAlgValues: [...assertionAlgorithms],
      dPoPSigningAlgValues: ['ES256', 'EdDSA'],
      idTokenSigningAlgValues: ['ES256', 'PS256', 'RS256'],
      introspectionSigningAlgValues: ['ES256', 'PS256'],
      // Asymmetric ones alone: of a secret the engine knows the digest, which is no secret, and would check an HMAC with it.
      requestObjectSigningAlgValues: requestAlgorithms,
      userinfoSigningAlgValues: ['ES256', 'PS256', 'RS256'],
      ...toEncryption(),
    },
    // PKCE is mandatory except in the class made for off-the-shelf clients (decision 10); S256 is the only method.
    pkce: { required: (_ctx, client) => client[classMember] !== 'legacy' },
    responseTypes: ['code'],
    sectorIdentifierUriValidate: () => false,
    subjectTypes: ['pairwise'],
  };
}

export function toConfiguration(needs: ConfigurationNeeds): Configuration {
  return {
    ...toClientRules(needs),
    acrValues: Object.values(levelNames),
    adapter: needs.adapter,
    claims: toClaimsMap(),
    clockTolerance: 10,
    cookies: toCookies(needs),
    discovery: addedDiscovery,
    expiresWithSession: () => false,
    extraTokenClaims: needs.tokenRules.toTokenFacts,
    extraParams: {
      purpose: async (_ctx, value, client) => {
        if (value !== undefined && !(await needs.hasPurpose(client.clientId, value))) {
          throw new errors.InvalidRequest('purpose is not one of this service');
        }
      },
    },
    features: toFeatures(needs),
    fetch: refuseToFetch,
    findAccount: needs.findAccount,
    interactions: { policy: needs.policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access') && (await needs.allowsOffline(source.grantId)),
    jwks: { keys: [...needs.signingKeys] },
    loadExistingGrant: needs.loadGrant,
    pairwiseIdentifier: needs.getSubject,
    renderError: needs.renderError,
    rotateRefreshToken: isRotationDue,
    scopes: allScopes,
    ttl: toLifetimes(needs),
  };
}
