// The parts of a pack brought together: its entries, its leaves, its keys, its checkpoint. Finds what is there and judges nothing.

import { collectProof, findTrustedKeys } from './check-proof.ts';
import type { ProofEvidence, TrustedLog } from './check-proof.ts';
import { findMembers } from './canonical.ts';
import { findSignedHead } from './checkpoint.ts';
import type { Head } from './checkpoint.ts';
import { findCount, findString, isObject, isStringOrNull, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { findJws } from './jws.ts';
import type { Jws } from './jws.ts';
import type { LogKeys } from './log-keys.ts';
import type { PackFiles } from './pack-files.ts';
import { findManifest, findRangeProof, findStated } from './pack-form.ts';
import type { Manifest, RangeProof, Stated } from './pack-form.ts';
import { findPurposeLine } from './pack-purposes.ts';
import type { Purposes } from './pack-purposes.ts';
import { findWitnessed } from './pack-witnesses.ts';
import type { Witnessed } from './pack-witnesses.ts';
import { findProvenEntry } from './proof-form.ts';

export type Leaf = { readonly id: string; readonly commitment: string };

export type RecordLine = {
  readonly index: number;
  readonly digest: string;
  readonly record: string | null;
  readonly version: unknown;
  readonly receipt: string | null;
};

export type PackTrusted = TrustedLog & {
  /** A JWK Set as JSON text. */
  readonly keys?: string;
  readonly issuer?: string;
};

export type PackEvidence = Purposes & {
  readonly files: PackFiles;
  /** What was given, and the history of keys that the pack brings where none was. */
  readonly trusted: PackTrusted;
  readonly manifest: Manifest;
  readonly stated: Stated;
  readonly jws: Jws | undefined;
  readonly keys: JsonObject | undefined;
  readonly logKeys: LogKeys | undefined;
  readonly checkpoint: string;
  readonly head: Head | undefined;
  readonly entries: readonly ProofEvidence[];
  readonly records: readonly RecordLine[];
  /** `null` where the pack lists no leaves. */
  readonly range: RangeProof | null;
  readonly leaves: readonly Leaf[] | null;
  /** `null` where the pack brings no word of witnesses. */
  readonly witnessed: Witnessed | null;
};

const getText = (files: PackFiles, name: string): string => files.get(name)?.toString() ?? '';

/** Canonical objects, one on each line; `undefined` when anything else stands there. */
function findLines(text: string): readonly JsonObject[] | undefined {
  const lines = text.split('\n');
  const isEnded = lines.pop() === '';
  const objects = lines.map((line) => (findMembers(line) === undefined ? undefined : parseObject(line)));
  const found = objects.filter((object) => object !== undefined);
  return isEnded && found.length === objects.length ? found : undefined;
}

function findEach<T>(text: string, find: (object: JsonObject) => T | undefined): readonly T[] | undefined {
  const found = findLines(text)?.map(find);
  const whole = found?.filter((each) => each !== undefined);
  return whole?.length === found?.length ? whole : undefined;
}

function findLeaf(object: JsonObject): Leaf | undefined {
  const [id, commitment] = [findString(object, 'id'), findString(object, 'commitment')];
  return id === undefined || commitment === undefined || object['v'] !== 1 || Object.keys(object).length !== 3
    ? undefined
    : { id, commitment };
}

function findRecordLine(object: JsonObject): RecordLine | undefined {
  const [index, digest] = [findCount(object, 'index'), findString(object, 'receipt_sha256')];
  const { record, receipt } = { record: object['record'], receipt: object['receipt'] };
  return index === undefined || digest === undefined || !isStringOrNull(record) || !isStringOrNull(receipt)
    ? undefined
    : { index, digest, record, receipt, version: object['version'] };
}

type Lists = Pick<PackEvidence, 'entries' | 'records' | 'leaves'> & Purposes;

function findLists(files: PackFiles, trusted: TrustedLog): Lists | undefined {
  const findEntries = (name: string): readonly ProofEvidence[] | undefined =>
    findEach(getText(files, name), (object) => {
      const proven = object['format'] === 'huwiya-entry/1' ? findProvenEntry(object) : undefined;
      return proven && collectProof(proven, trusted);
    });
  const [entries, registrations] = [findEntries('entries.jsonl'), findEntries('registrations.jsonl')];
  const purposes = findEach(getText(files, 'purposes.jsonl'), findPurposeLine);
  const records = findEach(getText(files, 'records.jsonl'), findRecordLine);
  const leaves = files.has('proofs/leaves.jsonl') ? findEach(getText(files, 'proofs/leaves.jsonl'), findLeaf) : null;
  if (purposes === undefined || registrations === undefined) {
    return undefined;
  }
  return entries === undefined || records === undefined || leaves === undefined
    ? undefined
    : { entries, records, leaves, purposes, registrations };
}

type Forms = Pick<PackEvidence, 'manifest' | 'stated' | 'range'>;

function findForms(files: PackFiles): Forms | undefined {
  const manifest = findManifest(files);
  const stated = findStated(files);
  const range = findRangeProof(files);
  return manifest === undefined || stated === undefined || range === undefined ? undefined : { manifest, stated, range };
}

/** A history that is given is preferred: the key may have been changed again since the pack was made. */
function withHistory(files: PackFiles, given: PackTrusted): PackTrusted {
  const own = files.get('keys/log-history.json')?.toString();
  return own === undefined ? given : { keyHistory: own, ...given };
}

/** `undefined` when a part does not have the form of a pack's. */
export function findPackEvidence(files: PackFiles, given: PackTrusted): PackEvidence | undefined {
  const trusted = withHistory(files, given);
  const forms = findForms(files);
  const lists = findLists(files, trusted);
  // The newest key of the log stands last.
  const ownKey = getText(files, 'keys/log.txt').trimEnd().split('\n').at(-1) ?? '';
  const logKeys = findTrustedKeys(trusted, ownKey);
  const witnessed = findWitnessed(files, logKeys);
  if (forms === undefined || lists === undefined || witnessed === undefined) {
    return undefined;
  }
  const checkpoint = getText(files, 'checkpoint.txt');
  return {
    files,
    trusted,
    ...forms,
    ...lists,
    jws: findJws(getText(files, 'manifest.jws')),
    keys: parseObject(trusted.keys ?? getText(files, 'keys/receipts.json')),
    logKeys,
    witnessed,
    checkpoint,
    head: logKeys === undefined ? undefined : findSignedHead(checkpoint, logKeys),
  };
}

export function findPayload({ body }: ProofEvidence): JsonObject {
  const payload = body?.['payload'];
  return isObject(payload) ? payload : {};
}
