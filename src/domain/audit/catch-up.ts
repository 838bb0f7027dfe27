// Before a question is answered, what was appended before it becomes facts. A result says as of which size of the log it is.

import type { LedgerStore } from '../ledger/store.ts';
import { projectionLimit } from './facts.ts';
import type { FactStore } from './facts.ts';

export type CatchUpNeeds = {
  readonly facts: Pick<FactStore, 'projectFacts' | 'findProjected' | 'findReadable'>;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint'>;
};

/** Rounds that a question waits for; an installation that was filled at once needs more, and says so by its size. */
const patientRounds = 40;

/** Entries with a lower index than the result have their fact; never more than the newest checkpoint covers. */
export async function makeFacts(needs: CatchUpNeeds): Promise<number> {
  const covered = (await needs.ledger.findCheckpoint())?.size ?? 0;
  let size = await needs.facts.findProjected();
  for (let round = 0; size < covered && round < patientRounds; round += 1) {
    const projected = await needs.facts.projectFacts(projectionLimit);
    size = projected.size;
  }
  return Math.min(size, covered);
}

/** The same, of facts where questions are read: a copy of the database may be behind. */
export async function catchUp(needs: CatchUpNeeds): Promise<number> {
  const size = await makeFacts(needs);
  return Math.min(size, await needs.facts.findReadable(size));
}
