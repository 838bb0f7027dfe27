// C2SP signed-note with Ed25519: the form of checkpoints and of what witnesses add to them, and of nothing else. A note has one spelling; a text that is nearly a note is refused.

import { createPublicKey, hash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Fault, refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';

/** Signature types of the signed-note registry: Ed25519 of a log, and timestamped Ed25519 of a witness (C2SP tlog-cosignature, "Format"). */
const signatureTypes = { log: 0x01, witness: 0x04 } as const;

export type KeyUse = keyof typeof signatureTypes;

const rawKeySize = 32;
const keyIdSize = 4;
const sizeLimit = 1_000_000;
const signatureLimit = 100;

export type NoteSigner = {
  readonly name: string;
  /** Ed25519 private key. */
  readonly key: KeyObject;
};

export type NoteVerifier = {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  /** Ed25519 public key. */
  readonly key: KeyObject;
};

export type NoteSignature = { readonly name: string; readonly keyId: string; readonly signature: Uint8Array };

export type Note = {
  /** What is signed, with its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

/** Key names hold neither Unicode spaces nor plus signs. */
export function isNoteName(name: string): boolean {
  return name !== '' && !/[\s+\p{Z}\p{Cc}]/u.test(name) && name.isWellFormed();
}

/** Standard Base 64 in its only spelling, or `undefined`. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

const toPublicKey = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key);

export function toRawKey(key: KeyObject): Buffer {
  const { x } = toPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519' || x === undefined) {
    throw new Fault('configuration/invalid', 'a log key must be Ed25519');
  }
  return Buffer.from(x, 'base64url');
}

function toKeyId(name: string, raw: Uint8Array, use: KeyUse): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(signatureTypes[use]), raw]);
  return hash('sha256', input, 'buffer').subarray(0, keyIdSize).toString('hex');
}

export function toVerifier(signer: NoteSigner, use: KeyUse = 'log'): NoteVerifier {
  return { name: signer.name, keyId: toKeyId(signer.name, toRawKey(signer.key), use), key: toPublicKey(signer.key) };
}

/** The public key of a log or a witness in one line: `name+keyid+base64(type ‖ key)`. */
export function toVerifierText(verifier: NoteVerifier, use: KeyUse = 'log'): string {
  const raw = Buffer.concat([Uint8Array.of(signatureTypes[use]), toRawKey(verifier.key)]);
  return `${verifier.name}+${verifier.keyId}+${raw.toString('base64')}`;
}

/** The raw key of `base64(type ‖ key)`. */
function decodeRawKey(encoded: string, use: KeyUse): Buffer | undefined {
  const bytes = decodeBase64(encoded);
  return bytes?.length === 1 + rawKeySize && bytes[0] === signatureTypes[use] ? bytes.subarray(1) : undefined;
}

function splitVerifier(text: string): { readonly name: string; readonly keyId: string; readonly encoded: string } | undefined {
  const [, name = '', keyId = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  return isNoteName(name) ? { name, keyId, encoded } : undefined;
}

export function parseVerifier(text: string, use: KeyUse = 'log'): Outcome<NoteVerifier, 'request/invalid'> {
  const parts = splitVerifier(text);
  if (parts === undefined) {
    return refuse('request/invalid', `the key of a ${use} is written name+keyid+key`);
  }
  const { name, keyId, encoded } = parts;
  const raw = decodeRawKey(encoded, use);
  if (raw === undefined || toKeyId(name, raw, use) !== keyId) {
    return refuse('request/invalid', `this is no Ed25519 key of a ${use}, or its id does not belong to its name and key`);
  }
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  return succeed({ name, keyId, key });
}

/** With its final newline. */
export function toSignatureLine({ name, keyId }: Pick<NoteVerifier, 'name' | 'keyId'>, signature: Uint8Array): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`;
}

/** `text` ends in a newline and holds no other control character. One signature line for each signer, in their order; at least one. */
export function createSharedNote(signers: readonly NoteSigner[], text: string): string {
  if (signers.length === 0 || signers.some(({ name }) => !isNoteName(name)) || !isNoteText(text)) {
    throw new Fault('internal/unexpected', 'a note can only be made of lines of text under a name without spaces or plus');
  }
  const bytes = Buffer.from(text);
  return `${text}\n${signers.map((signer) => toSignatureLine(toVerifier(signer), sign(null, bytes, signer.key))).join('')}`;
}

export function createNote(signer: NoteSigner, text: string): string {
  return createSharedNote([signer], text);
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && Array.from(text).every((each) => each === '\n' || each >= ' ');
}

/** Without its newline. */
export function parseSignatureLine(line: string): NoteSignature | undefined {
  const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  if (!isNoteName(name) || bytes === undefined || bytes.length <= keyIdSize) {
    return undefined;
  }
  return { name, keyId: bytes.subarray(0, keyIdSize).toString('hex'), signature: bytes.subarray(keyIdSize) };
}

/** Checks the form only; see `isSignedBy`. */
export function parseNote(source: string): Outcome<Note, 'request/invalid'> {
  const split = source.lastIndexOf('\n\n');
  if (source.length > sizeLimit || split < 0 || !isNoteText(source)) {
    return refuse('request/invalid', 'this is not a signed note');
  }
  const lines = source.slice(split + 2, -1).split('\n');
  const signatures = lines.map(parseSignatureLine).filter((each) => each !== undefined);
  if (lines.length > signatureLimit || signatures.length !== lines.length) {
    return refuse('request/invalid', 'a signature line of the note has the wrong form');
  }
  return succeed({ text: source.slice(0, split + 1), signatures });
}

/** True when the verifier's key signed, and no signature under its name and id is wrong. Signatures of others (witnesses) do not matter. */
export function isSignedBy(note: Note, verifier: NoteVerifier): boolean {
  const own = note.signatures.filter((each) => each.name === verifier.name && each.keyId === verifier.keyId);
  const text = Buffer.from(note.text);
  return own.length > 0 && own.every((each) => verify(null, text, verifier.key, each.signature));
}
