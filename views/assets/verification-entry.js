// Whether an entry of the log holds: that it is what was committed to, that the log holds it, that the log was signed. The same checks, by their
// names and in their order, as the separate verifier makes of the file `huwiya-entry/1`. It touches no page and no network.

import { decodeBase64url } from './verification-bytes.js';
import { isCanonicalObject, parseObject } from './verification-json.js';
import { findEntry, findProof } from './verification-receipt.js';
import { checkHead, findLogKey } from './verification-signature.js';
import { isIncluded } from './verification-tree.js';
import { hashEntry, isOpening } from './verification.js';

/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-signature.js').CheckedHead} CheckedHead */
/** @typedef {import('./verification-receipt.js').ReceiptEntry} ProvenEntry */
/** @typedef {import('./verification-receipt.js').ReceiptProof} EntryProof */

/** @typedef {'form' | 'entry-canonical' | 'commitment' | 'inclusion' | 'checkpoint-signature'} EntryCheckName */

/**
 * `not-here`: this browser has no Ed25519, or no WebCrypto at this address; the command can look.
 * @typedef {'passed' | 'failed' | 'not-run' | 'not-here'} EntryCheckResult
 */

/** @typedef {{ readonly name: EntryCheckName, readonly result: EntryCheckResult }} EntryCheck */

/** @typedef {{ readonly verdict: 'valid' | 'invalid' | 'undecided', readonly checks: readonly EntryCheck[] }} EntryReport */

/** @type {readonly EntryCheckName[]} */
const entryChecks = ['form', 'entry-canonical', 'commitment', 'inclusion', 'checkpoint-signature'];

/** @typedef {{ readonly entry: ProvenEntry, readonly proof: EntryProof, readonly checkpoint: string, readonly log: string }} Proven */

/**
 * @param {string} text
 * @returns {Proven | undefined}
 */
function findProven(text) {
  const { format, entry: given, proof: path, checkpoint, log } = parseObject(text) ?? {};
  const [entry, proof] = [findEntry(given), findProof(path)];
  const isText = format === 'huwiya-entry/1' && typeof checkpoint === 'string' && typeof log === 'string';
  return isText && entry !== undefined && proof !== undefined ? { entry, proof, checkpoint, log } : undefined;
}

/**
 * @param {Subtle} subtle
 * @param {Proven} proven
 * @param {CheckedHead} checked
 * @returns {Promise<EntryCheckResult>}
 */
async function checkInclusion(subtle, { entry, proof }, { head }) {
  if (head === undefined) {
    return 'not-run';
  }
  const hashes = proof.path.map(decodeBase64url).filter((bytes) => bytes?.length === 32);
  const path = hashes.filter((bytes) => bytes !== undefined);
  const isClaim = head.size === proof.size && proof.index === entry.index && path.length === proof.path.length;
  const isThere = isClaim && (await isIncluded(subtle, { leafHash: await hashEntry(subtle, entry), index: entry.index, path, head }));
  return isThere ? 'passed' : 'failed';
}

/** @type {Readonly<Record<CheckedHead['finding'], EntryCheckResult>>} */
const signatureResults = { good: 'passed', bad: 'failed', unknown: 'not-here' };

/**
 * @param {Subtle} subtle
 * @param {Proven} proven
 * @returns {Promise<readonly EntryCheckResult[]>}
 */
async function checkProven(subtle, proven) {
  const { entry, checkpoint, log } = proven;
  const key = await findLogKey(subtle, log);
  const checked = key === undefined ? { finding: /** @type {const} */ ('bad'), head: undefined } : await checkHead(subtle, checkpoint, key);
  const isCanonical = isCanonicalObject(entry.body) && parseObject(entry.body)?.['id'] === entry.id;
  return [
    'passed',
    isCanonical ? 'passed' : 'failed',
    (await isOpening(subtle, entry)) ? 'passed' : 'failed',
    await checkInclusion(subtle, proven, checked),
    signatureResults[checked.finding],
  ];
}

/**
 * @param {readonly EntryCheckResult[]} results in the order of the checks; what is missing was not run
 * @returns {EntryReport}
 */
function toEntryReport(results) {
  const checks = entryChecks.map((name, at) => ({ name, result: results[at] ?? 'not-run' }));
  if (checks.some(({ result }) => result === 'failed')) {
    return { verdict: 'invalid', checks };
  }
  return { verdict: checks.every(({ result }) => result === 'passed') ? 'valid' : 'undecided', checks };
}

/**
 * Takes the text of an entry file. Every check is listed in order; the entry holds when all of them passed.
 * @param {Subtle | undefined} subtle
 * @param {string} text
 * @returns {Promise<EntryReport>}
 */
export async function verifyEntry(subtle, text) {
  const proven = findProven(text);
  if (proven === undefined) {
    return toEntryReport(['failed']);
  }
  return toEntryReport(
    subtle === undefined ? ['passed', 'not-here', 'not-here', 'not-here', 'not-here'] : await checkProven(subtle, proven),
  );
}
