// C2SP tlog-checkpoint: what the log says about itself, signed. Two checkpoints of one size with different roots would be a lie; sequence.ts sees to that.

import type { KeyObject } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { hashSize } from './merkle.ts';
import type { Hash } from './merkle.ts';
import { createSharedNote, decodeBase64, isSignedBy, parseNote } from './signed-note.ts';
import type { NoteSigner, NoteVerifier } from './signed-note.ts';

export type TreeHead = { readonly size: number; readonly root: Hash };

export type Checkpoint = TreeHead & { readonly origin: string };

/** C2SP tlog-tiles: the address under which the tiles are served, without scheme; also the name of the log's key. */
export function toLogName(issuer: string): string {
  const { host, pathname } = new URL(issuer);
  return `${host}${pathname.replace(/\/$/, '')}/ledger`;
}

/** The log's own signer: its Ed25519 key under the name that the tiles are served by. */
export function createLogSigner(issuer: string, key: KeyObject): NoteSigner {
  return { name: toLogName(issuer), key };
}

/** While a key gives way to another, both sign. They have one name. */
export function createSharedCheckpoint(signers: readonly NoteSigner[], head: TreeHead): string {
  return createSharedNote(signers, `${signers[0]?.name}\n${head.size}\n${Buffer.from(head.root).toString('base64')}\n`);
}

/** The origin is the name of the signing key. */
export function createCheckpoint(signer: NoteSigner, head: TreeHead): string {
  return createSharedCheckpoint([signer], head);
}

const bodyPattern = /^(.+)\n(0|[1-9]\d{0,15})\n([A-Za-z\d+/]+=)\n(?:.+\n)*$/u;

/** The three lines that count, of a note whose signatures are judged elsewhere. */
export function parseCheckpointBody(text: string): Checkpoint | undefined {
  const [, origin, size, root] = bodyPattern.exec(text) ?? [];
  if (origin === undefined || size === undefined || root === undefined) {
    return undefined;
  }
  const bytes = decodeBase64(root);
  return bytes?.length === hashSize && Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: bytes } : undefined;
}

/** A key of the log with the sizes of the heads that it answers for; without bounds, all of them. */
export type TrustedKey = NoteVerifier & { readonly after?: number; readonly upTo?: number };

export const answersFor = ({ after = -1, upTo = Infinity }: TrustedKey, size: number): boolean => size > after && size <= upTo;

/** The checkpoint, if one of the trusted keys signed it under its own name. Witness signatures on it are neither needed nor checked here. */
export function parseCheckpoint(text: string, trusted: readonly TrustedKey[]): Outcome<Checkpoint, 'request/invalid'> {
  const note = parseNote(text);
  if (!note.ok) {
    return note;
  }
  const checkpoint = parseCheckpointBody(note.value.text);
  if (checkpoint === undefined) {
    return refuse('request/invalid', 'the note is no checkpoint');
  }
  const isTrusted = trusted.some(
    (key) => key.name === checkpoint.origin && answersFor(key, checkpoint.size) && isSignedBy(note.value, key),
  );
  return isTrusted ? succeed(checkpoint) : refuse('request/invalid', 'the checkpoint is not signed by a trusted key of the log');
}
