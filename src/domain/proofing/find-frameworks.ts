// The trust frameworks under which identities are checked for this provider: that of our own counters, and of every issuer whose statements are taken.

import type { ProofingStore } from './store.ts';

export type FrameworkNeeds = { readonly trustFramework: string; readonly proofings: Pick<ProofingStore, 'listIssuers'> };

/** Our own first. */
export async function listFrameworks({ trustFramework, proofings }: FrameworkNeeds): Promise<readonly string[]> {
  const issuers = (await proofings.listIssuers()).filter(({ endedAt }) => endedAt === null);
  return [...new Set([trustFramework, ...issuers.map((issuer) => issuer.trust_framework)])];
}
