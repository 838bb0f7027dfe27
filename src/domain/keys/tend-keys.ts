// What time itself does to the keys: a key that has signed for its whole life is rotated, and the log is told of keys that are gone. Looked at each minute
// by every node; of several one does it.

import type { Millis } from '../kernel/clock.ts';
import { sealEvent } from '../ledger/event.ts';
import { findKey } from './key-set.ts';
import type { KeySet } from './key-set.ts';
import type { KeyNeeds } from './needs.ts';
import { rotateKeys, toRotatableAt } from './rotate-keys.ts';
import { isPublished, tokenAlgorithms } from './token-key.ts';

export type TendingNeeds = KeyNeeds & {
  /** How long a key signs before it is rotated. */
  readonly lifeMs: Millis;
};

/** When the keys are rotated by themselves; undefined where none signs yet. */
export function findNextRotation(set: KeySet, lifeMs: Millis): Millis | undefined {
  const begun = tokenAlgorithms.map((alg) => findKey(set, alg, 'active')?.activeAt ?? undefined).filter((at) => at !== undefined);
  return begun.length === 0 ? undefined : Math.max(Math.min(...begun) + lifeMs, toRotatableAt(set));
}

async function tellOfGone(needs: TendingNeeds, set: KeySet): Promise<number> {
  const now = needs.clock.now();
  const gone = set.keys.filter((key) => key.retiredAt === null && !isPublished(key, now));
  for (const { kid, alg } of gone) {
    const event = sealEvent(needs, {
      type: 'key.retired',
      personRef: null,
      actor: needs.actor,
      actedBy: null,
      payload: { alg, retired: kid },
    });
    await needs.keys.saveRetired(kid, now, event);
  }
  return gone.length;
}

/** How much it did. */
export async function tendKeys(needs: TendingNeeds): Promise<number> {
  const set = await needs.keys.readKeys();
  const dueAt = findNextRotation(set, needs.lifeMs);
  if (dueAt === undefined || needs.clock.now() < dueAt) {
    return tellOfGone(needs, set);
  }
  const rotated = await rotateKeys(needs, 'ordinary');
  return (rotated.ok ? 1 : 0) + (await tellOfGone(needs, set));
}
