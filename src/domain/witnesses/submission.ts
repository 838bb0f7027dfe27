// C2SP tlog-witness, "add-checkpoint": what a log sends to a witness, and what comes back. Only the form; judge-submission.ts decides.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { hashSize } from '../ledger/merkle.ts';
import type { Hash } from '../ledger/merkle.ts';
import { decodeBase64 } from '../ledger/signed-note.ts';

export type Submission = {
  /** Size of the checkpoint that the witness cosigned last, as the log believes; 0 for none. */
  readonly old: number;
  /** RFC 6962 §2.1.2. */
  readonly proof: readonly Hash[];
  /** A signed note. */
  readonly checkpoint: string;
};

const proofLimit = 63;
const sizePattern = /^(?:0|[1-9]\d{0,15})$/;

export function findSize(text: string): number | undefined {
  return sizePattern.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

export function toRequestBody({ old, proof, checkpoint }: Submission): string {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`);
  return `old ${old}\n${lines.join('')}\n${checkpoint}`;
}

export function parseRequestBody(body: string): Outcome<Submission, 'request/invalid'> {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = end < 0 ? [] : body.slice(0, end).split('\n');
  const old = first.startsWith('old ') ? findSize(first.slice('old '.length)) : undefined;
  const proof = lines.map(decodeBase64).filter((hash) => hash?.length === hashSize);
  if (old === undefined || proof.length !== lines.length || lines.length > proofLimit) {
    return refuse('request/invalid', 'the request is not an old size, a consistency proof, an empty line and a checkpoint');
  }
  return succeed({ old, proof: proof.filter((hash) => hash !== undefined), checkpoint: body.slice(end + 2) });
}
