// What follows from an answer whose signature is good: the use is counted, or, where the answer shows that the key is not the one it was, the passkey ends
// (ADR-0071). Nobody but who holds the key comes this far, so that nobody else can bring a passkey to its end.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealedEvent } from '../ledger/event.ts';
import { challengeLifeSeconds } from './ceremony-options.ts';
import type { Ceremony, HeldPasskey, Passkey, Suspicion } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import type { VerifiedSignIn } from './verify-ceremony.ts';

export type UseRefusal = 'passkey/refused' | 'passkey/suspended';

type Answered = { readonly passkey: HeldPasskey; readonly ceremony: Ceremony; readonly verified: VerifiedSignIn };
type Used = Answered & { readonly passkey: Passkey };

export async function settleUse(needs: PasskeyNeeds, used: Used): Promise<Outcome<'counted', UseRefusal>> {
  const { passkey, verified } = used;
  const { counter, isBackedUp, suspicion } = verified;
  if (suspicion !== undefined) {
    return isEnding(used, suspicion) ? endSuspicious(needs, passkey, suspicion) : refuse('passkey/refused', toDetail(suspicion));
  }
  const isFirst = await needs.passkeys.saveUse({ id: passkey.id, counter, isBackedUp, at: needs.clock.now() });
  return isFirst ? succeed('counted') : refuse('passkey/refused', 'counter');
}

export function toDetail(suspicion: Suspicion): string {
  return suspicion === 'copied' ? 'counter' : 'backup-eligibility';
}

/**
 * Of a key that may be copied to other devices (BE = 1) a counter says nothing: its copies count apart. And an answer to a challenge that was out before the last use
 * may have been signed before it, in another tab, and only come later: its count is behind, and never the same.
 */
export function isEnding({ passkey, ceremony, verified }: Answered, suspicion: Suspicion): boolean {
  if (suspicion === 'changed') {
    return true;
  }
  const asked = ceremony.expiresAt - challengeLifeSeconds * 1000;
  const isLate = verified.counter < passkey.counter && asked <= (passkey.lastUsedAt ?? passkey.createdAt);
  return !passkey.isBackupEligible && !isLate;
}

/** The passkey, the sessions that were begun with it and the entries are one act; where another answer came first it has ended already. */
async function endSuspicious(needs: PasskeyNeeds, passkey: Passkey, reason: Suspicion): Promise<Outcome<never, 'passkey/suspended'>> {
  const { aaguid, id, personId } = passkey;
  const seal = (type: 'passkey.suspended' | 'session.ended', payload: Readonly<Record<string, string>>): SealedEvent =>
    sealEvent(needs, { type, personRef: personId, actor: { kind: 'system', ref: null }, reason, payload });
  await needs.passkeys.endPasskeys({
    personId,
    ids: [id],
    reason,
    at: needs.clock.now(),
    keepsOne: false,
    events: [seal('passkey.suspended', { aaguid, reason })],
    sealSessionEnd: () => seal('session.ended', { reach: 'whole-session' }),
  });
  return refuse('passkey/suspended', toDetail(reason));
}
