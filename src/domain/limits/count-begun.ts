// What is begun counts until it comes to its end, so that only what was left lying stays counted: in memory, with no query and no row for those who finish.

import { toState } from './limit.ts';
import type { Count, LimitRule, LimitState, Subject } from './limit.ts';
import { toLocalCounts } from './needs.ts';
import type { LimitNeeds } from './needs.ts';

type LocalNeeds = Omit<LimitNeeds, 'store' | 'key'>;

export type Begun = {
  readonly rule: LimitRule;
  readonly subjects: readonly Subject[];
  /** What it is a part of, by a name that comes again at its end: a request, or the page of a ceremony. */
  readonly occasion: string;
};

const toName = ({ rule, occasion }: Begun): string => `${rule}\n${occasion}`;

/** What finds no room under one subject is begun under none. */
export function countBegun(needs: LocalNeeds, begun: Begun): LimitState {
  const now = needs.clock.now();
  const tried = toLocalCounts(needs, begun.rule, begun.subjects).map((count) => ({ count, wait: needs.local.count(count, now) }));
  const counted: readonly Count[] = tried.filter(({ wait }) => wait === 0).map(({ count }) => count);
  const state = toState(tried.map(({ wait }) => wait));
  if (state.isOpen) {
    needs.local.note(toName(begun), counted);
  } else {
    counted.forEach((count) => needs.local.giveBack(count, now));
  }
  return state;
}

/** `last`: an answer came, and the rest of it is still open. */
type Reach = 'last' | 'all';

/** What was begun for it on this node; where another node began it, one, as that node gives back what was begun here: over many the numbers agree. */
export function countFinished(needs: LocalNeeds, begun: Begun, reach: Reach = 'all'): void {
  const now = needs.clock.now();
  const counts = needs.local.takeNoted(toName(begun), reach) ?? toLocalCounts(needs, begun.rule, begun.subjects);
  counts.forEach((count) => needs.local.giveBack(count, now));
}
