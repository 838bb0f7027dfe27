// Whether records, receipts and notices are those that the opened entries name: all of them, and no other.

import { hash } from 'node:crypto';
import { findConfirmation } from './confirmation.ts';
import { findString, isObject } from './json.ts';
import { findJws, isSignedByOneOf } from './jws.ts';
import type { Jws } from './jws.ts';
import { findPayload } from './pack-evidence.ts';
import type { PackEvidence, RecordLine } from './pack-evidence.ts';
import type { PackFiles } from './pack-files.ts';
import { isRecordNamed } from './record-digest.ts';

type Expected = Omit<RecordLine, 'receipt'>;

function toExpected({ entries }: PackEvidence): readonly Expected[] {
  return entries.flatMap((entry) => {
    const payload = findPayload(entry);
    const digest = findString(payload, 'receipt_sha256');
    const record = entry.body?.['record'];
    const line = {
      index: entry.proven.entry.index,
      record: typeof record === 'string' ? record : null,
      version: payload['version'] ?? null,
    };
    return digest === undefined ? [] : [{ ...line, digest }];
  });
}

function isSameLine(line: RecordLine, expected: Expected | undefined): boolean {
  return (
    line.index === expected?.index &&
    line.digest === expected.digest &&
    line.record === expected.record &&
    line.version === expected.version
  );
}

/** What the receipt says of itself holds: its record, and the passkey's word over it. */
function isWhole(jws: Jws, { record, version }: RecordLine): boolean {
  const said = jws.claims['record'];
  const isOfVersion = isObject(said) && said['record_id'] === record && said['version'] === version;
  return isOfVersion && isRecordNamed(jws) !== false && findConfirmation(jws) !== false;
}

function isReceiptRight({ keys }: PackEvidence, line: RecordLine): boolean {
  const receipt = line.receipt ?? '';
  const jws = findJws(receipt);
  if (jws === undefined || keys === undefined || hash('sha256', receipt, 'base64url') !== line.digest) {
    return false;
  }
  return isWhole(jws, line) && isSignedByOneOf(jws, keys);
}

/** A line for each decision that is opened, and where receipts travel, the very receipt that its entry names. */
export function areRecordsRight(evidence: PackEvidence): boolean {
  const { manifest, records } = evidence;
  const expected = toExpected(evidence);
  const areSame = records.length === expected.length && records.every((line, at) => isSameLine(line, expected[at]));
  const isReceipted = (line: RecordLine): boolean =>
    manifest.receipts === 'included' ? isReceiptRight(evidence, line) : line.receipt === null;
  return areSame && records.every(isReceipted);
}

const noticeName = /^notices\/([^/]+)\.txt$/;
const otherName = /^notices\/other-language\/([^/]+)\.txt$/;

function findTexts(files: PackFiles, form: RegExp): readonly { readonly digest: string; readonly isRight: boolean }[] {
  return [...files].flatMap(([name, bytes]) => {
    const digest = form.exec(name)?.[1];
    return digest === undefined ? [] : [{ digest, isRight: hash('sha256', bytes, 'base64url') === digest }];
  });
}

/**
 * The text behind each digest that an opened entry names, unless the pack says that it is not kept. What is there in the other language for whoever reads that one is
 * named by its own digest, and proves nothing of what was on a screen.
 */
export function areNoticesRight({ entries, files, stated }: PackEvidence): boolean {
  const named = new Set(entries.map((entry) => findString(findPayload(entry), 'notice_sha256')).filter((digest) => digest !== undefined));
  const shown = findTexts(files, noticeName);
  const accounted = new Set([...shown.map(({ digest }) => digest), ...stated.missing]);
  const isEach = shown.every(({ isRight }) => isRight) && accounted.size === shown.length + stated.missing.length;
  const isNamed = accounted.size === named.size && [...named].every((digest) => accounted.has(digest));
  return isEach && isNamed && findTexts(files, otherName).every(({ digest, isRight }) => isRight && !named.has(digest));
}
