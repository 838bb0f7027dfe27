import { toState } from './limit.ts';
import type { LimitRule, LimitState, Subject } from './limit.ts';
import { toLocalCounts } from './needs.ts';
import type { LimitNeeds } from './needs.ts';

/** What this node knows, without a query: it is asked on every path, also where all goes well. The node hears from the store with the first failure it counts. */
export function findState(needs: Omit<LimitNeeds, 'store' | 'key'>, rule: LimitRule, subjects: readonly Subject[]): LimitState {
  const now = needs.clock.now();
  return toState(toLocalCounts(needs, rule, subjects).map((count) => needs.local.findWait(count, now)));
}
