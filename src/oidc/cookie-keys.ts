// Cookie signatures: HMAC-SHA-256 with ready key objects, in the shape that the cookie library expects. The first key signs, all verify.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type CookieKeys = {
  readonly sign: (data: string) => string;
  readonly index: (data: string, digest: string) => number;
  readonly verify: (data: string, digest: string) => boolean;
};

export function createCookieKeys(keys: readonly KeyObject[]): CookieKeys {
  const [first] = keys;
  if (first === undefined) {
    throw new TypeError('at least one cookie key is needed');
  }
  const toSignature = (key: KeyObject, data: string): string => createHmac('sha256', key).update(data).digest('base64url');
  const index = (data: string, digest: string): number => {
    const given = Buffer.from(digest);
    return keys.findIndex((key) => {
      const expected = Buffer.from(toSignature(key, data));
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
  };
  return { sign: (data) => toSignature(first, data), index, verify: (data, digest) => index(data, digest) >= 0 };
}
