// A strict reader for the DER (X.690 §10, §11) inside certificates: the crypto library reads names, times and keys, but shows no extension by its number.

export type DerItem = {
  /** Class and form: the three high bits of the first byte. */
  readonly form: number;
  readonly number: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
};

export const universal = { boolean: 1, integer: 2, octets: 4, oid: 6, enumerated: 10, sequence: 16, set: 17 } as const;
export const constructed = 0x20;
/** Context-specific and constructed, as an explicit tag is. */
export const explicit = 0xa0;

/** Thrown and caught in this file only. */
class DerError extends Error {}

/** All items that stand one after another and fill the bytes; undefined where they are anything else. */
export function findItems(bytes: Buffer): readonly DerItem[] | undefined {
  try {
    const items: DerItem[] = [];
    for (let at = 0; at < bytes.length;) {
      const item = readItem(bytes, at);
      items.push(item);
      at += item.whole.length;
    }
    return items;
  } catch (error) {
    if (error instanceof DerError) {
      return undefined;
    }
    throw error;
  }
}

/** What stands in a SEQUENCE or SET that fills the bytes. */
export function findMembers(bytes: Buffer): readonly DerItem[] | undefined {
  const items = findItems(bytes) ?? [];
  const [item] = items;
  const isOne = items.length === 1 && item !== undefined && isUniversal(item, universal.sequence, universal.set);
  return isOne ? findItems(item.content) : undefined;
}

export function isUniversal(item: DerItem | undefined, ...numbers: readonly number[]): item is DerItem {
  return item !== undefined && (item.form & 0xc0) === 0 && numbers.includes(item.number);
}

/** Undefined for what is no integer of at most six bytes. */
export function findWhole(item: DerItem | undefined): number | undefined {
  const isNumber = isUniversal(item, universal.integer, universal.enumerated) && item.content.length > 0 && item.content.length <= 6;
  return isNumber ? item.content.readIntBE(0, item.content.length) : undefined;
}

/** Dotted; empty for what is none. */
export function toOid(item: DerItem | undefined): string {
  if (!isUniversal(item, universal.oid)) {
    return '';
  }
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of item.content) {
    arc = arc * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

function readItem(bytes: Buffer, start: number): DerItem {
  const first = readByte(bytes, start);
  const tag = (first & 0x1f) === 0x1f ? readHighNumber(bytes, start + 1) : { number: first & 0x1f, end: start + 1 };
  const length = readLength(bytes, tag.end);
  const end = length.end + length.count;
  if (end > bytes.length) {
    throw new DerError('end');
  }
  return { form: first & 0xe0, number: tag.number, content: bytes.subarray(length.end, end), whole: bytes.subarray(start, end) };
}

/** X.690 §8.1.2.4: numbers from 31 on, seven bits a byte. */
function readHighNumber(bytes: Buffer, start: number): { readonly number: number; readonly end: number } {
  let number = 0;
  for (let at = start; at < start + 4; at += 1) {
    const byte = readByte(bytes, at);
    number = number * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) {
      return { number, end: at + 1 };
    }
  }
  throw new DerError('tag');
}

/** X.690 §10.1: the shortest form, never the indefinite one. */
function readLength(bytes: Buffer, start: number): { readonly count: number; readonly end: number } {
  const first = readByte(bytes, start);
  if (first < 0x80) {
    return { count: first, end: start + 1 };
  }
  const sizeBytes = first & 0x7f;
  const end = start + 1 + sizeBytes;
  if (sizeBytes === 0 || sizeBytes > 3 || end > bytes.length) {
    throw new DerError('length');
  }
  const count = bytes.readUIntBE(start + 1, sizeBytes);
  if (count < 0x80 || count < 2 ** (8 * (sizeBytes - 1))) {
    throw new DerError('length');
  }
  return { count, end };
}

function readByte(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) {
    throw new DerError('end');
  }
  return byte;
}
