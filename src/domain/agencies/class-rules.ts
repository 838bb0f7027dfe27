// The classes of service: what each must bring and may use (decision 10, security 4.6). One table, read by the onboarding check, by registration, by
// the engine's clients and by the guide, so that what is promised of a class is what runs.

import type { ClientMetadata, ServiceClass } from './agency.ts';

export type ClassRules = {
  /** How it proves who it is at the token endpoint; the first goes without saying. */
  readonly methods: readonly string[];
  /** With which its ID tokens and signed UserInfo may be signed; the first goes without saying. */
  readonly tokenAlgorithms: readonly string[];
  /** With which it may sign its requests (RFC 9101). */
  readonly requestAlgorithms: readonly string[];
  /** With which answers may be signed for it (JARM); the first goes without saying. */
  readonly answerAlgorithms: readonly string[];
  /** Whether it may sign requests without having said so. */
  readonly signsUnasked: boolean;
  /** How an answer may come back to it, where it registers that; the first list goes without saying. */
  readonly responseModes: { readonly standing: readonly string[]; readonly open: readonly string[] };
  /** Requests arrive over its own connection first (RFC 9126). */
  readonly needsPushedRequests: boolean;
  /** Tokens are of use to the holder of a key only: of proofs (RFC 9449), or of a certificate where that is registered (RFC 8705 §3). */
  readonly needsBoundTokens: boolean;
  readonly mayBindByCertificate: boolean;
  /** A code is of use to whoever began the request only (RFC 7636). */
  readonly needsPkce: boolean;
  /** Its keys stand in the register, where one that leaked is gone at once; not at an address of its own. */
  readonly needsInlineKeys: boolean;
  /** Nothing of it is approved before its agency has proven each host that it names (RG-05). */
  readonly needsProvenHosts: boolean;
};

export const requestAlgorithms = ['ES256', 'PS256', 'EdDSA'] as const;
export const answerAlgorithms = ['ES256', 'PS256'] as const;

/** Ways back in which the answer is signed as a whole. */
export const signedModes: readonly string[] = ['jwt', 'query.jwt', 'form_post.jwt'];

export const classRules: Readonly<Record<ServiceClass, ClassRules>> = {
  fapi: {
    methods: ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'],
    tokenAlgorithms: ['ES256', 'PS256'],
    requestAlgorithms,
    answerAlgorithms,
    signsUnasked: true,
    responseModes: { standing: ['query'], open: ['query', 'jwt', 'query.jwt'] },
    needsPushedRequests: true,
    needsBoundTokens: true,
    mayBindByCertificate: true,
    needsPkce: true,
    needsInlineKeys: true,
    needsProvenHosts: true,
  },
  standard: {
    methods: ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth', 'none'],
    tokenAlgorithms: ['ES256', 'PS256'],
    requestAlgorithms,
    answerAlgorithms,
    signsUnasked: false,
    responseModes: { standing: ['query'], open: ['query', 'form_post', 'jwt', 'query.jwt', 'form_post.jwt'] },
    needsPushedRequests: false,
    needsBoundTokens: false,
    mayBindByCertificate: true,
    needsPkce: true,
    needsInlineKeys: false,
    needsProvenHosts: false,
  },
  legacy: {
    methods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    tokenAlgorithms: ['ES256', 'PS256', 'RS256'],
    requestAlgorithms,
    answerAlgorithms,
    signsUnasked: false,
    responseModes: { standing: ['query', 'form_post'], open: ['query', 'form_post', 'jwt', 'query.jwt', 'form_post.jwt'] },
    needsPushedRequests: false,
    needsBoundTokens: false,
    mayBindByCertificate: false,
    needsPkce: false,
    needsInlineKeys: false,
    needsProvenHosts: false,
  },
};

/** Algorithms with which a service signs, by the kind of its key (RFC 7518 §3.1, RFC 8037 §3.1). */
export const signatureAlgorithms: Readonly<Record<string, readonly string[]>> = { EC: ['ES256'], RSA: ['PS256'], OKP: ['EdDSA'] };

/** Algorithms with which something is encrypted to a service, by the kind of its key. */
export const encryptionAlgorithms: Readonly<Record<string, readonly string[]>> = { EC: ['ECDH-ES+A256KW'], RSA: ['RSA-OAEP-256'], OKP: [] };

/** The members that a class fixes: nobody has to write them, and nobody can write them otherwise. Who binds tokens to a certificate needs no proofs besides. */
export function toFixedMembers(serviceClass: ServiceClass, metadata: ClientMetadata): Readonly<Record<string, true>> {
  const { needsPushedRequests, needsBoundTokens } = classRules[serviceClass];
  return {
    ...(needsPushedRequests ? { require_pushed_authorization_requests: true } : {}),
    ...(needsBoundTokens && metadata['tls_client_certificate_bound_access_tokens'] !== true ? { dpop_bound_access_tokens: true } : {}),
  };
}

/** Whether request objects of a service are looked at: where its class has them, and where it registered that it signs. */
export function takesRequestObjects(serviceClass: ServiceClass, metadata: ClientMetadata): boolean {
  const isRegistered = metadata['request_object_signing_alg'] !== undefined || metadata['require_signed_request_object'] === true;
  return classRules[serviceClass].signsUnasked || isRegistered;
}
