// What somebody gives the page /verify: a code in its address, a file or a pasted text, other keys.

import { decodeBase64url, isSameBytes, toText } from './verification-bytes.js';
import { parseObject } from './verification-json.js';
import { findReceipt } from './verification-receipt.js';
import { hashEntry, toReceiptDigest } from './verification.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification.js').Trusted} Trusted */

/**
 * The keys that the page carries, and the address they belong to.
 * @typedef {{ readonly issuer: string, readonly logKey: string, readonly changes: readonly string[], readonly keys: string }} Carried
 */

/**
 * What the QR code of a receipt carries after the `#`: digest of the receipt, index and leaf hash of its entry.
 * @typedef {{ readonly digest: string, readonly index: number, readonly leafHash: Bytes }} Code
 */

/**
 * @param {string} hash
 * @returns {Code | undefined}
 */
export function findCode(hash) {
  const [, place, text = '', leaf = ''] = /^#i=(0|[1-9]\d{0,14})&r=([\w-]{43})&l=([\w-]{43})$/.exec(hash) ?? [];
  const leafHash = decodeBase64url(leaf);
  return place !== undefined && leafHash?.length === 32 ? { digest: text, index: Number(place), leafHash } : undefined;
}

/**
 * @param {HTMLElement} place
 * @param {string} name
 */
function readField(place, name) {
  const field = place.querySelector(`[name="${name}"]`);
  return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field.value.trim() : '';
}

/** @typedef {{ readonly text: string, readonly fileName: string | null }} Given */

/**
 * The chosen file, or what was pasted; `undefined` when there is neither.
 * @param {HTMLElement} place
 * @returns {Promise<Given | undefined>}
 */
export async function readGiven(place) {
  const field = place.querySelector('input[type="file"]');
  const file = field instanceof HTMLInputElement ? field.files?.[0] : undefined;
  if (file !== undefined) {
    return { text: toText(await file.arrayBuffer()), fileName: file.name };
  }
  const text = readField(place, 'text');
  return text === '' ? undefined : { text, fileName: null };
}

/**
 * Whether this is the file of everything held about somebody, which is no receipt but holds theirs.
 * @param {string} text
 */
export const isTake = (text) => parseObject(text)?.['format'] === 'huwiya-take/1';

/**
 * Given keys stand in for those of the page; who gives both gives their issuer with them.
 * @param {HTMLElement} place
 * @param {Carried} carried
 * @returns {{ readonly trusted: Trusted, readonly isOwn: boolean }}
 */
export function readTrusted(place, carried) {
  const keys = readField(place, 'keys');
  const logKey = readField(place, 'log-key');
  const kept = readField(place, 'kept');
  const trusted = {
    keys: keys === '' ? carried.keys : keys,
    logKey: logKey === '' ? carried.logKey : logKey,
    changes: carried.changes,
    kept: kept === '' ? [] : [`${kept}\n`],
  };
  const isOwn = keys === '' && logKey === '';
  return { trusted: keys !== '' && logKey !== '' ? trusted : { ...trusted, issuer: carried.issuer }, isOwn };
}

/**
 * Whether the code was printed with this receipt.
 * @param {Subtle} subtle
 * @param {string} text
 * @param {Code} code
 */
export async function isCodeOf(subtle, text, code) {
  const receipt = findReceipt(text);
  if (receipt === undefined || receipt.entry.index !== code.index) {
    return false;
  }
  const isSameEntry = isSameBytes(await hashEntry(subtle, receipt.entry), code.leafHash);
  return isSameEntry && (await toReceiptDigest(subtle, receipt.jws)) === code.digest;
}
