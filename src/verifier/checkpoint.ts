// Signed checkpoints (C2SP signed-note and tlog-checkpoint, Ed25519) and the keys they are checked with.

import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decodeBase64 } from './base64.ts';

export type LogKey = { readonly name: string; readonly id: Buffer; readonly key: KeyObject };

/** Reads `name+keyid+base64(0x01 ‖ key)`. */
export function findLogKey(text: string): LogKey | undefined {
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = decodeBase64(rest.join('+'));
  if (!/^[^\s+]+$/u.test(name) || bytes?.length !== 33 || bytes[0] !== 1) {
    return undefined;
  }
  const expected = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').subarray(0, 4);
  if (expected.toString('hex') !== id) {
    return undefined;
  }
  const x = bytes.subarray(1).toString('base64url');
  return { name, id: expected, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

export type Head = { readonly origin: string; readonly size: number; readonly root: Buffer };

const headPattern = /^(.+)\n(0|[1-9]\d{0,15})\n(.+)\n(?:.+\n)*$/u;

function findHead(body: string): Head | undefined {
  const [, origin = '', size = '', encoded = ''] = headPattern.exec(body) ?? [];
  const root = decodeBase64(encoded);
  return root?.length === 32 && Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : undefined;
}

/** The bytes after name and key id of a signature line that the key claims; `null` for a line of somebody else; `undefined` for no line. */
function findClaim(line: string, key: LogKey): Buffer | null | undefined {
  const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length < 5) {
    return undefined;
  }
  return name === key.name && bytes.subarray(0, 4).equals(key.id) ? bytes.subarray(4) : null;
}

/** Body and signature lines, if the text has the form of a note. */
function splitNote(text: string): { readonly body: string; readonly lines: readonly string[] } | undefined {
  const end = text.lastIndexOf('\n\n');
  const isText = end > 0 && text.endsWith('\n') && !/[^\n\P{Cc}]|\p{Cs}/u.test(text);
  return isText ? { body: text.slice(0, end + 1), lines: text.slice(end + 2, -1).split('\n') } : undefined;
}

/** The head of the log that a checkpoint states, if the key signed it and it has no other spelling. */
export function findSignedHead(text: string, key: LogKey): Head | undefined {
  const note = splitNote(text);
  if (note === undefined) {
    return undefined;
  }
  const claims = note.lines.map((line) => findClaim(line, key));
  const own = claims.filter((claim) => claim !== null && claim !== undefined);
  const isSigned = own.length > 0 && own.every((signature) => verify(null, Buffer.from(note.body), key.key, signature));
  const head = findHead(note.body);
  return isSigned && !claims.includes(undefined) && head?.origin === key.name ? head : undefined;
}
