// What an agency owes a person, on the person's pages: the hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';

export type DutyItem = {
  readonly kind: 'withdrawn' | 'narrowed' | 'revoked' | 'invalidated' | 'erasure-requested';
  readonly state: 'open' | 'acknowledged' | 'erased' | 'kept' | 'overdue';
  /** `untold`: it has no receiver. */
  readonly told: { readonly how: 'told'; readonly at: Millis } | { readonly how: 'telling' | 'untold' };
  readonly dueAt: Millis;
  /** Whole days until then; null where the clock no longer runs. */
  readonly daysLeft: number | null;
  readonly answeredAt: Millis | null;
  /** The law, in the agency's words. */
  readonly article: string | null;
};
