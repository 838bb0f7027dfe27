import type { KeyObject } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';

/** Of a one-time code. Without the key nobody finds a code in a stolen database. */
export function toRecoveryCodeDigest(lookupKey: KeyObject, code: string): string {
  return toKeyedDigest(lookupKey, `huwiya/recovery-code/1\n${code}`);
}
