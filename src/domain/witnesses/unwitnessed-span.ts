// Since when nobody outside has seen what the log says: from the first checkpoint after the newest witnessed one.

import type { Millis } from '../kernel/clock.ts';
import type { LedgerStore } from '../ledger/store.ts';
import type { WitnessedCheckpoint, Witnessing } from './witnessing.ts';

/** AL-23. */
export const alarmAfterMs: Millis = 600_000;

export type UnwitnessedSpan = {
  readonly witnessed: WitnessedCheckpoint | undefined;
  /** Entries that no witnessed checkpoint covers. */
  readonly entries: number;
  /** `null` when everything signed is witnessed. */
  readonly since: Millis | null;
  readonly isAlarming: boolean;
};

export type SpanNeeds = {
  readonly witnessing: Pick<Witnessing, 'findWitnessed'>;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint' | 'readCheckpoints'>;
};

export async function findUnwitnessedSpan({ witnessing, ledger }: SpanNeeds, now: Millis): Promise<UnwitnessedSpan> {
  const witnessed = await witnessing.findWitnessed(0);
  const size = witnessed?.size ?? -1;
  const [first] = await ledger.readCheckpoints(size, 1);
  const head = (await ledger.findCheckpoint())?.size ?? 0;
  const since = first?.at ?? null;
  return { witnessed, entries: Math.max(0, head - Math.max(0, size)), since, isAlarming: since !== null && now - since >= alarmAfterMs };
}
