import { Fault } from '../kernel/errors.ts';
import { findState } from './find-state.ts';
import { toState } from './limit.ts';
import type { LimitRule, LimitState, Subject } from './limit.ts';
import { toLocalCounts } from './needs.ts';
import type { LimitNeeds } from './needs.ts';
import { takeTry } from './take-try.ts';

/** Counts what failed, for what cannot be guessed anyway: where the store cannot count, this node counts for itself and goes on (RX-07). */
export async function countFailure(needs: LimitNeeds, rule: LimitRule, subjects: readonly Subject[]): Promise<LimitState> {
  const known = findState(needs, rule, subjects);
  if (!known.isOpen) {
    return known;
  }
  try {
    return await takeTry(needs, rule, subjects);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) {
      throw thrown;
    }
    const now = needs.clock.now();
    return toState(toLocalCounts(needs, rule, subjects).map((count) => needs.local.count(count, now)));
  }
}
