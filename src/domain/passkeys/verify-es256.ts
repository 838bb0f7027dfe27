// The signature of the common passkey: ES256, with its key in the one form that CTAP 2.2 §8 allows for it. Everything else is left to the library (ADR-0066).

import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { SignInAnswer } from './parse-answer.ts';

/** A map of kty EC2, alg ES256, crv P-256, x and y of 32 bytes each (RFC 9053 §7.1.1), its members in canonical order. */
const beforeX = Buffer.from('a5010203262001215820', 'hex');
const beforeY = Buffer.from('225820', 'hex');
const coordinateSizeBytes = 32;
const yStart = beforeX.length + coordinateSizeBytes + beforeY.length;
const keySizeBytes = yStart + coordinateSizeBytes;

/** SubjectPublicKeyInfo of an uncompressed point on P-256 (RFC 5480 §2), up to the point's x. */
const beforePoint = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');

function findPoint(key: Buffer): readonly [x: Buffer, y: Buffer] | undefined {
  const xEnd = beforeX.length + coordinateSizeBytes;
  const isCommon =
    key.length === keySizeBytes && key.subarray(0, beforeX.length).equals(beforeX) && key.subarray(xEnd, yStart).equals(beforeY);
  return isCommon ? [key.subarray(beforeX.length, xEnd), key.subarray(yStart)] : undefined;
}

function findKey(publicKey: string): KeyObject | undefined {
  const point = findPoint(Buffer.from(publicKey, 'base64url'));
  try {
    return point && createPublicKey({ key: Buffer.concat([beforePoint, ...point]), format: 'der', type: 'spki' });
  } catch {
    // The point is not on the curve.
    return undefined;
  }
}

type Signed = Pick<SignInAnswer, 'authenticatorData' | 'clientDataJSON' | 'signature'>;

/**
 * Whether the signature holds over the authenticator data and the digest of the client data (WebAuthn L3 §7.2 steps 20 and 21, §6.5.5). Undefined for a key
 * of another form. `publicKey`: COSE, base64url. Signatures are DER and nothing looser.
 */
export function verifyEs256(publicKey: string, { authenticatorData, clientDataJSON, signature }: Signed): boolean | undefined {
  const key = findKey(publicKey);
  if (key === undefined) {
    return undefined;
  }
  const digest = createHash('sha256').update(clientDataJSON, 'base64url').digest();
  return verify('sha256', Buffer.concat([Buffer.from(authenticatorData, 'base64url'), digest]), key, Buffer.from(signature, 'base64url'));
}
