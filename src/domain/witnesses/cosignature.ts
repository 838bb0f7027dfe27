// C2SP tlog-cosignature, Ed25519: what a witness says about a checkpoint, and when. This folder holds both sides: a log that asks for cosignatures and
// judges them by a policy, and a witness that gives them. It must never call a checkpoint witnessed below the quorum, nor give two that contradict.

import { sign, verify } from 'node:crypto';
import { parseNote, toSignatureLine, toVerifier } from '../ledger/signed-note.ts';
import type { Note, NoteSignature, NoteSigner, NoteVerifier } from '../ledger/signed-note.ts';

const timestampSize = 8;
const signatureSize = 64;
/** Verifiers may refuse a time ahead of their own (C2SP tlog-cosignature, "Format"); clocks of two houses differ a little. */
const aheadSeconds = 300;

function toMessage(body: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`);
}

/** One signature line with its newline. `body` is the text of the note without signatures, `at` in milliseconds. */
export function createCosignature(witness: NoteSigner, body: string, at: number): string {
  const seconds = BigInt(Math.floor(at / 1000));
  const timestamp = Buffer.alloc(timestampSize);
  timestamp.writeBigUInt64BE(seconds);
  const signature = sign(null, toMessage(body, seconds), witness.key);
  return toSignatureLine(toVerifier(witness, 'witness'), Buffer.concat([timestamp, signature]));
}

function findTime({ signature }: NoteSignature, body: string, witness: NoteVerifier): number | undefined {
  if (signature.length !== timestampSize + signatureSize) {
    return undefined;
  }
  const bytes = Buffer.from(signature);
  const seconds = bytes.readBigUInt64BE(0);
  const isRight = verify(null, toMessage(body, seconds), witness.key, bytes.subarray(timestampSize));
  return isRight && seconds <= BigInt(Number.MAX_SAFE_INTEGER) / 1000n ? Number(seconds) * 1000 : undefined;
}

/** When the witness says that it saw this checkpoint, in milliseconds; `undefined` without a right cosignature, or with a wrong one beside it. */
export function findCosignedAt(note: Note, witness: NoteVerifier, now: number): number | undefined {
  const own = note.signatures.filter(({ name, keyId }) => name === witness.name && keyId === witness.keyId);
  const times = own.map((each) => findTime(each, note.text, witness)).filter((time) => time !== undefined);
  const latest = Math.max(...times);
  return own.length > 0 && times.length === own.length && latest <= now + aheadSeconds * 1000 ? latest : undefined;
}

/** The checkpoint with more signature lines. */
export function addLines(text: string, lines: readonly string[]): string {
  return `${text}${lines.join('')}`;
}

/** The lines of a witness on this checkpoint among those that it answered with; those of others are nobody's word (C2SP tlog-witness, "add-checkpoint"). */
export function findOwnLine(
  checkpoint: string,
  answer: string,
  asked: { readonly witness: NoteVerifier; readonly now: number },
): string | undefined {
  for (const line of answer.split('\n').filter((each) => each !== '')) {
    const note = parseNote(addLines(checkpoint, [`${line}\n`]));
    if (note.ok && findCosignedAt(note.value, asked.witness, asked.now) !== undefined) {
      return `${line}\n`;
    }
  }
  return undefined;
}
