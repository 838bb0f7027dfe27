// One key: well formed, strong enough, and its halves belong together. A refusal is a sentence about the key, never a part of it.

import { createPrivateKey, createPublicKey, createSecretKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

export type SigningAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

/** RFC 7517. */
export type PublicJwk = {
  readonly kty: string;
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly use: 'sig';
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
};

export type SigningKey = {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: PublicJwk;
};

const part = z.string().regex(/^[A-Za-z0-9_-]+$/);
const label = { kid: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/) };
const rsaParts = { e: part, n: part, d: part, p: part, q: part, dp: part, dq: part, qi: part };

const jwkSchemas = {
  ES256: z.object({ ...label, alg: z.literal('ES256'), kty: z.literal('EC'), crv: z.literal('P-256'), x: part, y: part, d: part }),
  RS256: z.object({ ...label, alg: z.literal('RS256'), kty: z.literal('RSA'), ...rsaParts }),
  EdDSA: z.object({ ...label, alg: z.literal('EdDSA'), kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: part, d: part }),
};

const privateMembers: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi']);
const minimumModulusBits = 2048;
const minimumSecretBytes = 32;

/** A signing key from a private JWK, or what is wrong with it. */
export function parseSigningKey(content: unknown, alg: SigningAlgorithm): SigningKey | string {
  const parsed = jwkSchemas[alg].safeParse(content);
  if (!parsed.success) {
    return `is not a private JWK with kid and alg ${alg}`;
  }
  const publicParts = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !privateMembers.has(name)));
  const { kid, kty } = parsed.data;
  const publicJwk: PublicJwk = { ...publicParts, kid, kty, alg, use: 'sig' };
  const pair = createPair(parsed.data, publicJwk);
  if (pair === undefined || !isPair(pair, alg)) {
    return 'is a JWK whose parts do not belong together';
  }
  const bits = pair.privateKey.asymmetricKeyDetails?.modulusLength;
  return bits !== undefined && bits < minimumModulusBits
    ? `is weak: RSA needs ${minimumModulusBits} bits`
    : { kid, alg, ...pair, publicJwk };
}

/** A secret of at least 32 bytes from base64url, or what is wrong with it. */
export function parseSecret(content: unknown): KeyObject | string {
  const text = part.safeParse(content).data;
  if (text === undefined) {
    return 'holds a secret that is not base64url';
  }
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < minimumSecretBytes) {
    return `holds a secret of less than ${minimumSecretBytes} bytes`;
  }
  return new Set(bytes).size === 1 ? 'holds a secret whose bytes are all equal' : createSecretKey(bytes);
}

type Pair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

function createPair(privateJwk: z.output<(typeof jwkSchemas)[SigningAlgorithm]>, publicJwk: PublicJwk): Pair | undefined {
  try {
    return {
      privateKey: createPrivateKey({ key: { ...privateJwk }, format: 'jwk' }),
      publicKey: createPublicKey({ key: { ...publicJwk }, format: 'jwk' }),
    };
  } catch {
    return undefined;
  }
}

function isPair({ privateKey, publicKey }: Pair, alg: SigningAlgorithm): boolean {
  const digest = alg === 'EdDSA' ? null : 'sha256';
  const probe = Buffer.from('huwiya');
  return verify(digest, probe, publicKey, sign(digest, probe, privateKey));
}
