import { Fault } from '../kernel/errors.ts';
import { toState } from './limit.ts';
import type { LimitRule, LimitState, Subject } from './limit.ts';
import { toLocalCounts, toStoredCount } from './needs.ts';
import type { LimitNeeds } from './needs.ts';

/** Counts a try before anybody looks at the code. MUST be asked for every code: where the store cannot count, its fault leaves here (RX-07). */
export async function takeTry(needs: LimitNeeds, rule: LimitRule, subjects: readonly Subject[]): Promise<LimitState> {
  const counts = toLocalCounts(needs, rule, subjects);
  const now = needs.clock.now();
  const waits = await needs.store.count(
    counts.map((count) => toStoredCount(needs, count)),
    now,
  );
  counts.forEach((count, index) => {
    const wait = waits[index] ?? 0;
    if (wait > 0) {
      needs.local.close(count, now + wait);
    }
  });
  return toState(waits);
}

/** The code was right: a try that succeeds is not counted. Where that cannot be written, it counts, which keeps nobody from anything. */
export async function giveBackTry(needs: LimitNeeds, rule: LimitRule, subjects: readonly Subject[]): Promise<void> {
  const counts = toLocalCounts(needs, rule, subjects).map((count) => toStoredCount(needs, count));
  try {
    await needs.store.giveBack(counts);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) {
      throw thrown;
    }
  }
}
