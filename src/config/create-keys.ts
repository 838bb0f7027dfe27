// Fresh key files for a new provider; the keys of tokens are made by its first start and live in its database. Each key is made for one use; the kid is the thumbprint of RFC 7638, so that it is never chosen by hand.

import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

import type { KeyFile } from './keys.ts';

/** The files of a key folder, ready to be written. */
export function createKeys(): readonly KeyFile[] {
  return Object.entries({
    'receipt-ed25519.json': createSigningJwk(),
    'checkpoint-ed25519.json': createSigningJwk(),
    'cookies.json': { keys: [createSecret()] },
    'dpop-nonce.json': { key: createSecret() },
    'data.json': { encryption: createSecret(), lookup: createSecret() },
  }).map(([name, content]) => ({ name, text: `${JSON.stringify(content, undefined, 2)}\n`, mode: 0o600 }));
}

/** The private key of an independent witness, for its own folder. */
export function createWitnessJwk(): JsonWebKey {
  return createSigningJwk();
}

/** A fresh key of the log, as its file holds it. */
export function createLogKeyText(): string {
  return `${JSON.stringify(createSigningJwk(), undefined, 2)}\n`;
}

function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

function createSigningJwk(): JsonWebKey {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kid: toThumbprint(jwk), alg: 'EdDSA', use: 'sig', ...jwk };
}

/** RFC 7638 §3.2, RFC 8037 §2: the required members in lexicographic order. */
function toThumbprint({ crv, kty, x }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}
