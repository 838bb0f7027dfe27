// Which keys a passkey may have. The page offers these algorithms, and the server believes only them, whatever the page sent.

import { createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { CborMap, CborValue } from './parse-cbor.ts';

/** COSE algorithms in order of preference: EdDSA (Ed25519), ES256, RS256. */
export const algorithms = [-8, -7, -257] as const;

/** COSE labels (RFC 9052 §7, RFC 9053 §7, RFC 8230 §4). */
const label = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 };
const modulusLimitsBits = { least: 2048, most: 4096 };
/** A check takes as many steps as the exponent has bits, and the exponent may be as long as the modulus (RX-05). */
const mostExponent = 0xffff_ffffn;

/** Type, algorithm and curve must belong together, the point must lie on its curve, and RSA needs at least 2,048 bits. */
export function checkPublicKey(key: CborMap): Outcome<'checked', 'passkey/refused'> {
  const algorithm = key.get(label.alg);
  if (!algorithms.some((allowed) => allowed === algorithm)) {
    return refuse('passkey/refused', 'algorithm');
  }
  const jwk = findJwk(key);
  return jwk !== undefined && isUsable(jwk) ? succeed('checked') : refuse('passkey/refused', 'public-key');
}

/** Undefined for what is no COSE key of one of the algorithms. */
export function findJwk(key: CborMap): JsonWebKey | undefined {
  const algorithm = key.get(label.alg);
  if (algorithm === -8 && isKey(key, { kty: 1, crv: 6 })) {
    return toJwk({ kty: 'OKP', crv: 'Ed25519' }, { x: toBytes(key.get(label.x), 32) });
  }
  if (algorithm === -7 && isKey(key, { kty: 2, crv: 1 })) {
    return toJwk({ kty: 'EC', crv: 'P-256' }, { x: toBytes(key.get(label.x), 32), y: toBytes(key.get(label.y), 32) });
  }
  return algorithm === -257 && key.get(label.kty) === 3
    ? toJwk({ kty: 'RSA' }, { n: toBytes(key.get(label.n)), e: toBytes(key.get(label.e)) })
    : undefined;
}

function isKey(key: CborMap, expected: { readonly kty: number; readonly crv: number }): boolean {
  return key.get(label.kty) === expected.kty && key.get(label.crv) === expected.crv;
}

function toBytes(value: CborValue | undefined, sizeBytes?: number): string | undefined {
  const isBytes = value instanceof Uint8Array && (sizeBytes === undefined || value.length === sizeBytes);
  return isBytes ? Buffer.from(value).toString('base64url') : undefined;
}

function toJwk(head: JsonWebKey, members: Readonly<Record<string, string | undefined>>): JsonWebKey | undefined {
  const isComplete = Object.values(members).every((member) => member !== undefined);
  return isComplete ? { ...head, ...members } : undefined;
}

const isExponent = (exponent: bigint): boolean => exponent > 2n && exponent <= mostExponent;

function isUsable(jwk: JsonWebKey): boolean {
  try {
    const { modulusLength, publicExponent } = createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails ?? {};
    if (jwk.kty !== 'RSA') {
      return true;
    }
    const bits = modulusLength ?? 0;
    return bits >= modulusLimitsBits.least && bits <= modulusLimitsBits.most && isExponent(publicExponent ?? 0n);
  } catch {
    // The crypto library throws for a point that is not on the curve.
    return false;
  }
}
