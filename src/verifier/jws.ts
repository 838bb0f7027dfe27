// The signature of a receipt or a pack: compact JWS (RFC 7515) with Ed25519 (RFC 8037) and nothing else, so that there is no algorithm to be talked into.

import { createPublicKey, verify } from 'node:crypto';
import { decodeBase64url } from './base64.ts';
import { findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';

export type Jws = { readonly header: JsonObject; readonly claims: JsonObject; readonly signed: string; readonly signature: Buffer };

function findPart(part: string | undefined): JsonObject | undefined {
  const bytes = decodeBase64url(part ?? '');
  return bytes === undefined ? undefined : parseObject(bytes.toString());
}

export function findJws(text: string): Jws | undefined {
  const [head, body, tail, ...more] = text.split('.');
  const header = findPart(head);
  const claims = findPart(body);
  const signature = decodeBase64url(tail ?? '');
  if (header === undefined || claims === undefined || signature?.length !== 64 || more.length > 0) {
    return undefined;
  }
  return { header, claims, signed: `${head}.${body}`, signature };
}

function isHeaderOf(header: JsonObject, type: string): boolean {
  return header['alg'] === 'EdDSA' && header['typ'] === type && !('crit' in header) && !('b64' in header);
}

const isKeyFor =
  (kid: string) =>
  (key: unknown): key is JsonObject =>
    isObject(key) && key['kid'] === kid && key['kty'] === 'OKP' && key['crv'] === 'Ed25519';

/** The raw public key that the header names, from a JWK Set. */
function findKey(jws: Jws, keys: JsonObject): string | undefined {
  const list: unknown = keys['keys'];
  const kid = findString(jws.header, 'kid');
  const key = Array.isArray(list) && kid !== undefined ? list.find(isKeyFor(kid)) : undefined;
  const x = key === undefined ? undefined : findString(key, 'x');
  return x !== undefined && decodeBase64url(x)?.length === 32 ? x : undefined;
}

/** `type` keeps what is signed for one use from being taken for another (RFC 8725 §3.11). */
export function isSignedByOneOf(jws: Jws, keys: JsonObject, type = 'huwiya-receipt+jwt'): boolean {
  const x = findKey(jws, keys);
  if (x === undefined || !isHeaderOf(jws.header, type)) {
    return false;
  }
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(jws.signed), key, jws.signature);
}
