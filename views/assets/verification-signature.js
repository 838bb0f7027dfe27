// Signatures: the signed note of a checkpoint (C2SP signed-note, tlog-checkpoint) and the compact JWS of a receipt (RFC 7515, RFC 8037),
// both with Ed25519 and nothing else, so that there is no algorithm to be talked into.
// A browser that does not know Ed25519 has not found a fault: it could not look.

import { decodeBase64, decodeBase64url, digest, encodeHex, isSameBytes, joinBytes, toBytes, toText } from './verification-bytes.js';
import { findString, isObject, parseObject } from './verification-json.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-json.js').JsonObject} JsonObject */

/**
 * `unknown`: the browser cannot check Ed25519.
 * @typedef {'good' | 'bad' | 'unknown'} Finding
 */

/**
 * @param {unknown} thrown
 * @returns {Finding}
 */
function toFinding(thrown) {
  return thrown instanceof Error && thrown.name === 'NotSupportedError' ? 'unknown' : 'bad';
}

/**
 * @param {Subtle} subtle
 * @param {Bytes} key 32 bytes
 * @param {{ readonly signed: Bytes, readonly signature: Bytes }} message
 * @returns {Promise<Finding>}
 */
export async function checkEd25519(subtle, key, { signed, signature }) {
  try {
    const imported = await subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return (await subtle.verify({ name: 'Ed25519' }, imported, signature, signed)) ? 'good' : 'bad';
  } catch (thrown) {
    return toFinding(thrown);
  }
}

/** @typedef {{ readonly name: string, readonly id: Bytes, readonly key: Bytes }} LogKey */

/**
 * Reads `name+keyid+base64(0x01 ‖ key)`; `undefined` also when the id does not belong to name and key.
 * @param {Subtle} subtle
 * @param {string} text
 * @returns {Promise<LogKey | undefined>}
 */
export async function findLogKey(subtle, text) {
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = decodeBase64(rest.join('+'));
  if (!/^[^\s+]+$/u.test(name) || bytes?.length !== 33 || bytes[0] !== 1) {
    return undefined;
  }
  const expected = (await digest(subtle, joinBytes(toBytes(`${name}\n`), bytes))).slice(0, 4);
  return encodeHex(expected) === id ? { name, id: expected, key: bytes.slice(1) } : undefined;
}

/** @typedef {{ readonly origin: string, readonly size: number, readonly root: Bytes }} Head */

const headPattern = /^(.+)\n(0|[1-9]\d{0,15})\n(.+)\n(?:.+\n)*$/u;

/**
 * @param {string} body
 * @returns {Head | undefined}
 */
export function findHead(body) {
  const [, origin = '', size = '', encoded = ''] = headPattern.exec(body) ?? [];
  const root = decodeBase64(encoded);
  return root?.length === 32 && Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : undefined;
}

/** @typedef {{ readonly name: string, readonly id: Bytes, readonly signature: Bytes }} NoteSignature */

/**
 * @param {string} line
 * @returns {NoteSignature | undefined}
 */
function findSignature(line) {
  const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  return name === undefined || bytes === undefined || bytes.length < 5
    ? undefined
    : { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** @typedef {{ readonly body: string, readonly signatures: readonly NoteSignature[] }} Note */

/**
 * @param {string} text
 * @returns {Note | undefined}
 */
export function findNote(text) {
  const end = text.lastIndexOf('\n\n');
  if (end <= 0 || !text.endsWith('\n') || /[^\n\P{Cc}]|\p{Cs}/u.test(text)) {
    return undefined;
  }
  const found = text
    .slice(end + 2, -1)
    .split('\n')
    .map(findSignature);
  const signatures = found.filter((signature) => signature !== undefined);
  return signatures.length === found.length ? { body: text.slice(0, end + 1), signatures } : undefined;
}

/**
 * What is known of several: one bad makes all bad.
 * @param {readonly Finding[]} findings
 * @returns {Finding}
 */
function joinFindings(findings) {
  if (findings.includes('bad') || findings.length === 0) {
    return 'bad';
  }
  return findings.includes('unknown') ? 'unknown' : 'good';
}

/**
 * Whether this key signed a note. Lines of other signers are let be.
 * @param {Subtle} subtle
 * @param {Note} note
 * @param {LogKey} key
 * @returns {Promise<Finding>}
 */
export async function checkNote(subtle, note, key) {
  const signed = toBytes(note.body);
  const own = note.signatures.filter(({ name, id }) => name === key.name && isSameBytes(id, key.id));
  return joinFindings(await Promise.all(own.map(async ({ signature }) => checkEd25519(subtle, key.key, { signed, signature }))));
}

/** @typedef {{ readonly finding: Finding, readonly head: Head | undefined }} CheckedHead */

/**
 * The head that a checkpoint states under the name of this key, and whether the key signed it. Lines of other signers are let be.
 * @param {Subtle} subtle
 * @param {string} text
 * @param {LogKey} key
 * @returns {Promise<CheckedHead>}
 */
export async function checkHead(subtle, text, key) {
  const note = findNote(text);
  const head = note === undefined ? undefined : findHead(note.body);
  if (note === undefined || head?.origin !== key.name) {
    return { finding: 'bad', head: undefined };
  }
  const finding = await checkNote(subtle, note, key);
  return { finding, head: finding === 'bad' ? undefined : head };
}

/** @typedef {{ readonly header: JsonObject, readonly claims: JsonObject, readonly signed: Bytes, readonly signature: Bytes }} Jws */

/** @param {string} [part] */
function findPart(part = '') {
  const bytes = decodeBase64url(part);
  return bytes === undefined ? undefined : parseObject(toText(bytes));
}

/**
 * @param {string} text
 * @returns {Jws | undefined}
 */
export function findJws(text) {
  const [head, body, tail, ...more] = text.split('.');
  const header = findPart(head);
  const claims = findPart(body);
  const signature = decodeBase64url(tail ?? '');
  const isWhole = header !== undefined && claims !== undefined && more.length === 0;
  return isWhole && signature?.length === 64 ? { header, claims, signed: toBytes(`${head}.${body}`), signature } : undefined;
}

/** @param {JsonObject} header */
function isReceiptHeader(header) {
  return header['alg'] === 'EdDSA' && header['typ'] === 'huwiya-receipt+jwt' && !('crit' in header) && !('b64' in header);
}

/**
 * @param {JsonObject} keys
 * @param {string} kid
 * @returns {Bytes | undefined}
 */
function findKey(keys, kid) {
  const list = keys['keys'];
  const key = Array.isArray(list)
    ? list.find((each) => isObject(each) && each['kid'] === kid && each['kty'] === 'OKP' && each['crv'] === 'Ed25519')
    : undefined;
  const bytes = isObject(key) ? decodeBase64url(findString(key, 'x') ?? '') : undefined;
  return bytes?.length === 32 ? bytes : undefined;
}

/**
 * Whether the receipt is signed by the key of the set (RFC 7517) that its header names.
 * @param {Subtle} subtle
 * @param {Jws} jws
 * @param {JsonObject} keys
 * @returns {Promise<Finding>}
 */
export async function checkJws(subtle, jws, keys) {
  const kid = findString(jws.header, 'kid');
  const key = kid === undefined ? undefined : findKey(keys, kid);
  return key === undefined || !isReceiptHeader(jws.header) ? 'bad' : checkEd25519(subtle, key, jws);
}
