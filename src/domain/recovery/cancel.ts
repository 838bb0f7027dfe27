// No. By the link in a letter, or with a passkey in a session that is open. Each is final for the recovery that it ends.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isToken, toDigest } from '../kernel/ids.ts';
import { isSettled } from '../passkeys/settled.ts';
import type { RecoveryNeeds } from './needs.ts';
import type { Recovery } from './recovery.ts';
import { sealRecovery } from './seal.ts';

type CancelNeeds = Pick<RecoveryNeeds, 'clock' | 'random' | 'recoveries'>;

/** Undefined for every link that cancels nothing. Reading changes nothing: a scanner of mail cancels nobody's recovery (EN-12). */
export async function findByLink(needs: CancelNeeds, token: string): Promise<Recovery | undefined> {
  return isToken(token) ? needs.recoveries.findByCancel(toDigest(token), needs.clock.now()) : undefined;
}

async function end(needs: CancelNeeds, recovery: Recovery, reason: 'link' | 'passkey'): Promise<Outcome<Recovery, 'recovery/over'>> {
  const actor = reason === 'passkey' ? ({ kind: 'person', ref: null } as const) : undefined;
  const event = sealRecovery(needs, { ...recovery, type: 'recovery.cancelled', reason, ...(actor && { actor }) });
  const isEnded = await needs.recoveries.saveEnd({ recoveryId: recovery.id, state: 'cancelled', reason, at: event.at, event });
  return isEnded ? succeed(recovery) : refuse('recovery/over', 'it ended before');
}

export async function cancelByLink(needs: CancelNeeds, token: string): Promise<Outcome<Recovery, 'recovery/over'>> {
  const recovery = await findByLink(needs, token);
  return recovery === undefined ? refuse('recovery/over', 'the link stands for nothing open') : end(needs, recovery, 'link');
}

export type CancelAsked = { readonly personId: string; readonly passkeyId: string | null; readonly recoveryId: string };

export async function cancelWithPasskey(
  needs: CancelNeeds & Pick<RecoveryNeeds, 'passkeys'>,
  { personId, passkeyId, recoveryId }: CancelAsked,
): Promise<Outcome<Recovery, 'recovery/over' | 'recovery/passkey-too-new'>> {
  const now = needs.clock.now();
  const recovery = (await needs.recoveries.listOpen(personId, now)).find(({ id }) => id === recoveryId);
  if (recovery === undefined) {
    return refuse('recovery/over', 'nothing of this person is open');
  }
  const passkeys = { alive: await needs.passkeys.listPasskeys(personId), ended: await needs.passkeys.listEndedPasskeys(personId) };
  return isSettled(passkeys, passkeyId, now) ? end(needs, recovery, 'passkey') : refuse('recovery/passkey-too-new', 'younger than a day');
}
