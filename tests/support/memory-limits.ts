// The port of limits in memory, for the arithmetic of many tries.

import type { LimitsStore } from '../../src/domain/limits/store.ts';
import { createLocalLimits } from '../../src/domain/limits/local-limits.ts';

export function createMemoryLimits(): LimitsStore {
  const counts = createLocalLimits();
  return {
    count: async (asked, now) => asked.map((count) => counts.count(count, now)),
    giveBack: async (asked) => asked.forEach((count) => counts.giveBack(count, 0)),
  };
}
