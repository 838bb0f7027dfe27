// The checks that every file with a proof goes through: one spelling, one opening, a path to a root, a key that signed that root.

import { decodeBase64url } from './base64.ts';
import { findMembers } from './canonical.ts';
import { findSignedHead } from './checkpoint.ts';
import type { Head } from './checkpoint.ts';
import { parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { findLogKeys } from './log-keys.ts';
import type { LogKeys } from './log-keys.ts';
import { isOpening } from './opening.ts';
import type { Policy } from './policy.ts';
import type { ProvenEntry } from './proof-form.ts';
import { findRootOfPath, hashEntry, toTreeHash } from './tree.ts';
import { findWitnessed } from './witnesses.ts';
import type { Witnessed } from './witnesses.ts';

export type Check<Name extends string> = {
  readonly name: Name;
  readonly result: 'passed' | 'failed' | 'not-run';
  readonly detail: string;
};

export type Trust = 'given' | 'from-file';

export type TrustedLog = {
  /** The public key of the log: `name+keyid+base64`. */
  readonly logKey?: string;
  /** The history of the log's keys, as `/ledger/keys` gives it. */
  readonly keyHistory?: string;
  /** Logs that are trusted where no key is given, and witnesses that have to have seen the checkpoint. */
  readonly policy?: Policy;
  /** Texts of checkpoints that were kept. */
  readonly kept?: readonly string[];
};

/** Whose word the key of the log is. */
export function toTrust({ logKey, policy }: TrustedLog): Trust {
  return logKey !== undefined || (policy?.logs.length ?? 0) > 0 ? 'given' : 'from-file';
}

/** `own` is the key that the file names for itself. */
export function findTrustedKeys({ logKey, keyHistory, policy }: TrustedLog, own: string): LogKeys | undefined {
  const logs = policy?.logs ?? [];
  if (logKey !== undefined || logs.length === 0) {
    return findLogKeys([logKey ?? own], keyHistory);
  }
  const name = own.split('+')[0];
  return findLogKeys(
    logs.filter((log) => log.name === name).map(({ text }) => text),
    keyHistory,
  );
}

export type ProofEvidence = {
  readonly proven: ProvenEntry;
  readonly body: JsonObject | undefined;
  readonly logKeys: LogKeys | undefined;
  readonly head: Head | undefined;
};

export function collectProof(proven: ProvenEntry, trusted: TrustedLog): ProofEvidence {
  const logKeys = findTrustedKeys(trusted, proven.log);
  const head = logKeys === undefined ? undefined : findSignedHead(proven.checkpoint, logKeys);
  return { proven, logKeys, head, body: parseObject(proven.entry.body) };
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

/** Comes first: without the keys that it leads to, nothing else of the log can hold. */
export function checkHistory({ logKeys }: Pick<ProofEvidence, 'logKeys'>, { keyHistory }: TrustedLog): readonly Check<'key-history'>[] {
  const check = toCheck('key-history', logKeys !== undefined, 'the history of the keys leads on from the key that is trusted');
  return keyHistory === undefined ? [] : [check];
}

/** The entry by itself. */
export function checkOpening(evidence: ProofEvidence): readonly Check<'entry-canonical' | 'commitment'>[] {
  return [
    toCheck('entry-canonical', isEntryCanonical(evidence), 'the entry is in its one canonical form'),
    toCheck('commitment', isOpening(evidence.proven.entry), 'the entry is the one that was committed to'),
  ];
}

export function checkKept({ head, logKeys }: Pick<ProofEvidence, 'head' | 'logKeys'>, kept: readonly string[]): Check<'kept-checkpoint'> {
  const heads = logKeys === undefined ? [] : kept.map((text) => findSignedHead(text, logKeys));
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

export type Signed = Pick<ProofEvidence, 'head' | 'logKeys'> & {
  /** The checkpoint that a policy asks of. */
  readonly seen: { readonly head: Head | undefined; readonly checkpoint: string };
};

function checkWitnesses({ logKeys, seen: { head, checkpoint } }: Signed, policy: Policy): Check<'witnesses'> {
  return logKeys === undefined || head === undefined
    ? { name: 'witnesses', result: 'not-run', detail: 'there is no signed checkpoint to be cosigned' }
    : toWitnessCheck(findWitnessed(checkpoint, logKeys, policy));
}

const toWitnessCheck = ({ isEnough, detail }: Witnessed): Check<'witnesses'> => toCheck('witnesses', isEnough, detail);

/** Who signed the log, who saw it, and what was kept of it: made as far as something was given to hold against. */
export function checkSigned(
  signed: Signed,
  { policy, kept = [] }: TrustedLog,
): readonly Check<'checkpoint-signature' | 'witnesses' | 'kept-checkpoint'>[] {
  return [
    toCheck('checkpoint-signature', signed.head !== undefined, 'the checkpoint is signed by the key of the log'),
    ...(policy === undefined ? [] : [checkWitnesses(signed, policy)]),
    ...(kept.length === 0 ? [] : [checkKept(signed, kept)]),
  ];
}

/** The entry in the log, and who signed the log. */
export function checkPlace(
  evidence: ProofEvidence,
  trusted: TrustedLog,
): readonly Check<'inclusion' | 'checkpoint-signature' | 'witnesses' | 'kept-checkpoint'>[] {
  const { head, proven } = evidence;
  return [
    head === undefined
      ? { name: 'inclusion', result: 'not-run', detail: 'there is no signed checkpoint to be included in' }
      : toCheck('inclusion', isIncludedIn(evidence), `entry ${proven.entry.index} is in the log of ${head.size} entries`),
    ...checkSigned({ ...evidence, seen: { head, checkpoint: proven.checkpoint } }, trusted),
  ];
}

/** Every check passed; only that no kept checkpoint could be compared does no harm. */
export function isWhole(checks: readonly Check<string>[]): boolean {
  return checks.every(({ name, result }) => result === 'passed' || (name === 'kept-checkpoint' && result === 'not-run'));
}
