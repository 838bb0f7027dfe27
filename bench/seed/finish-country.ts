// What is left to do once the years are over: letters of those years count as sent, and what has long been dead is removed, as a node would
// have done meanwhile, and every entry becomes a fact for the questions of auditors.

import { topics } from '../../src/domain/outbox/message.ts';
import type { Storage } from '../../src/storage/open-storage.ts';

const atOnce = 1000;

/** How many letters there were; nothing is sent to anybody. */
async function writeOffLetters({ outbox }: Pick<Storage, 'outbox'>, now: number, round: number): Promise<number> {
  const lease = { leaseId: `written off ${round}`, now, until: now + 60_000, topics, most: atOnce, mostPerRecipient: atOnce };
  const leased = await outbox.lease(lease);
  const next = { state: 'sent', removeAt: 0 } as const;
  await Promise.all(leased.map(async (message) => outbox.settle({ message, at: now, next, events: [] })));
  return leased.length;
}

/** Entries that one act turns into facts: nobody signs in meanwhile, and what an act has read it need not look up again. */
const factsTogether = 4000;

async function projectAll({ facts }: Pick<Storage, 'facts'>, progress: (done: number) => void): Promise<void> {
  for (let added = 1; added > 0;) {
    const projected = await facts.projectFacts(factsTogether);
    added = projected.added;
    progress(projected.size);
  }
}

/** `progress` is told of entries that have become facts. */
export async function finishCountry(
  storage: Pick<Storage, 'facts' | 'outbox' | 'removeExpired'>,
  progress: (done: number) => void,
): Promise<void> {
  const now = Date.now();
  for (let round = 0; (await writeOffLetters(storage, now, round)) > 0; round += 1) {
    // Until none waits.
  }
  while ((await storage.removeExpired(now)) > 0) {
    // Until nothing is left of it.
  }
  await projectAll(storage, progress);
}
