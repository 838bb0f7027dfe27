// The key that a proof is to be checked with: the one that had to sign the checkpoint under it, which may be an earlier one than signs now (ADR-0093).

import { toKeyText } from '../../domain/ledger/key-chain.ts';
import type { WebNeeds } from '../needs.ts';

export async function findKeyText({ ledger, logVerifier }: Pick<WebNeeds, 'ledger' | 'logVerifier'>, size: number): Promise<string> {
  return toKeyText(logVerifier, await ledger.readKeyChanges(), size);
}
