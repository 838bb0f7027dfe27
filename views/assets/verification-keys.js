// All keys that a log ever had (ADR-0093): whoever trusts one of them trusts them all, because each change is signed by both of its keys, and every head has
// one key that must have signed it. It touches no page and no network.

import { decodeBase64, isSameBytes } from './verification-bytes.js';
import { checkHead, checkNote, findHead, findLogKey, findNote } from './verification-signature.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-signature.js').CheckedHead} CheckedHead */
/** @typedef {import('./verification-signature.js').LogKey} LogKey */

/** @typedef {{ readonly from: LogKey, readonly to: LogKey, readonly size: number, readonly root: Bytes }} KeyChange */

/**
 * A key with the sizes of the heads that it answers for; `root` of the last of them.
 * @typedef {{ readonly key: LogKey, readonly after: number, readonly upTo: number, readonly root: Bytes | undefined }} BoundKey
 */

const changePattern =
  /^huwiya-key-change\/1\n(.+)\n(.+)\n(.+)\n(0|[1-9]\d{0,15})\n([A-Za-z\d+/]+=)\n[\d-]{10}T[\d:]{8}\.\d{3}Z\n(?:planned|compromised)\n$/u;

/** @param {LogKey} left @param {LogKey} right */
const isSameKey = (left, right) => left.name === right.name && isSameBytes(left.key, right.key);

/**
 * @param {Subtle} subtle
 * @param {readonly string[]} lines
 * @returns {Promise<KeyChange | undefined>}
 */
async function findLines(subtle, lines) {
  const [, origin, , , size, encoded] = lines;
  const named = await Promise.all(lines.slice(2, 4).map(async (text) => findLogKey(subtle, text)));
  const [from, to] = named.filter((key) => key?.name === origin);
  const root = decodeBase64(encoded ?? '');
  const isWhole = from !== undefined && to !== undefined && !isSameKey(from, to);
  return isWhole && root?.length === 32 ? { from, to, size: Number(size), root } : undefined;
}

/**
 * A browser that does not know Ed25519 finds nothing bad here, and nothing good at the head.
 * @param {Subtle} subtle
 * @param {string} text
 * @returns {Promise<KeyChange | undefined>}
 */
async function findChange(subtle, text) {
  const note = findNote(text);
  const lines = note && changePattern.exec(note.body);
  const change = lines ? await findLines(subtle, lines) : undefined;
  if (note === undefined || change === undefined) {
    return undefined;
  }
  const findings = await Promise.all([change.from, change.to].map(async (key) => checkNote(subtle, note, key)));
  return findings.includes('bad') ? undefined : change;
}

/**
 * In the order in which they were made; none when one is damaged or does not follow from the one before.
 * @param {Subtle} subtle
 * @param {readonly string[]} texts
 * @returns {Promise<readonly KeyChange[]>}
 */
async function readChanges(subtle, texts) {
  const read = await Promise.all(texts.map(async (text) => findChange(subtle, text)));
  const changes = read.filter((change) => change !== undefined);
  const isLinked = changes.every((change, place) => {
    const before = changes[place - 1];
    return before === undefined || (isSameKey(before.to, change.from) && before.size <= change.size);
  });
  return isLinked && changes.length === texts.length ? changes : [];
}

/**
 * Every key of the log, as far as the trusted one leads to them: that one alone, for every head, where it is none of the chain or the chain is broken.
 * @param {Subtle} subtle
 * @param {LogKey} trusted
 * @param {readonly string[]} texts statements as `/ledger/keys` serves them
 * @returns {Promise<readonly BoundKey[]>}
 */
export async function followKeys(subtle, trusted, texts) {
  const changes = await readChanges(subtle, texts);
  const first = changes[0]?.from ?? trusted;
  const keys = [first, ...changes.map(({ to }) => to)];
  return keys.some((key) => isSameKey(key, trusted))
    ? keys.map((key, place) => ({
        key,
        after: changes[place - 1]?.size ?? -1,
        upTo: changes[place]?.size ?? Infinity,
        root: changes[place]?.root,
      }))
    : [{ key: trusted, after: -1, upTo: Infinity, root: undefined }];
}

/** @param {BoundKey} bound @param {import('./verification-signature.js').Head} head */
function isOfKey({ after, upTo, root }, head) {
  const isLast = root !== undefined && head.size === upTo;
  return head.size > after && head.size <= upTo && (!isLast || isSameBytes(head.root, root));
}

/**
 * The head that a checkpoint states, and whether the key that answers for its size signed it.
 * @param {Subtle} subtle
 * @param {string} text
 * @param {readonly BoundKey[]} keys
 * @returns {Promise<CheckedHead>}
 */
export async function checkChainedHead(subtle, text, keys) {
  const stated = findHead(findNote(text)?.body ?? '');
  const bound = stated && keys.find((key) => isOfKey(key, stated));
  return bound === undefined ? { finding: 'bad', head: undefined } : checkHead(subtle, text, bound.key);
}
