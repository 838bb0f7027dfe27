// The port that storage implements for limits.

import type { Millis } from '../kernel/clock.ts';
import type { Count } from './limit.ts';

export type LimitsStore = {
  /**
   * Counts once under each key that has room. For each, in their order: 0 where it was counted, else how long until there is room. What has none is not
   * counted, so that whoever goes on trying does not wait longer. MUST be one conditional statement for each: no two callers share the last room.
   */
  readonly count: (counts: readonly Count[], now: Millis) => Promise<readonly Millis[]>;
  /** What was counted under each key once, counts no longer. */
  readonly giveBack: (counts: readonly Count[]) => Promise<void>;
};
