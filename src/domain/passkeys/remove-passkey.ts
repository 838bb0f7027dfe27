// A person takes one of their passkeys away, together with every session that was begun with it. One always stays: whoever lost the last one comes back by
// recovery, not by having none.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealNeeds } from '../ledger/event.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeysStore } from './store.ts';

export type RemoveNeeds = SealNeeds & { readonly passkeys: Pick<PasskeysStore, 'endPasskeys' | 'findPasskey'> };

const actor = { kind: 'person', ref: null } as const;

/** Removed already is removed: whoever presses twice finds done what they wanted. */
export async function removePasskey(needs: RemoveNeeds, passkey: Passkey): Promise<Outcome<'removed', 'passkey/last-one'>> {
  const { id, personId, aaguid, isBackupEligible } = passkey;
  const payload = { aaguid, backup_eligible: isBackupEligible };
  const isEnded = await needs.passkeys.endPasskeys({
    personId,
    ids: [id],
    reason: 'removed',
    at: needs.clock.now(),
    keepsOne: true,
    events: [sealEvent(needs, { type: 'passkey.removed', personRef: personId, actor, payload })],
    sealSessionEnd: () =>
      sealEvent(needs, {
        type: 'session.ended',
        personRef: personId,
        actor,
        reason: 'passkey-removed',
        payload: { reach: 'whole-session' },
      }),
  });
  const isThere = !isEnded && (await needs.passkeys.findPasskey(id)) !== undefined;
  return isThere ? refuse('passkey/last-one', 'the only passkey of its person') : succeed('removed');
}
