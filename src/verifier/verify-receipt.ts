// Verifies one receipt without a network: what was signed, that the log holds it, that the log was signed. Imports nothing of the server.
// Keys inside the file are a convenience; whoever has them from elsewhere passes them, and the report says which were used.

import { hash } from 'node:crypto';
import { checkHistory, checkOpening, checkPlace, collectProof, isWhole, toCheck, toTrust } from './check-proof.ts';
import type { Check, ProofEvidence, Trust, TrustedLog } from './check-proof.ts';
import { findConfirmation } from './confirmation.ts';
import { findJws, isSignedByOneOf } from './jws.ts';
import type { Jws } from './jws.ts';
import { findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { findReceipt } from './receipt-form.ts';
import { isRecordNamed } from './record-digest.ts';
import type { Receipt } from './receipt-form.ts';

export const receiptChecks = [
  'form',
  'key-history',
  'receipt-signature',
  'issuer',
  'record-digest',
  'confirmation',
  'entry-canonical',
  'commitment',
  'receipt-named',
  'inclusion',
  'checkpoint-signature',
  'witnesses',
  'kept-checkpoint',
] as const;

export type ReceiptCheckName = (typeof receiptChecks)[number];

export type ReceiptCheck = Check<ReceiptCheckName>;

export type Trusted = TrustedLog & {
  /** A JWK Set as JSON text. */
  readonly keys?: string;
  readonly issuer?: string;
};

export type ReceiptReport = {
  readonly format: 'huwiya-receipt/1';
  readonly isValid: boolean;
  readonly trust: { readonly keys: Trust; readonly log: Trust };
  readonly checks: readonly ReceiptCheck[];
  /** What the receipt says; only when its signature holds. */
  readonly claims: JsonObject | null;
};

type Evidence = ProofEvidence & { readonly receipt: Receipt; readonly jws: Jws | undefined; readonly keys: JsonObject | undefined };

function collectEvidence(receipt: Receipt, trusted: Trusted): Evidence {
  const keys = trusted.keys === undefined ? receipt.keys : parseObject(trusted.keys);
  return { ...collectProof(receipt, trusted), receipt, jws: findJws(receipt.jws), keys };
}

function isReceiptSigned({ jws, keys }: Evidence): boolean {
  return jws !== undefined && keys !== undefined && isSignedByOneOf(jws, keys);
}

/** The name of the log is the issuer's address without its scheme, and a path; so a log of one issuer cannot vouch for another. */
function isIssuerRight({ jws, logKeys }: Evidence, trusted: Trusted): boolean {
  const issuer = jws === undefined ? undefined : findString(jws.claims, 'iss');
  const address = /^https?:\/\/([^\s?#]+?)\/?$/.exec(issuer ?? '')?.[1];
  const isLogOfIssuer = address !== undefined && logKeys?.name.startsWith(`${address}/`) === true;
  return isLogOfIssuer && (trusted.issuer === undefined || trusted.issuer === issuer);
}

function isReceiptNamed({ receipt, body }: Evidence): boolean {
  const payload = body?.['payload'];
  return isObject(payload) && payload['receipt_sha256'] === hash('sha256', receipt.jws, 'base64url');
}

/** Every record carries its digest now; those from before have nothing to check. */
function checkRecordDigest({ jws }: Evidence): readonly Check<'record-digest'>[] {
  const named = jws === undefined ? undefined : isRecordNamed(jws);
  return named === undefined ? [] : [toCheck('record-digest', named, 'the record is the one that its digest names')];
}

/** Only where a record says that a passkey confirmed it; by a button alone there is nothing to check. */
function checkConfirmation({ jws }: Evidence): readonly Check<'confirmation'>[] {
  const confirmed = jws === undefined ? undefined : findConfirmation(jws);
  return confirmed === undefined ? [] : [toCheck('confirmation', confirmed, 'the passkey of the person signed this very record')];
}

function checkEvidence(evidence: Evidence, trusted: Trusted): readonly ReceiptCheck[] {
  return [
    toCheck('form', true, 'the file has the form of a receipt'),
    ...checkHistory(evidence, trusted),
    toCheck('receipt-signature', isReceiptSigned(evidence), 'the receipt is signed by a key of the issuer'),
    toCheck('issuer', isIssuerRight(evidence, trusted), 'receipt and log are of one issuer, the expected one'),
    ...checkRecordDigest(evidence),
    ...checkConfirmation(evidence),
    ...checkOpening(evidence),
    toCheck('receipt-named', isReceiptNamed(evidence), 'the entry names this receipt'),
    ...checkPlace(evidence, trusted),
  ];
}

/** Made only where there is something to hold against. */
const occasional: ReadonlySet<ReceiptCheckName> = new Set(['record-digest', 'confirmation', 'key-history', 'witnesses', 'kept-checkpoint']);
const required: readonly ReceiptCheckName[] = receiptChecks.filter((name) => !occasional.has(name));

/** Takes the text of a receipt file. Every check is listed in order; a receipt is valid when all of them passed. */
export function verifyReceipt(text: string, trusted: Trusted = {}): ReceiptReport {
  const receipt = findReceipt(text);
  const trust = {
    keys: trusted.keys === undefined ? ('from-file' as const) : ('given' as const),
    log: toTrust(trusted),
  };
  if (receipt === undefined) {
    const rest = required.slice(1).map((name) => ({ name, result: 'not-run' as const, detail: 'the file is no receipt' }));
    const checks = [toCheck('form', false, 'the file does not have the form of a receipt'), ...rest];
    return { format: 'huwiya-receipt/1', isValid: false, trust, checks, claims: null };
  }
  const evidence = collectEvidence(receipt, trusted);
  const checks = checkEvidence(evidence, trusted);
  const isValid = isWhole(checks);
  const claims = isReceiptSigned(evidence) ? (evidence.jws?.claims ?? null) : null;
  return { format: 'huwiya-receipt/1', isValid, trust, checks, claims };
}
