// The keys of the software authenticator: real keys of node:crypto with their COSE form (RFC 9052 §7, RFC 9053 §7, RFC 8230 §4).

import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { EncodableMap } from './encode-cbor.ts';

export type Algorithm = -7 | -8 | -257;

export type SoftwareKey = {
  readonly algorithm: Algorithm;
  readonly cose: EncodableMap;
  readonly publicKey: KeyObject;
  readonly sign: (data: Uint8Array) => Buffer;
};

export function createSoftwareKey(algorithm: Algorithm, modulusLength = 2048): SoftwareKey {
  const { publicKey, privateKey } = createPair(algorithm, modulusLength);
  const cose = toCose(algorithm, publicKey);
  return { algorithm, cose, publicKey, sign: (data) => sign(algorithm === -8 ? null : 'sha256', data, privateKey) };
}

function createPair(algorithm: Algorithm, modulusLength: number): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (algorithm) {
    case -7:
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case -8:
      return generateKeyPairSync('ed25519');
    case -257:
      return generateKeyPairSync('rsa', { modulusLength });
  }
}

function toCose(algorithm: Algorithm, publicKey: KeyObject): EncodableMap {
  const { x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const toBytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  switch (algorithm) {
    case -7:
      return new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, toBytes(x)],
        [-3, toBytes(y)],
      ]);
    case -8:
      return new Map<number, number | Uint8Array>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, toBytes(x)],
      ]);
    case -257:
      return new Map<number, number | Uint8Array>([
        [1, 3],
        [3, -257],
        [-1, toBytes(n)],
        [-2, toBytes(e)],
      ]);
  }
}
