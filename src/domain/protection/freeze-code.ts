import type { KeyObject } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';

/** Of a one-time code: whoever types it closes every way in to the person who made it, and opens nothing. */
export function toFreezeCodeDigest(lookupKey: KeyObject, code: string): string {
  return toKeyedDigest(lookupKey, `huwiya/freeze-code/1\n${code}`);
}
