// Who else saw a checkpoint, and when (C2SP tlog-cosignature, Ed25519), and whether a policy finds them enough.

import { verify } from 'node:crypto';
import type { LogKeys } from './log-keys.ts';
import { findClaims, findNote } from './note.ts';
import type { Note, NoteKey } from './note.ts';
import { isQuorum } from './policy.ts';
import type { Policy } from './policy.ts';

const timeSize = 8;
const signatureSize = 64;
/** Clocks of two houses differ a little; a time further ahead than this was made up. */
const aheadSeconds = 300;

/** When the key says that it saw the note, in seconds; `undefined` when it did not sign that. */
function findTime({ body }: Note, { key }: NoteKey, claim: Buffer): number | undefined {
  if (claim.length !== timeSize + signatureSize) {
    return undefined;
  }
  const seconds = claim.readBigUInt64BE(0);
  const isSigned = verify(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), key, claim.subarray(timeSize));
  return isSigned && seconds <= BigInt(Math.floor(Date.now() / 1000) + aheadSeconds) ? Number(seconds) : undefined;
}

/** The latest time under the name of the witness; one wrong line under it makes the others worthless. */
function findSeen(note: Note, witness: NoteKey): number | undefined {
  const claims = findClaims(note, witness);
  const times = claims.map((claim) => findTime(note, witness, claim)).filter((time) => time !== undefined);
  return claims.length > 0 && times.length === claims.length ? Math.max(...times) : undefined;
}

export type Witnessed = { readonly isEnough: boolean; readonly detail: string };

function toDetail(isEnough: boolean, seen: readonly string[]): string {
  const names = seen.length === 0 ? 'no witness of the policy cosigned it' : `cosigned by ${seen.join(', ')}`;
  return isEnough ? names : `${names}; the quorum of the policy asks for more`;
}

/** Whether enough witnesses of the policy cosigned the checkpoint, and whether the policy knows its log. */
export function findWitnessed(checkpoint: string, keys: LogKeys, policy: Policy): Witnessed {
  const note = findNote(checkpoint);
  const texts = new Set(policy.logs.map(({ text }) => text));
  if (note === undefined || (texts.size > 0 && !keys.spans.some(({ key }) => texts.has(key.text)))) {
    return { isEnough: false, detail: note === undefined ? 'there is no checkpoint' : 'the policy names other logs, not this one' };
  }
  const witnesses = [...policy.rules.values()].map((rule) => rule.key).filter((key) => key !== undefined);
  const times = new Map(witnesses.map((witness) => [witness.text, findSeen(note, witness)]));
  const isEnough = isQuorum(policy, ({ text }) => times.get(text) !== undefined);
  const seen = witnesses.flatMap(({ name, text }) => {
    const time = times.get(text);
    return time === undefined ? [] : [`${name} at ${new Date(time * 1000).toISOString()}`];
  });
  return { isEnough, detail: toDetail(isEnough, seen) };
}
