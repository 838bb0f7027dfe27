// A strict reader for the little CBOR (RFC 8949) that WebAuthn uses. It runs before anything else reads the bytes, so that nesting, false lengths
// and surprising types never reach a reader that trusts them.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';

export type CborMap = ReadonlyMap<string | number, CborValue>;
export type CborValue = number | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;

export type CborItem = {
  readonly value: CborValue;
  /** Offset of the first byte after the item. */
  readonly end: number;
};

/** CTAP 2.2 §8: messages nest at most four levels; one more for what an attestation statement adds. */
const depthLimit = 5;

/** Thrown and caught in this file only: a broken item ends the reading wherever it is. */
class CborError extends Error {}

type Source = { readonly bytes: Buffer; readonly depth: number };

/** Reads one item at `start`. Definite lengths, integers within ±2⁵³, unique keys, valid UTF-8; no tags, no floats. */
export function parseCborItem(bytes: Uint8Array, start: number): Outcome<CborItem, 'passkey/refused'> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return succeed(readItem({ bytes: buffer, depth: 0 }, start));
  } catch (error) {
    if (error instanceof CborError) {
      return refuse('passkey/refused', 'cbor');
    }
    throw error;
  }
}

export function isCborMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map;
}

function readItem(source: Source, start: number): CborItem {
  if (source.depth > depthLimit) {
    throw new CborError('depth');
  }
  const initial = readUnsigned(source.bytes, start, 1);
  const major = initial >> 5;
  if (major === 7) {
    return { value: toSimple(initial & 0x1f), end: start + 1 };
  }
  const argument = readArgument(source.bytes, start, initial & 0x1f);
  return readContent({ bytes: source.bytes, depth: source.depth + 1 }, major, argument);
}

type Argument = { readonly count: number; readonly end: number };

function readContent(source: Source, major: number, { count, end }: Argument): CborItem {
  switch (major) {
    case 0:
      return { value: count, end };
    case 1:
      return { value: -1 - count, end };
    case 2:
      return { value: readBytes(source.bytes, end, count), end: end + count };
    case 3:
      return { value: toText(readBytes(source.bytes, end, count)), end: end + count };
    case 4:
      return readArray(source, end, count);
    case 5:
      return readMap(source, end, count);
    default:
      throw new CborError('type');
  }
}

function readArgument(bytes: Buffer, start: number, info: number): Argument {
  if (info < 24) {
    return { count: info, end: start + 1 };
  }
  if (info > 27) {
    throw new CborError('indefinite length');
  }
  const sizeBytes = 2 ** (info - 24);
  const count =
    sizeBytes === 8
      ? readUnsigned(bytes, start + 1, 4) * 2 ** 32 + readUnsigned(bytes, start + 5, 4)
      : readUnsigned(bytes, start + 1, sizeBytes);
  if (!Number.isSafeInteger(count)) {
    throw new CborError('integer');
  }
  return { count, end: start + 1 + sizeBytes };
}

function readUnsigned(bytes: Buffer, start: number, sizeBytes: number): number {
  if (start + sizeBytes > bytes.length) {
    throw new CborError('end');
  }
  return bytes.readUIntBE(start, sizeBytes);
}

function readBytes(bytes: Buffer, start: number, count: number): Uint8Array {
  if (count > bytes.length - start) {
    throw new CborError('end');
  }
  return new Uint8Array(bytes.subarray(start, start + count));
}

function readArray(source: Source, start: number, count: number): CborItem {
  const values: CborValue[] = [];
  let end = start;
  // A false count ends at the last byte: each item is at least one byte long.
  for (let read = 0; read < count; read += 1) {
    const item = readItem(source, end);
    values.push(item.value);
    end = item.end;
  }
  return { value: values, end };
}

function readMap(source: Source, start: number, count: number): CborItem {
  const values = new Map<string | number, CborValue>();
  let end = start;
  for (let read = 0; read < count; read += 1) {
    const key = readItem(source, end);
    if ((typeof key.value !== 'string' && typeof key.value !== 'number') || values.has(key.value)) {
      throw new CborError('key');
    }
    const item = readItem(source, key.end);
    values.set(key.value, item.value);
    end = item.end;
  }
  return { value: values, end };
}

function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CborError('utf-8');
  }
}

function toSimple(info: number): boolean | null {
  switch (info) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
      return null;
    default:
      throw new CborError('simple value');
  }
}
