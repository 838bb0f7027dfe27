// Whoever took over a session can bind a passkey of their own (WA-20). For a day it opens what its session opens, and decides nothing that keeps the true person out.

import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { EndedPasskey, Passkey } from './passkey.ts';

export const settledPasskeyMs = dayMs;

export type HeldPasskeys = { readonly alive: readonly Passkey[]; readonly ended: readonly EndedPasskey[] };

/**
 * A day old at `at`, or the person's oldest: then nobody else's was there before. One that has ended was there too, or whoever removes the older ones would hold the
 * oldest; only what a recovery ended is out of the count, because the person came back with what they hold now.
 */
export function isSettled({ alive, ended }: HeldPasskeys, passkeyId: string | null, at: Millis): boolean {
  const held = alive.find(({ id }) => id === passkeyId);
  const counted = [...alive, ...ended.filter(({ endReason }) => endReason !== 'recovered')];
  const oldest = Math.min(...counted.map(({ createdAt }) => createdAt));
  return held !== undefined && (held.createdAt === oldest || at - held.createdAt >= settledPasskeyMs);
}
