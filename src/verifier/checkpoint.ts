// Signed checkpoints (C2SP tlog-checkpoint): what a log says of itself, and whether the key signed it that had to.

import { decodeBase64 } from './base64.ts';
import type { LogKeys } from './log-keys.ts';
import { findNote, isSignedBy } from './note.ts';

export type Head = { readonly origin: string; readonly size: number; readonly root: Buffer };

const headPattern = /^(.+)\n(0|[1-9]\d{0,15})\n(.+)\n(?:.+\n)*$/u;

function findHead(body: string): Head | undefined {
  const [, origin = '', size = '', encoded = ''] = headPattern.exec(body) ?? [];
  const root = decodeBase64(encoded);
  return root?.length === 32 && Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : undefined;
}

/** The head of the log that a checkpoint states, if a key signed it that answers for its size, and no change of the key says otherwise of it. */
export function findSignedHead(text: string, { name, spans, turns }: LogKeys): Head | undefined {
  const note = findNote(text);
  const head = note === undefined ? undefined : findHead(note.body);
  if (note === undefined || head?.origin !== name) {
    return undefined;
  }
  const isSigned = spans.some(({ key, after, upTo }) => head.size > after && head.size <= upTo && isSignedBy(note, key));
  const isContradicted = turns.some(({ size, root }) => size === head.size && !root.equals(head.root));
  return isSigned && !isContradicted ? head : undefined;
}
