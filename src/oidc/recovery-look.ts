// A recovery that is open is shown in the middle of every way to a service, once after each ceremony: whoever still has a passkey of the account sees that
// somebody is about to come in, wherever they sign in. The request waits meanwhile (ADR-0078).

import type { KoaContextWithOIDC } from 'oidc-provider';
import { isFirstParty } from './clients.ts';
import { findLookedAt } from './looked-at.ts';
import { findLoaded } from './session-adapter.ts';

export type LookNeeds = {
  /** The id of the newest recovery of this person that is open now. */
  readonly findOpenRecovery: (personId: string) => Promise<string | undefined>;
};

/** Our own pages hold it as a band; a request that allows no page is answered as ever, because nobody would see one. */
function findWatcher(ctx: KoaContextWithOIDC): string | undefined {
  const { account, client, prompts } = ctx.oidc;
  return isFirstParty(client?.clientId) || prompts.has('none') ? undefined : account?.accountId;
}

function findLooked({ oidc }: KoaContextWithOIDC): readonly (string | undefined)[] {
  const hasJustSignedIn = oidc.result?.login !== undefined;
  const earlier = hasJustSignedIn ? undefined : findLoaded(oidc.session?.uid ?? '');
  return [findLookedAt(), ...(earlier?.looked ?? [])];
}

export async function needsLook({ findOpenRecovery }: LookNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  const personId = findWatcher(ctx);
  const open = personId === undefined ? undefined : await findOpenRecovery(personId);
  return open !== undefined && !findLooked(ctx).includes(open);
}
