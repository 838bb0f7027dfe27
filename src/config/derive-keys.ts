// Keys that are made of a key, each for one use of its own, so that none of them can be taken for another.

import { createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Keys } from './keys.ts';

export function deriveKey(key: KeyObject, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key.export(), 'huwiya', use, 32)));
}

/** A form token can never be a cookie signature. */
export function deriveFormKey({ cookies }: Keys): KeyObject {
  const [first] = cookies;
  if (first === undefined) {
    throw new TypeError('there is no cookie key');
  }
  return deriveKey(first, 'form-token');
}

/** Of the key that never changes, so that a token is found in the log years later. */
export function deriveReferenceKey({ data }: Keys): KeyObject {
  return deriveKey(data.lookup, 'token-reference');
}

/** Of the links in letters about a person's access; of the key that never changes, so that a link works on every node for as long as it says. */
export function deriveNoticeKey({ data }: Keys): KeyObject {
  return deriveKey(data.lookup, 'security-notice');
}

/** Seals the private halves of the keys that sign tokens; of the key that never changes, so that every node and every backup opens them. */
export function deriveSealingKey({ data }: Keys): KeyObject {
  return deriveKey(data.encryption, 'token-keys');
}

/** Under which the names that limits count by become digests; of the key that never changes, so that every node counts under the same. */
export function deriveLimitKey({ data }: Keys): KeyObject {
  return deriveKey(data.lookup, 'limits');
}
