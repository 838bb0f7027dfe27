import { findOneTimeCode } from '../kernel/one-time-code.ts';
import { toFreezeCodeDigest } from './freeze-code.ts';
import { toFreezing } from './freezing.ts';
import type { FreezeCodeNeeds } from './make-freeze-code.ts';
import type { FrozenByCode } from './store.ts';

/** A code that is wrong, used or replaced has one answer, after the same work: nobody learns which codes there were. */
export async function freezeByCode(needs: FreezeCodeNeeds, typed: string): Promise<FrozenByCode> {
  const digest = toFreezeCodeDigest(needs.lookupKey, findOneTimeCode(typed) ?? '');
  const personId = await needs.protection.findCodeOwner(digest);
  if (personId === undefined) {
    return 'unknown';
  }
  const actor = { kind: 'person', ref: null } as const;
  return needs.protection.freezeByCode(digest, toFreezing(needs, { personId, how: 'code', authority: 'own', actor }));
}
