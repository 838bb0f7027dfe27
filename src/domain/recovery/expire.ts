import type { RecoveryNeeds } from './needs.ts';
import { toSealEnd } from './seal.ts';

/** No reader relies on it, because every read looks at the time itself: it tells the person and the log. How many; call again while it is not 0. */
export async function expireRecoveries(needs: Pick<RecoveryNeeds, 'clock' | 'random' | 'recoveries'>): Promise<number> {
  return needs.recoveries.expire(needs.clock.now(), toSealEnd(needs));
}
