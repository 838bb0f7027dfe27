// The checks that every file with a proof goes through: one spelling, one opening, a path to a root, a key that signed that root.

import { decodeBase64url } from './base64.ts';
import { findMembers } from './canonical.ts';
import { findLogKey, findSignedHead } from './checkpoint.ts';
import type { Head, LogKey } from './checkpoint.ts';
import { parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { isOpening } from './opening.ts';
import type { ProvenEntry } from './proof-form.ts';
import { findRootOfPath, hashEntry, toTreeHash } from './tree.ts';

export type Check<Name extends string> = {
  readonly name: Name;
  readonly result: 'passed' | 'failed' | 'not-run';
  readonly detail: string;
};

export type Trust = 'given' | 'from-file';

export type TrustedLog = {
  /** The public key of the log: `name+keyid+base64`. */
  readonly logKey?: string;
  /** Texts of checkpoints that were kept. */
  readonly kept?: readonly string[];
};

export type ProofEvidence = {
  readonly proven: ProvenEntry;
  readonly body: JsonObject | undefined;
  readonly logKey: LogKey | undefined;
  readonly head: Head | undefined;
};

export function collectProof(proven: ProvenEntry, { logKey: given }: TrustedLog): ProofEvidence {
  const logKey = findLogKey(given ?? proven.log);
  const head = logKey === undefined ? undefined : findSignedHead(proven.checkpoint, logKey);
  return { proven, logKey, head, body: parseObject(proven.entry.body) };
}

export function toCheck<Name extends string>(name: Name, isPassed: boolean, detail: string): Check<Name> {
  return { name, result: isPassed ? 'passed' : 'failed', detail };
}

function isEntryCanonical({ proven, body }: ProofEvidence): boolean {
  return findMembers(proven.entry.body) !== undefined && body?.['id'] === proven.entry.id;
}

/** The root comes from the text of the checkpoint; who signed that text is a check of its own. */
export function isIncludedIn({ proven, head }: ProofEvidence): boolean {
  const { index, size, path } = proven.proof;
  const hashes = path
    .map(decodeBase64url)
    .filter((bytes) => bytes?.length === 32)
    .filter((bytes) => bytes !== undefined);
  if (head?.size !== size || index !== proven.entry.index || index >= size || hashes.length !== path.length) {
    return false;
  }
  const leaf = hashEntry(proven.entry.id, proven.entry.commitment);
  const root = findRootOfPath(leaf, { index, size, hashes: hashes.map(toTreeHash) });
  return root === toTreeHash(head.root);
}

/** The entry by itself. */
export function checkOpening(evidence: ProofEvidence): readonly Check<'entry-canonical' | 'commitment'>[] {
  return [
    toCheck('entry-canonical', isEntryCanonical(evidence), 'the entry is in its one canonical form'),
    toCheck('commitment', isOpening(evidence.proven.entry), 'the entry is the one that was committed to'),
  ];
}

export function checkKept({ head, logKey }: Pick<ProofEvidence, 'head' | 'logKey'>, kept: readonly string[]): Check<'kept-checkpoint'> {
  const heads = logKey === undefined ? [] : kept.map((text) => findSignedHead(text, logKey));
  if (head === undefined || heads.includes(undefined)) {
    return toCheck('kept-checkpoint', false, 'a kept checkpoint is malformed or not signed by the key of the log');
  }
  const same = heads.filter((each) => each?.size === head.size);
  if (same.length === 0) {
    return { name: 'kept-checkpoint', result: 'not-run', detail: 'no kept checkpoint has the size of the one in the file' };
  }
  return toCheck(
    'kept-checkpoint',
    same.every((each) => each?.root.equals(head.root)),
    'the kept checkpoint of this size has the same root',
  );
}

/** The entry in the log, and who signed the log. */
export function checkPlace(
  evidence: ProofEvidence,
  { kept = [] }: TrustedLog,
): readonly Check<'inclusion' | 'checkpoint-signature' | 'kept-checkpoint'>[] {
  const { head, proven } = evidence;
  return [
    head === undefined
      ? { name: 'inclusion', result: 'not-run', detail: 'there is no signed checkpoint to be included in' }
      : toCheck('inclusion', isIncludedIn(evidence), `entry ${proven.entry.index} is in the log of ${head.size} entries`),
    toCheck('checkpoint-signature', head !== undefined, 'the checkpoint is signed by the key of the log'),
    ...(kept.length === 0 ? [] : [checkKept(evidence, kept)]),
  ];
}

/** Every check passed; only that no kept checkpoint could be compared does no harm. */
export function isWhole(checks: readonly Check<string>[]): boolean {
  return checks.every(({ name, result }) => result === 'passed' || (name === 'kept-checkpoint' && result === 'not-run'));
}
