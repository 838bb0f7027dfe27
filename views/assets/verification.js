// Whether a receipt holds: what was signed, that the log holds it, that the log was signed. The same checks, by their names and in their order,
// as `huwiya receipt verify`, in code of its own. For the page /verify, for the auditors’ desk and for tests; asks for nothing but WebCrypto.
// It touches no page and no network. `subtle` comes first: `crypto.subtle`, absent where the browser does not trust the address.

import { decodeBase64url, digest, encodeBase64url, isSameBytes, joinBytes, toBytes } from './verification-bytes.js';
import { findConfirmation } from './verification-confirmation.js';
import { findString, isCanonicalObject, isObject, parseObject } from './verification-json.js';
import { findReceipt } from './verification-receipt.js';
import { checkChainedHead, followKeys } from './verification-keys.js';
import { readRecordDigest } from './verification-record.js';
import { checkJws, findJws, findLogKey } from './verification-signature.js';
import { hashLeaf, isIncluded, toLeafBytes } from './verification-tree.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-json.js').JsonObject} JsonObject */
/** @typedef {import('./verification-receipt.js').Receipt} Receipt */
/** @typedef {import('./verification-signature.js').CheckedHead} CheckedHead */
/** @typedef {import('./verification-signature.js').Finding} Finding */
/** @typedef {import('./verification-signature.js').Jws} Jws */
/** @typedef {import('./verification-signature.js').LogKey} LogKey */
/** @typedef {import('./verification-keys.js').BoundKey} BoundKey */

/**
 * @typedef {'form' | 'receipt-signature' | 'issuer' | 'record-digest' | 'confirmation' | 'entry-canonical' | 'commitment'
 *   | 'receipt-named' | 'inclusion' | 'checkpoint-signature' | 'kept-checkpoint'} CheckName
 */

/**
 * `not-here`: this browser has no Ed25519, or no WebCrypto at this address; the command can look.
 * @typedef {'passed' | 'failed' | 'not-run' | 'not-here'} CheckResult
 */

/** @typedef {{ readonly name: CheckName, readonly result: CheckResult }} Check */

/**
 * `logKey` is a verifier key of the log, `changes` the statements by which it changed its key, `keys` a JWK Set as JSON text, `kept` the texts of checkpoints that were kept.
 * @typedef {{ readonly logKey?: string, readonly changes?: readonly string[], readonly keys?: string, readonly issuer?: string, readonly kept?: readonly string[] }} Trusted
 */

/** @typedef {'given' | 'from-file'} Trust */

/**
 * `claims` are what the receipt says; only when its signature holds.
 * @typedef {object} Report
 * @property {'valid' | 'invalid' | 'undecided'} verdict
 * @property {{ readonly keys: Trust, readonly log: Trust }} trust
 * @property {readonly Check[]} checks
 * @property {JsonObject | null} claims
 */

/** @type {readonly CheckName[]} */
const required = [
  'form',
  'receipt-signature',
  'issuer',
  'entry-canonical',
  'commitment',
  'receipt-named',
  'inclusion',
  'checkpoint-signature',
];

/**
 * @typedef {object} Evidence
 * @property {Receipt} receipt
 * @property {Jws | undefined} jws
 * @property {JsonObject | undefined} keys
 * @property {JsonObject | undefined} body
 * @property {LogKey | undefined} logKey
 * @property {readonly BoundKey[]} logKeys with the one that is trusted, all that it leads to
 * @property {CheckedHead} checked
 */

/**
 * @param {Subtle} subtle
 * @param {Receipt} receipt
 * @param {Trusted} trusted
 * @returns {Promise<Evidence>}
 */
async function collectEvidence(subtle, receipt, trusted) {
  const logKey = await findLogKey(subtle, trusted.logKey ?? receipt.log);
  const logKeys = logKey === undefined ? [] : await followKeys(subtle, logKey, trusted.changes ?? []);
  return {
    receipt,
    logKey,
    logKeys,
    jws: findJws(receipt.jws),
    keys: trusted.keys === undefined ? receipt.keys : parseObject(trusted.keys),
    body: parseObject(receipt.entry.body),
    checked: await checkChainedHead(subtle, receipt.checkpoint, logKeys),
  };
}

/**
 * The name of the log is the issuer's address without its scheme, and a path; so a log of one issuer cannot vouch for another.
 * @param {Evidence} evidence
 * @param {Trusted} trusted
 */
function isIssuerRight({ jws, logKey }, trusted) {
  const issuer = jws === undefined ? undefined : findString(jws.claims, 'iss');
  const address = /^https?:\/\/([^\s?#]+?)\/?$/.exec(issuer ?? '')?.[1];
  const isLogOfIssuer = address !== undefined && logKey?.name.startsWith(`${address}/`) === true;
  return isLogOfIssuer && (trusted.issuer === undefined || trusted.issuer === issuer);
}

/**
 * base64url(SHA-256(salt ‖ JCS({ body, person }))) = commitment, for a canonical body.
 * @param {Subtle} subtle
 * @param {{ readonly body: string, readonly salt: string, readonly person: string | null, readonly commitment: string }} opening
 */
export async function isOpening(subtle, { body, salt, person, commitment }) {
  const bytes = decodeBase64url(salt);
  if (bytes?.length !== 32) {
    return false;
  }
  const text = toBytes(`{"body":${body},"person":${JSON.stringify(person)}}`);
  return encodeBase64url(await digest(subtle, joinBytes(bytes, text))) === commitment;
}

/**
 * What the entry and the QR code carry of a receipt: the digest of its signed text.
 * @param {Subtle} subtle
 * @param {string} jws
 */
export async function toReceiptDigest(subtle, jws) {
  return encodeBase64url(await digest(subtle, toBytes(jws)));
}

/**
 * @param {Subtle} subtle
 * @param {{ readonly id: string, readonly commitment: string }} entry
 */
export async function hashEntry(subtle, entry) {
  return hashLeaf(subtle, toLeafBytes(entry));
}

/**
 * @param {Subtle} subtle
 * @param {Evidence} evidence
 */
async function isReceiptNamed(subtle, { receipt, body }) {
  const payload = body?.['payload'];
  return isObject(payload) && payload['receipt_sha256'] === (await toReceiptDigest(subtle, receipt.jws));
}

/**
 * @param {Subtle} subtle
 * @param {Evidence} evidence
 */
async function isInLog(subtle, { receipt, checked: { head } }) {
  const { index, size, path } = receipt.proof;
  const hashes = path.map(decodeBase64url).filter((bytes) => bytes?.length === 32);
  const known = hashes.filter((bytes) => bytes !== undefined);
  if (head?.size !== size || index !== receipt.entry.index || known.length !== path.length) {
    return false;
  }
  return isIncluded(subtle, { leafHash: await hashEntry(subtle, receipt.entry), index, path: known, head });
}

/**
 * @param {CheckName} name
 * @param {boolean} isPassed
 * @returns {Check}
 */
const toCheck = (name, isPassed) => ({ name, result: isPassed ? 'passed' : 'failed' });

/** @type {Readonly<Record<Finding, CheckResult>>} */
const findingResults = { good: 'passed', bad: 'failed', unknown: 'not-here' };

/**
 * Every record carries its digest now; those from before have nothing to check.
 * @param {Subtle} subtle
 * @param {Evidence} evidence
 * @returns {Promise<readonly Check[]>}
 */
async function checkRecordDigest(subtle, { jws }) {
  const { isNamed } = jws === undefined ? {} : await readRecordDigest(subtle, jws);
  return isNamed === undefined ? [] : [toCheck('record-digest', isNamed)];
}

/**
 * Only where a record says that a passkey confirmed it.
 * @param {Subtle} subtle
 * @param {Evidence} evidence
 * @returns {Promise<readonly Check[]>}
 */
async function checkConfirmation(subtle, { jws }) {
  const finding = jws === undefined ? undefined : await findConfirmation(subtle, jws);
  return finding === undefined ? [] : [{ name: 'confirmation', result: findingResults[finding] }];
}

/**
 * @param {Subtle} subtle
 * @param {Evidence} evidence
 * @param {readonly string[]} kept
 * @returns {Promise<Check>}
 */
async function checkKept(subtle, { checked, logKeys }, kept) {
  const name = 'kept-checkpoint';
  const heads = logKeys.length === 0 ? [] : await Promise.all(kept.map(async (text) => checkChainedHead(subtle, text, logKeys)));
  const { head } = checked;
  if (head === undefined || heads.some(({ finding }) => finding === 'bad')) {
    return toCheck(name, false);
  }
  const same = heads.filter((each) => each.head?.size === head.size);
  if (same.length === 0) {
    return { name, result: 'not-run' };
  }
  if (!same.every((each) => each.head !== undefined && isSameBytes(each.head.root, head.root))) {
    return toCheck(name, false);
  }
  return { name, result: heads.some(({ finding }) => finding === 'unknown') ? 'not-here' : 'passed' };
}

/**
 * @param {Subtle} subtle
 * @param {Evidence} evidence
 * @param {Trusted} trusted
 * @returns {Promise<readonly Check[]>}
 */
async function checkEvidence(subtle, evidence, trusted) {
  const { receipt, jws, keys, body, checked } = evidence;
  const signed = jws === undefined || keys === undefined ? 'bad' : await checkJws(subtle, jws, keys);
  const { kept = [] } = trusted;
  return [
    toCheck('form', true),
    { name: 'receipt-signature', result: findingResults[signed] },
    toCheck('issuer', isIssuerRight(evidence, trusted)),
    ...(await checkRecordDigest(subtle, evidence)),
    ...(await checkConfirmation(subtle, evidence)),
    toCheck('entry-canonical', isCanonicalObject(receipt.entry.body) && body?.['id'] === receipt.entry.id),
    toCheck('commitment', await isOpening(subtle, receipt.entry)),
    toCheck('receipt-named', await isReceiptNamed(subtle, evidence)),
    checked.head === undefined ? { name: 'inclusion', result: 'not-run' } : toCheck('inclusion', await isInLog(subtle, evidence)),
    { name: 'checkpoint-signature', result: findingResults[checked.finding] },
    ...(kept.length === 0 ? [] : [await checkKept(subtle, evidence, kept)]),
  ];
}

/**
 * @param {readonly Check[]} checks
 * @returns {Report['verdict']}
 */
function toVerdict(checks) {
  if (checks.some(({ result }) => result === 'failed')) {
    return 'invalid';
  }
  const isWhole = checks.every(({ name, result }) => result === 'passed' || (name === 'kept-checkpoint' && result === 'not-run'));
  return isWhole ? 'valid' : 'undecided';
}

/**
 * @param {CheckResult} first
 * @param {CheckResult} others
 * @returns {readonly Check[]}
 */
function toSameChecks(first, others) {
  return required.map((name, at) => ({ name, result: at === 0 ? first : others }));
}

/**
 * @param {Trusted} trusted
 * @returns {Report['trust']}
 */
function toTrust({ keys, logKey }) {
  return { keys: keys === undefined ? 'from-file' : 'given', log: logKey === undefined ? 'from-file' : 'given' };
}

/**
 * Takes the text of a receipt file. Every check is listed in order; a receipt is valid when all of them passed.
 * @param {Subtle | undefined} subtle
 * @param {string} text
 * @param {Trusted} trusted
 * @returns {Promise<Report>}
 */
export async function verifyReceipt(subtle, text, trusted = {}) {
  const receipt = findReceipt(text);
  const trust = toTrust(trusted);
  if (receipt === undefined) {
    return { verdict: 'invalid', trust, checks: toSameChecks('failed', 'not-run'), claims: null };
  }
  if (subtle === undefined) {
    return { verdict: 'undecided', trust, checks: toSameChecks('passed', 'not-here'), claims: null };
  }
  const evidence = await collectEvidence(subtle, receipt, trusted);
  const checks = await checkEvidence(subtle, evidence, trusted);
  const isSigned = checks.some(({ name, result }) => name === 'receipt-signature' && result === 'passed');
  return { verdict: toVerdict(checks), trust, checks, claims: isSigned && evidence.jws !== undefined ? evidence.jws.claims : null };
}
