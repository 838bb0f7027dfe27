// What a witness decides about a submission (C2SP tlog-witness, "add-checkpoint"), in the order of the specification. Pure: whoever calls it MUST compare with the
// newest state and store what it gives in one atomic act, before anybody sees the cosignature.

import { parseCheckpointBody } from '../ledger/checkpoint.ts';
import type { Checkpoint } from '../ledger/checkpoint.ts';
import { emptyRoot, isSameHash } from '../ledger/merkle.ts';
import { isConsistent } from '../ledger/merkle-verify.ts';
import { isSignedBy, parseNote } from '../ledger/signed-note.ts';
import type { Note, NoteVerifier } from '../ledger/signed-note.ts';
import { parseRequestBody } from './submission.ts';
import type { Submission } from './submission.ts';

/** The head that the witness cosigned last for one log. */
export type WitnessedHead = Pick<Checkpoint, 'size' | 'root'>;

export type ReadSubmission = { readonly submission: Submission; readonly note: Note; readonly checkpoint: Checkpoint };

type Refusal = {
  readonly kind: 'refused';
  readonly status: 400 | 403 | 404 | 409 | 422;
  /** The size that the witness knows; with 409 only. */
  readonly size?: number;
  /** Signed by the log, and contradicting what it signed before (409) or not shown to go on from it (422): worth keeping. */
  readonly isEvidence?: true;
};

export type Read = { readonly kind: 'read'; readonly value: ReadSubmission } | Refusal;

export type Verdict = { readonly kind: 'cosign' } | Refusal;

function parseParts(body: string): ReadSubmission | undefined {
  const submission = parseRequestBody(body);
  const note = submission.ok ? parseNote(submission.value.checkpoint) : undefined;
  if (!submission.ok || note?.ok !== true) {
    return undefined;
  }
  const checkpoint = parseCheckpointBody(note.value.text);
  return checkpoint && { submission: submission.value, note: note.value, checkpoint };
}

/** 400, 404 and 403: what can be said without knowing any state. */
export function readSubmission(body: string, logs: readonly NoteVerifier[]): Read {
  const parts = parseParts(body);
  if (parts === undefined) {
    return { kind: 'refused', status: 400 };
  }
  const own = logs.filter(({ name }) => name === parts.checkpoint.origin);
  if (!own.some((key) => isSignedBy(parts.note, key))) {
    return { kind: 'refused', status: own.length === 0 ? 404 : 403 };
  }
  return { kind: 'read', value: parts };
}

const nothing: WitnessedHead = { size: 0, root: emptyRoot };

/** 400, 409 and 422, against the head that was cosigned last; `undefined` where there was none. */
export function judgeSubmission({ submission, checkpoint }: ReadSubmission, known: WitnessedHead | undefined): Verdict {
  const last = known ?? nothing;
  const { old, proof } = submission;
  if (old > checkpoint.size) {
    return { kind: 'refused', status: 400 };
  }
  if (old !== last.size) {
    return { kind: 'refused', status: 409, size: last.size };
  }
  if (old === checkpoint.size && !isSameHash(checkpoint.root, last.root)) {
    return { kind: 'refused', status: 409, size: last.size, isEvidence: true };
  }
  const isExtension = isConsistent({ first: last, second: checkpoint, path: proof });
  return isExtension ? { kind: 'cosign' } : { kind: 'refused', status: 422, isEvidence: true };
}
