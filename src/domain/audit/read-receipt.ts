// A receipt that somebody brought: the file that a person keeps, or the signed text by itself. Its signature is ours or it is nothing.

import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

/** RFC 7517 §5, as we publish it. */
export type ReceiptKeySet = { readonly keys: readonly object[] };

const longestText = 30_000;
// A compact JWS (RFC 7515 §3.1), wherever it stands in what was pasted.
const compact = /eyJ[\w-]{1,2000}\.[\w-]{1,20000}\.[\w-]{1,200}/g;

const decode = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');

function readMember(text: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}

const isKey = (key: object): key is JsonWebKey => 'kty' in key && 'crv' in key;

function isOurs({ keys }: ReceiptKeySet, jws: string): boolean {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const words = decode(header);
  const kid = readMember(words, 'kid');
  const key = keys.find((known) => Reflect.get(known, 'kid') === kid);
  if (readMember(words, 'typ') !== 'huwiya-receipt+jwt' || readMember(words, 'alg') !== 'EdDSA' || key === undefined || !isKey(key)) {
    return false;
  }
  const signed = Buffer.from(`${header}.${payload}`);
  return verify(null, signed, createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url'));
}

/** The id under which it was issued, and the very text that was signed; undefined for what we did not sign. */
export function findReceiptId(keys: ReceiptKeySet, text: string): { readonly id: string; readonly jws: string } | undefined {
  const candidates = text.slice(0, longestText).match(compact) ?? [];
  const jws = candidates.slice(0, 4).find((candidate) => isOurs(keys, candidate));
  const id = jws === undefined ? undefined : readMember(decode(jws.split('.')[1] ?? ''), 'jti');
  return jws !== undefined && typeof id === 'string' ? { id, jws } : undefined;
}
