// How a backup lies in a file: one readable line that says what it is, then everything else compressed and sealed (AES-256-GCM), the line included in the
// seal. The key comes from data.json, without which nobody can use the backup anyway; so a stolen file tells its first line and nothing more.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { DecipherGCM } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, openSync, readSync, fstatSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable, Writable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import type { Keys } from '../../config/keys.ts';

const cipherName = 'aes-256-gcm';
const tagSize = 16;
const longestHeader = 64 * 1024;

/** A key of its own for each file, so that a fixed initial value repeats under none. */
export function toBackupKey(data: Keys['data'], salt: string): Buffer {
  return Buffer.from(hkdfSync('sha256', data.encryption.export(), Buffer.from(salt, 'base64url'), 'huwiya backup 1', 32));
}

export const createSalt = (): string => randomBytes(32).toString('base64url');

const initial = Buffer.alloc(12);

export type Sealed = { readonly header: string; readonly key: Buffer };

/** `header` is one line without its end. The file behind `descriptor` is written, flushed to the disk and closed. */
export async function writeSealed(descriptor: number, { header, key }: Sealed, lines: AsyncIterable<string>): Promise<void> {
  const cipher = createCipheriv(cipherName, key, initial);
  const head = Buffer.from(`${header}\n`);
  cipher.setAAD(head);
  const seal = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield head;
    for await (const chunk of source) {
      yield cipher.update(chunk);
    }
    yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
  };
  await pipeline(Readable.from(lines), createGzip({ level: 4 }), seal, createWriteStream('', { fd: descriptor, flush: true }));
}

/** The first line; undefined where the file has none of a reasonable length. */
export function findHeader(file: string): string | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(longestHeader);
    const head = bytes.subarray(0, readSync(descriptor, bytes, 0, longestHeader, 0));
    const end = head.indexOf('\n');
    return end < 0 ? undefined : head.subarray(0, end).toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

type Body = { readonly decipher: DecipherGCM; readonly bytes: Readable };

function openBody(file: string, { header, key }: Sealed): Body | undefined {
  const descriptor = openSync(file, 'r');
  const head = Buffer.from(`${header}\n`);
  const end = fstatSync(descriptor).size - tagSize;
  if (end < head.length) {
    closeSync(descriptor);
    return undefined;
  }
  const tag = Buffer.alloc(tagSize);
  readSync(descriptor, tag, 0, tagSize, end);
  const decipher = createDecipheriv(cipherName, key, initial, { authTagLength: tagSize });
  decipher.setAAD(head).setAuthTag(tag);
  // An empty range cannot be asked for.
  const bytes = end === head.length ? Readable.from([]) : createReadStream('', { fd: descriptor, start: head.length, end: end - 1 });
  return { decipher, bytes };
}

/** Whether every byte of the file is as it was sealed under this key. Reads all of it and keeps nothing. */
export async function isWhole(file: string, sealed: Sealed): Promise<boolean> {
  const body = openBody(file, sealed);
  if (body === undefined) {
    return false;
  }
  try {
    await pipeline(body.bytes, body.decipher, new Writable({ write: (_chunk, _encoding, taken) => taken() }));
    return true;
  } catch {
    return false;
  }
}

/** What was sealed, line by line. MUST be asked only for a file that is whole; throws when it no longer is. */
export async function* readSealed(file: string, sealed: Sealed): AsyncGenerator<string> {
  const body = openBody(file, sealed);
  if (body === undefined) {
    throw new RangeError('the backup is cut off');
  }
  const text = new PassThrough();
  const copied = pipeline(body.bytes, body.decipher, createGunzip(), text);
  // Reported by the await below; without this an early failure would end the process.
  copied.catch(() => text.destroy());
  yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  await copied;
}
