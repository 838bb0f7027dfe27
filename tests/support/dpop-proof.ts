// Proofs of possession by hand (RFC 9449 §4.2), so that a test can say which member is wrong.

import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type ProofKey = { readonly privateKey: KeyObject; readonly jwk: object };

export function createProofKey(): ProofKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  return { privateKey, jwk: { kty, crv, x, y } };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export type ProofClaims = Readonly<Record<string, unknown>>;

/** The proof for a GET of `url`, with claims and members of the header changed. */
export function createProof(
  key: ProofKey,
  asked: { readonly url: string; readonly token?: string; readonly claims?: ProofClaims; readonly head?: ProofClaims },
): string {
  const ath = asked.token === undefined ? {} : { ath: createHash('sha256').update(asked.token).digest('base64url') };
  const own = { htm: 'GET', htu: asked.url, iat: Math.floor(Date.now() / 1000), jti: randomUUID(), ...ath, ...asked.claims };
  const text = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...asked.head })}.${encode(own)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
