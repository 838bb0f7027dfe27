// A fresh key for one algorithm, made on the thread pool: a key of RSA takes a second, in which a node goes on answering.

import { createHash, generateKeyPair } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { PublicTokenJwk, TokenAlgorithm } from './token-key.ts';

export type FreshKey = {
  readonly kid: string;
  readonly alg: TokenAlgorithm;
  readonly publicJwk: PublicTokenJwk;
  readonly privateKey: KeyObject;
};

export type CreateTokenKey = (alg: TokenAlgorithm) => Promise<FreshKey>;

const generate = promisify(generateKeyPair);

/** RFC 7638 §3.2: the required members in lexicographic order; those that a kind of key does not have fall out. */
function toThumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, e, kty, n, x, y })).digest('base64url');
}

export function toFreshKey(alg: TokenAlgorithm, pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): FreshKey {
  const { kty, crv, x, y, n, e } = pair.publicKey.export({ format: 'jwk' });
  const members = Object.entries({ kty, crv, x, y, n, e }).filter((member): member is [string, string] => typeof member[1] === 'string');
  const publicJwk = Object.fromEntries(members);
  return { kid: toThumbprint(publicJwk), alg, publicJwk, privateKey: pair.privateKey };
}

export async function createTokenKey(alg: TokenAlgorithm): Promise<FreshKey> {
  const pair = alg === 'ES256' ? await generate('ec', { namedCurve: 'P-256' }) : await generate('rsa', { modulusLength: 3072 });
  return toFreshKey(alg, pair);
}
