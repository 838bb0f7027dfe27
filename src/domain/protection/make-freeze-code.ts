import type { KeyObject } from 'node:crypto';
import { sealEvent } from '../ledger/event.ts';
import { createOneTimeCode } from '../kernel/one-time-code.ts';
import { toFreezeCodeDigest } from './freeze-code.ts';
import type { ProtectionNeeds } from './needs.ts';

export type FreezeCodeNeeds = ProtectionNeeds & { readonly lookupKey: KeyObject };

/** The code in the clear, which nobody has afterwards but the sheet. The caller MUST have seen a passkey within the last minutes. */
export async function makeFreezeCode(needs: FreezeCodeNeeds, personId: string): Promise<string> {
  const code = createOneTimeCode(needs.random);
  await needs.protection.saveFreezeCode({
    personId,
    digest: toFreezeCodeDigest(needs.lookupKey, code),
    madeAt: needs.clock.now(),
    event: sealEvent(needs, { type: 'freeze_codes.made', personRef: personId, actor: { kind: 'person', ref: null } }),
  });
  return code;
}
