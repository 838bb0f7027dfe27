// Signatures by the numbers of COSE (RFC 9053, RFC 8812) and the names of JOSE (RFC 7518, RFC 8037). The key must be of the kind that the algorithm names:
// nobody who writes the name of an algorithm chooses how a key is used.

import { constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

type KeyKind = 'ec' | 'rsa' | 'ed25519';

type Algorithm = {
  readonly cose: number;
  readonly jose: string;
  readonly hash: string | null;
  readonly kind: KeyKind;
  readonly isPss?: true;
};

const algorithms: readonly Algorithm[] = [
  { cose: -7, jose: 'ES256', hash: 'sha256', kind: 'ec' },
  { cose: -35, jose: 'ES384', hash: 'sha384', kind: 'ec' },
  { cose: -36, jose: 'ES512', hash: 'sha512', kind: 'ec' },
  { cose: -257, jose: 'RS256', hash: 'sha256', kind: 'rsa' },
  { cose: -258, jose: 'RS384', hash: 'sha384', kind: 'rsa' },
  { cose: -259, jose: 'RS512', hash: 'sha512', kind: 'rsa' },
  { cose: -37, jose: 'PS256', hash: 'sha256', kind: 'rsa', isPss: true },
  { cose: -8, jose: 'EdDSA', hash: null, kind: 'ed25519' },
];

export function findCoseHash(algorithm: number): string | null | undefined {
  return algorithms.find(({ cose }) => cose === algorithm)?.hash;
}

export function isJoseAlgorithm(name: string): boolean {
  return algorithms.some(({ jose }) => jose === name);
}

export type Signed = { readonly key: KeyObject; readonly data: Uint8Array; readonly signature: Uint8Array };

/** False also for an algorithm that is not known here. ECDSA as ASN.1 (WebAuthn L3 §6.5.5). */
export function isCoseSignature(algorithm: number, signed: Signed): boolean {
  const known = algorithms.find(({ cose }) => cose === algorithm);
  return known !== undefined && holds(known, signed, 'der');
}

/** ECDSA as two numbers side by side (RFC 7518 §3.4). */
export function isJoseSignature(name: string, signed: Signed): boolean {
  const known = algorithms.find(({ jose }) => jose === name);
  return known !== undefined && holds(known, signed, 'ieee-p1363');
}

function holds({ hash, kind, isPss }: Algorithm, { key, data, signature }: Signed, dsaEncoding: 'der' | 'ieee-p1363'): boolean {
  if (key.asymmetricKeyType !== kind) {
    return false;
  }
  const padding = isPss === true ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  try {
    return verify(hash, data, { key, dsaEncoding, ...padding }, signature);
  } catch {
    return false;
  }
}
