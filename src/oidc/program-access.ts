// Who asks at an interface for programs: whoever the access token was given to. Every request asks the database, so that who was suspended, or has no access
// any more, is refused at its very next one.

import type { KeyObject } from 'node:crypto';
import type { Context } from 'koa';
import type { ClientCredentials, Provider } from 'oidc-provider';
import { deriveKey } from '../config/derive-keys.ts';
import { auditScope, consentsScope } from '../domain/agencies/agency.ts';
import type { ClientMetadata, RegisteredService } from '../domain/agencies/agency.ts';
import { hasOwnAccess, isProgram } from '../domain/agencies/proposal.ts';
import { refuse, succeed } from '../domain/kernel/errors.ts';
import type { Outcome } from '../domain/kernel/errors.ts';
import { toCertificateThumbprint } from './certificates.ts';
import type { CertificateSource } from './certificates.ts';
import { checkProof, createNonce, proofAlgorithms } from './dpop-proof.ts';
import type { ProofNeeds, ProofRefusal } from './dpop-proof.ts';
import type { Registry } from './registry.ts';

/** Whose access it is, with what is registered. */
export type ProgramOwner = { readonly clientId: string; readonly registered: RegisteredService };

export type AccessRefusal = 'token/missing' | 'token/refused' | ProofRefusal;

export type Programs = {
  /** By the Authorization header alone (RFC 6750 §2.1, RFC 9449 §7.1). Tells the program the nonce of its next proof. */
  readonly findProgram: (ctx: Context) => Promise<Outcome<ProgramOwner, AccessRefusal>>;
  /** In which a proof may be signed. */
  readonly proofAlgorithms: readonly string[];
  /** Values of `WWW-Authenticate` for a refusal of these (RFC 6750 §3, RFC 9449 §7.1). */
  readonly toChallenges: (code: AccessRefusal) => readonly string[];
};

type Presented = { readonly scheme: 'bearer' | 'dpop'; readonly token: string };

const authorization = /^(bearer|dpop) ([\w-]{43})$/i;

function parseAuthorization(header: string): Presented | undefined {
  const [, scheme = '', token = ''] = authorization.exec(header) ?? [];
  return token === '' ? undefined : { scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token };
}

/** One interface: the scope of its tokens and whose they may be. */
type Interface = {
  readonly scope: string;
  readonly isFor: (metadata: ClientMetadata) => boolean;
  /** Names the key of its nonces, so that one of this interface is none of another, nor of the engine's. */
  readonly nonceName: string;
};

const interfaces = {
  audit: {
    scope: auditScope,
    isFor: (metadata) => isProgram(metadata) && metadata['scope'] === auditScope,
    nonceName: 'audit-api-nonce',
  },
  agency: { scope: consentsScope, isFor: (metadata) => hasOwnAccess(metadata) && !isProgram(metadata), nonceName: 'agency-api-nonce' },
} as const satisfies Record<string, Interface>;

export type InterfaceName = keyof typeof interfaces;

type Found = { readonly registry: Registry; readonly token: ClientCredentials | undefined };

async function findOwner({ scope, isFor }: Interface, { registry, token }: Found): Promise<ProgramOwner | undefined> {
  const registered = token?.clientId === undefined ? undefined : await registry.findService(token.clientId);
  if (token?.scopes.has(scope) !== true || registered === undefined) {
    return undefined;
  }
  const { clientId, metadata, status } = registered.service;
  return status === 'active' && isFor(metadata) ? { clientId, registered } : undefined;
}

/** A token for a resource server is none for us, whatever its scopes are called. */
async function findToken(provider: Provider, value: string): Promise<ClientCredentials | undefined> {
  const token = await provider.ClientCredentials.find(value);
  return token?.aud === undefined ? token : undefined;
}

/** A token that is bound to a certificate comes over a connection with it (RFC 8705 §3); any other comes as it likes. */
function hasItsCertificate(source: CertificateSource | undefined, ctx: Context, token: ClientCredentials | undefined): boolean {
  const bound = token?.['x5t#S256'];
  const certificate = bound === undefined ? undefined : source?.find(ctx.req);
  return bound === undefined || (certificate !== undefined && toCertificateThumbprint(certificate) === bound);
}

/** A bound token without its proof is worth nothing, and a proof beside a token that is not bound proves nothing. */
async function checkBinding(
  needs: ProofNeeds,
  ctx: Context,
  given: Presented & { readonly thumbprint: string | undefined },
): Promise<Outcome<undefined, AccessRefusal>> {
  const { scheme, token, thumbprint } = given;
  if (thumbprint === undefined) {
    return scheme === 'bearer' ? succeed(undefined) : refuse('token/refused', 'the token is not bound to a key');
  }
  ctx.set('DPoP-Nonce', createNonce(needs));
  const proof = ctx.get('dpop');
  if (scheme === 'bearer' || proof === '') {
    return refuse('token/proof-refused', 'the token is bound to a key and came without its proof');
  }
  return checkProof(needs, proof, { method: ctx.method, path: ctx.path, token, thumbprint });
}

export type AccessNeeds = Omit<ProofNeeds, 'nonceKey'> & {
  readonly registry: Registry;
  readonly dpopNonceSecret: KeyObject;
  readonly certificates: CertificateSource | undefined;
};

function toChallenges({ issuer, scope }: { readonly issuer: string; readonly scope: string }, code: AccessRefusal): readonly string[] {
  const bearer = `Bearer realm="${issuer}", scope="${scope}"`;
  const dpop = `DPoP realm="${issuer}", scope="${scope}", algs="${proofAlgorithms.join(' ')}"`;
  switch (code) {
    case 'token/missing':
      return [bearer, dpop];
    case 'token/refused':
      return [`${bearer}, error="invalid_token"`, `${dpop}, error="invalid_token"`];
    case 'token/proof-refused':
      return [`${dpop}, error="invalid_dpop_proof"`];
    case 'token/nonce-needed':
      return [`${dpop}, error="use_dpop_nonce"`];
  }
}

export function createPrograms(provider: Provider, needs: AccessNeeds, name: InterfaceName): Programs {
  const own = interfaces[name];
  const nonceKey = deriveKey(needs.dpopNonceSecret, own.nonceName);
  return {
    findProgram: async (ctx) => {
      const header = ctx.get('authorization');
      const presented = parseAuthorization(header);
      if (presented === undefined) {
        return header === '' ? refuse('token/missing', 'no token') : refuse('token/refused', 'the header is not that of a token');
      }
      const token = await findToken(provider, presented.token);
      const owner = await findOwner(own, { registry: needs.registry, token });
      if (owner === undefined || !hasItsCertificate(needs.certificates, ctx, token)) {
        return refuse('token/refused', 'no such token');
      }
      const bound = await checkBinding({ ...needs, nonceKey }, ctx, { ...presented, thumbprint: token?.jkt });
      return bound.ok ? succeed(owner) : bound;
    },
    proofAlgorithms,
    toChallenges: (code) => toChallenges({ issuer: needs.issuer, scope: own.scope }, code),
  };
}
