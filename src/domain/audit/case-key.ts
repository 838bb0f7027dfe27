// The key of a case: random, sealed under a key that is not in the database (ADR-0067), and gone when nobody may look through the case any more.

import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Random } from '../kernel/ids.ts';
import { openBytes, sealBytes } from '../kernel/sealed-text.ts';
import type { AuditCase } from './case.ts';

const keyBytes = 32;

const toBound = (caseId: string): string => `huwiya/case-key/1\n${caseId}`;

export function createCaseKey(needs: { readonly random: Random; readonly dataKey: KeyObject }, caseId: string): string {
  return sealBytes(needs, { key: needs.dataKey, bound: toBound(caseId) }, needs.random.bytes(keyBytes));
}

/** Undefined once it was destroyed. */
export function findCaseKey(dataKey: KeyObject, { id, sealedKey }: Pick<AuditCase, 'id' | 'sealedKey'>): KeyObject | undefined {
  return sealedKey === '' ? undefined : createSecretKey(openBytes({ key: dataKey, bound: toBound(id) }, sealedKey));
}
