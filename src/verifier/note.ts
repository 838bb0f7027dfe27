// Signed notes (C2SP signed-note, Ed25519) and the keys they are checked with. A note has one spelling; what is nearly one is none.

import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decodeBase64 } from './base64.ts';

/** `text` is how the key was spelled: two keys are the same when their texts are. */
export type NoteKey = { readonly name: string; readonly id: Buffer; readonly key: KeyObject; readonly text: string };

/** Signature types of the signed-note registry. */
export const keyTypes = { log: 0x01, witness: 0x04 } as const;

function toKeyId(name: string, bytes: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').subarray(0, 4);
}

/** The bytes ‘type ‖ key’ of a key of this type. */
function findKeyBytes(encoded: string, type: number): Buffer | undefined {
  const bytes = decodeBase64(encoded);
  return bytes?.length === 33 && bytes[0] === type ? bytes : undefined;
}

/** Reads `name+keyid+base64(type ‖ key)`. */
export function findNoteKey(text: string, type: number = keyTypes.log): NoteKey | undefined {
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = findKeyBytes(rest.join('+'), type);
  if (bytes === undefined || !/^\S+$/u.test(name) || toKeyId(name, bytes).toString('hex') !== id) {
    return undefined;
  }
  const x = bytes.toString('base64url', 1);
  return { name, id: toKeyId(name, bytes), key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), text };
}

type SignatureLine = { readonly name: string; readonly id: Buffer; readonly signature: Buffer };

export type Note = { readonly body: string; readonly lines: readonly SignatureLine[] };

function findLine(line: string): SignatureLine | undefined {
  const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  return name === undefined || bytes === undefined || bytes.length < 5
    ? undefined
    : { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** The text that was signed, and who claims to have signed it; `undefined` when the whole does not have the form of a note. */
export function findNote(text: string): Note | undefined {
  const end = text.lastIndexOf('\n\n');
  if (end <= 0 || !text.endsWith('\n') || /[^\n\P{Cc}]|\p{Cs}/u.test(text)) {
    return undefined;
  }
  const found = text
    .slice(end + 2, -1)
    .split('\n')
    .map(findLine);
  const lines = found.filter((line) => line !== undefined);
  return lines.length === found.length ? { body: text.slice(0, end + 1), lines } : undefined;
}

/** The bytes of each signature that stands under this name and key id. */
export function findClaims({ lines }: Note, { name, id }: NoteKey): readonly Buffer[] {
  return lines.filter((line) => line.name === name && line.id.equals(id)).map(({ signature }) => signature);
}

/** That the key signed, and that nothing else stands under its name. Lines of others are let be. */
export function isSignedBy(note: Note, key: NoteKey): boolean {
  const claims = findClaims(note, key);
  return claims.length > 0 && claims.every((signature) => verify(null, Buffer.from(note.body), key.key, signature));
}
