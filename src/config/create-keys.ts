// Fresh keys for a new provider. Each key is made for one use; the kid is the thumbprint of RFC 7638, so that it is never chosen by hand.

import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

import type { KeyFile } from './keys.ts';
import type { SigningAlgorithm } from './parse-key.ts';

/** The files of a key folder, ready to be written. */
export function createKeys(): readonly KeyFile[] {
  return Object.entries({
    'token-es256.json': createSigningJwk('ES256'),
    'token-rs256.json': createSigningJwk('RS256'),
    'receipt-ed25519.json': createSigningJwk('EdDSA'),
    'checkpoint-ed25519.json': createSigningJwk('EdDSA'),
    'cookies.json': { keys: [createSecret()] },
    'dpop-nonce.json': { key: createSecret() },
    'data.json': { encryption: createSecret(), lookup: createSecret() },
  }).map(([name, content]) => ({ name, text: `${JSON.stringify(content, undefined, 2)}\n`, mode: 0o600 }));
}

function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

function createSigningJwk(alg: SigningAlgorithm): JsonWebKey {
  const jwk = createPrivateKeyOf(alg).export({ format: 'jwk' });
  return { kid: toThumbprint(jwk), alg, use: 'sig', ...jwk };
}

function createPrivateKeyOf(alg: SigningAlgorithm): KeyObject {
  switch (alg) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
    case 'EdDSA':
      return generateKeyPairSync('ed25519').privateKey;
  }
}

/** RFC 7638 §3.2, RFC 8037 §2: the required members in lexicographic order. */
function toThumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, e, kty, n, x, y })).digest('base64url');
}
