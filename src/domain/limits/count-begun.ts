// What is begun counts until it comes to its end, so that only what was left lying stays counted: in memory, with no query and no row for those who finish.

import { toState } from './limit.ts';
import type { LimitRule, LimitState, Subject } from './limit.ts';
import { toLocalCounts } from './needs.ts';
import type { LimitNeeds } from './needs.ts';

type LocalNeeds = Omit<LimitNeeds, 'store' | 'key'>;

export function countBegun(needs: LocalNeeds, rule: LimitRule, subjects: readonly Subject[]): LimitState {
  const now = needs.clock.now();
  return toState(toLocalCounts(needs, rule, subjects).map((count) => needs.local.count(count, now)));
}

export function countFinished(needs: LocalNeeds, rule: LimitRule, subjects: readonly Subject[]): void {
  const now = needs.clock.now();
  toLocalCounts(needs, rule, subjects).forEach((count) => needs.local.giveBack(count, now));
}
