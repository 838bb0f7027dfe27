// What a record says of itself (`integrity.content_sha256`): the digest of everything else in it. It is what a passkey signs.

import { decodeBase64url, digest, encodeBase64url, toBytes, toText } from './verification-bytes.js';
import { findObject, isCanonicalObject, toCanonical } from './verification-json.js';

/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-signature.js').Jws} Jws */

/**
 * `content`: the digest of the record without its member `integrity`; undefined where the receipt is not in canonical form. `isNamed`: whether the record says
 * so of itself; undefined for a record from before records carried their digest.
 * @param {Subtle} subtle
 * @param {Jws} jws
 * @returns {Promise<{ readonly content?: string, readonly isNamed?: boolean }>}
 */
export async function readRecordDigest(subtle, { claims, signed }) {
  const { integrity: _, ...record } = findObject(claims, 'record') ?? {};
  const integrity = findObject(findObject(claims, 'record') ?? {}, 'integrity');
  if (integrity === undefined) {
    return {};
  }
  const payload = decodeBase64url(toText(signed).split('.')[1] ?? '');
  if (payload === undefined || !isCanonicalObject(toText(payload))) {
    return { isNamed: false };
  }
  const content = encodeBase64url(await digest(subtle, toBytes(toCanonical(record))));
  return { content, isNamed: integrity['content_sha256'] === content };
}
