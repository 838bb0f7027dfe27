// Identifiers and digests. Everything random comes from the `Random` need; nothing here is a secret store.

import { createHmac, hash, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type Random = {
  /** Cryptographically strong bytes. */
  readonly bytes: (sizeBytes: number) => Uint8Array;
};

const poolBytes = 4096;

/** Asks the system for many bytes at once. Bytes are handed out as copies and wiped here, so that none is given twice or stays behind. */
function createSystemRandom(): Random {
  let pool = Buffer.alloc(0);
  let taken = 0;
  return {
    bytes: (sizeBytes) => {
      if (sizeBytes > poolBytes) {
        return randomBytes(sizeBytes);
      }
      if (taken + sizeBytes > pool.length) {
        pool = randomBytes(poolBytes);
        taken = 0;
      }
      const bytes = Uint8Array.prototype.slice.call(pool, taken, taken + sizeBytes);
      pool.fill(0, taken, taken + sizeBytes);
      taken += sizeBytes;
      return bytes;
    },
  };
}

export const systemRandom: Random = createSystemRandom();

/** RFC 9562 §5.7: 48 bits of milliseconds, then 74 random bits. Sorts by time of creation. */
export function createUuid(random: Random, at: number): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** 256 random bits as base64url, for links, codes and handles. */
export function createToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/** Whether a text has the form of `createToken`. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** SHA-256 as base64url without padding: how bearer values are stored and looked up. */
export function toDigest(value: string | Uint8Array): string {
  return hash('sha256', value, 'base64url');
}

/** HMAC-SHA-256 as base64url: a look-up key that cannot be computed without the secret. */
export function toKeyedDigest(key: KeyObject, value: string): string {
  return createHmac('sha256', key).update(value).digest('base64url');
}
