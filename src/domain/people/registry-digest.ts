// How a registry identifier is stored and looked up: without the key nobody can try all ten-digit numbers against a stolen database.

import type { KeyObject } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';

/** `id` MUST be in the form that parseRegistryId gives. */
export function toRegistryDigest(lookupKey: KeyObject, id: string): string {
  return toKeyedDigest(lookupKey, `huwiya/registry-id/1\n${id}`);
}
