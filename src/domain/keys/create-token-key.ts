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

/**
 * Begins to make as many keys of each algorithm as a new installation needs, one that signs and one that waits, while its other beginnings are made. Each is handed out once;
 * whoever asks for more waits for it as always.
 */
export function stockTokenKeys(algorithms: readonly TokenAlgorithm[]): CreateTokenKey {
  const begun = algorithms.flatMap((alg) => [alg, alg]).map((alg) => ({ alg, key: createTokenKey(alg) }));
  // What is not asked for fails unheard; who asks hears it.
  begun.forEach(({ key }) => void key.catch(() => undefined));
  return async (alg) => {
    const place = begun.findIndex((each) => each.alg === alg);
    const [found] = place === -1 ? [] : begun.splice(place, 1);
    return found === undefined ? createTokenKey(alg) : found.key;
  };
}
