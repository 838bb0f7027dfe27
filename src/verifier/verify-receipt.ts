// Verifies one receipt without a network: what was signed, that the log holds it, that the log was signed. Imports nothing of the server.
// Keys inside the file are a convenience; whoever has them from elsewhere passes them, and the report says which were used.

import { hash } from 'node:crypto';
import { decodeBase64url } from './base64.ts';
import { findMembers } from './canonical.ts';
import { findLogKey, findSignedHead } from './checkpoint.ts';
import type { Head, LogKey } from './checkpoint.ts';
import { findJws, isSignedByOneOf } from './jws.ts';
import type { Jws } from './jws.ts';
import { findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { isOpening } from './opening.ts';
import { findReceipt } from './receipt-form.ts';
import type { Receipt } from './receipt-form.ts';
import { findRootOfPath, hashEntry, toTreeHash } from './tree.ts';

export const receiptChecks = [
  'form',
  'receipt-signature',
  'issuer',
  'entry-canonical',
  'commitment',
  'receipt-named',
  'inclusion',
  'checkpoint-signature',
  'kept-checkpoint',
] as const;

export type ReceiptCheckName = (typeof receiptChecks)[number];

export type ReceiptCheck = {
  readonly name: ReceiptCheckName;
  readonly result: 'passed' | 'failed' | 'not-run';
  readonly detail: string;
};

export type Trusted = {
  /** The public key of the log: `name+keyid+base64`. */
  readonly logKey?: string;
  /** A JWK Set as JSON text. */
  readonly keys?: string;
  readonly issuer?: string;
  /** Texts of checkpoints that were kept. */
  readonly kept?: readonly string[];
};

export type Trust = 'given' | 'from-file';

export type ReceiptReport = {
  readonly format: 'huwiya-receipt/1';
  readonly isValid: boolean;
  readonly trust: { readonly keys: Trust; readonly log: Trust };
  readonly checks: readonly ReceiptCheck[];
  /** What the receipt says; only when its signature holds. */
  readonly claims: JsonObject | null;
};

type Evidence = {
  readonly receipt: Receipt;
  readonly jws: Jws | undefined;
  readonly keys: JsonObject | undefined;
  readonly body: JsonObject | undefined;
  readonly logKey: LogKey | undefined;
  readonly head: Head | undefined;
};

function collectEvidence(receipt: Receipt, trusted: Trusted): Evidence {
  const logKey = findLogKey(trusted.logKey ?? receipt.log);
  return {
    receipt,
    logKey,
    jws: findJws(receipt.jws),
    keys: trusted.keys === undefined ? receipt.keys : parseObject(trusted.keys),
    body: parseObject(receipt.entry.body),
    head: logKey === undefined ? undefined : findSignedHead(receipt.checkpoint, logKey),
  };
}

function isReceiptSigned({ jws, keys }: Evidence): boolean {
  return jws !== undefined && keys !== undefined && isSignedByOneOf(jws, keys);
}

/** The name of the log is the issuer's address without its scheme, and a path; so a log of one issuer cannot vouch for another. */
function isIssuerRight({ jws, logKey }: Evidence, trusted: Trusted): boolean {
  const issuer = jws === undefined ? undefined : findString(jws.claims, 'iss');
  const address = /^https?:\/\/([^\s?#]+?)\/?$/.exec(issuer ?? '')?.[1];
  const isLogOfIssuer = address !== undefined && logKey?.name.startsWith(`${address}/`) === true;
  return isLogOfIssuer && (trusted.issuer === undefined || trusted.issuer === issuer);
}

function isEntryCanonical({ receipt, body }: Evidence): boolean {
  return findMembers(receipt.entry.body) !== undefined && body?.['id'] === receipt.entry.id;
}

function isReceiptNamed({ receipt, body }: Evidence): boolean {
  const payload = body?.['payload'];
  return isObject(payload) && payload['receipt_sha256'] === hash('sha256', receipt.jws, 'base64url');
}

/** The root comes from the text of the checkpoint; who signed that text is a check of its own. */
function isIncludedIn({ receipt, head }: Evidence): boolean {
  const { index, size, path } = receipt.proof;
  const hashes = path
    .map(decodeBase64url)
    .filter((bytes) => bytes?.length === 32)
    .filter((bytes) => bytes !== undefined);
  if (head?.size !== size || index !== receipt.entry.index || index >= size || hashes.length !== path.length) {
    return false;
  }
  const leaf = hashEntry(receipt.entry.id, receipt.entry.commitment);
  const root = findRootOfPath(leaf, { index, size, hashes: hashes.map(toTreeHash) });
  return root === toTreeHash(head.root);
}

function toCheck(name: ReceiptCheckName, isPassed: boolean, detail: string): ReceiptCheck {
  return { name, result: isPassed ? 'passed' : 'failed', detail };
}

function checkKept({ head, logKey }: Evidence, kept: readonly string[]): ReceiptCheck {
  const heads = logKey === undefined ? [] : kept.map((text) => findSignedHead(text, logKey));
  if (head === undefined || heads.includes(undefined)) {
    return toCheck('kept-checkpoint', false, 'a kept checkpoint is malformed or not signed by the key of the log');
  }
  const same = heads.filter((each) => each?.size === head.size);
  if (same.length === 0) {
    return { name: 'kept-checkpoint', result: 'not-run', detail: 'no kept checkpoint has the size of the one in the receipt' };
  }
  return toCheck(
    'kept-checkpoint',
    same.every((each) => each?.root.equals(head.root)),
    'the kept checkpoint of this size has the same root',
  );
}

function checkEvidence(evidence: Evidence, trusted: Trusted): readonly ReceiptCheck[] {
  const { head, receipt } = evidence;
  const inclusion: ReceiptCheck =
    head === undefined
      ? { name: 'inclusion', result: 'not-run', detail: 'there is no signed checkpoint to be included in' }
      : toCheck('inclusion', isIncludedIn(evidence), `entry ${receipt.entry.index} is in the log of ${head.size} entries`);
  return [
    toCheck('form', true, 'the file has the form of a receipt'),
    toCheck('receipt-signature', isReceiptSigned(evidence), 'the receipt is signed by a key of the issuer'),
    toCheck('issuer', isIssuerRight(evidence, trusted), 'receipt and log are of one issuer, the expected one'),
    toCheck('entry-canonical', isEntryCanonical(evidence), 'the entry is in its one canonical form'),
    toCheck('commitment', isOpening(receipt.entry), 'the entry is the one that was committed to'),
    toCheck('receipt-named', isReceiptNamed(evidence), 'the entry names this receipt'),
    inclusion,
    toCheck('checkpoint-signature', head !== undefined, 'the checkpoint is signed by the key of the log'),
    ...(trusted.kept === undefined || trusted.kept.length === 0 ? [] : [checkKept(evidence, trusted.kept)]),
  ];
}

const required: readonly ReceiptCheckName[] = receiptChecks.filter((name) => name !== 'kept-checkpoint');

/** Takes the text of a receipt file. Every check is listed in order; a receipt is valid when all of them passed. */
export function verifyReceipt(text: string, trusted: Trusted = {}): ReceiptReport {
  const receipt = findReceipt(text);
  const trust = {
    keys: trusted.keys === undefined ? ('from-file' as const) : ('given' as const),
    log: trusted.logKey === undefined ? ('from-file' as const) : ('given' as const),
  };
  if (receipt === undefined) {
    const rest = required.slice(1).map((name) => ({ name, result: 'not-run' as const, detail: 'the file is no receipt' }));
    const checks = [toCheck('form', false, 'the file does not have the form of a receipt'), ...rest];
    return { format: 'huwiya-receipt/1', isValid: false, trust, checks, claims: null };
  }
  const evidence = collectEvidence(receipt, trusted);
  const checks = checkEvidence(evidence, trusted);
  const isValid = checks.every((check) => check.result === 'passed' || (check.name === 'kept-checkpoint' && check.result === 'not-run'));
  const claims = isReceiptSigned(evidence) ? (evidence.jws?.claims ?? null) : null;
  return { format: 'huwiya-receipt/1', isValid, trust, checks, claims };
}
