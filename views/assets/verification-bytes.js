// Bytes, texts and digests for the checks that run in the browser. Nothing here reaches the network, the page or anything that is kept.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/**
 * What is needed of `crypto.subtle`.
 * @typedef {Pick<SubtleCrypto, 'digest' | 'importKey' | 'verify'>} Subtle
 */

/**
 * The text as UTF-8.
 * @param {string} text
 * @returns {Bytes}
 */
export function toBytes(text) {
  return new TextEncoder().encode(text);
}

/**
 * UTF-8 as text, a leading byte order mark included: what was signed begins where it begins.
 * @param {Bytes | ArrayBuffer} bytes
 */
export function toText(bytes) {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/**
 * @param {readonly Bytes[]} parts
 * @returns {Bytes}
 */
export function joinBytes(...parts) {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * @param {Bytes} left
 * @param {Bytes} right
 */
export function isSameBytes(left, right) {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/** @param {Bytes} bytes */
export function encodeBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** @param {Bytes} bytes */
export function encodeBase64url(bytes) {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {Bytes} bytes */
export function encodeHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} text
 * @returns {Bytes | undefined}
 */
function decodeLoosely(text) {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * Base 64 in its one spelling: a text that decodes to the same bytes as another text is another text.
 * @param {string} text
 */
export function decodeBase64(text) {
  const bytes = decodeLoosely(text);
  return bytes !== undefined && encodeBase64(bytes) === text ? bytes : undefined;
}

/** @param {string} text */
export function decodeBase64url(text) {
  const bytes = decodeLoosely(text.replaceAll('-', '+').replaceAll('_', '/'));
  return bytes !== undefined && encodeBase64url(bytes) === text ? bytes : undefined;
}

/**
 * SHA-256.
 * @param {Subtle} subtle
 * @param {Bytes} bytes
 * @returns {Promise<Bytes>}
 */
export async function digest(subtle, bytes) {
  return new Uint8Array(await subtle.digest('SHA-256', bytes));
}
