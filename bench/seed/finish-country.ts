// What is left to do once the years are over: letters of those years count as sent, and what has long been dead is removed, as a node would
// have done meanwhile, and every entry becomes a fact for the questions of auditors.

import { projectionLimit } from '../../src/domain/audit/facts.ts';
import { topics } from '../../src/domain/outbox/message.ts';
import type { Storage } from '../../src/storage/open-storage.ts';

const atOnce = 100;

/** How many letters there were; nothing is sent to anybody. */
async function writeOffLetters({ outbox }: Pick<Storage, 'outbox'>, now: number, round: number): Promise<number> {
  const lease = { leaseId: `written off ${round}`, now, until: now + 60_000, topics, most: atOnce, mostPerRecipient: atOnce };
  const leased = await outbox.lease(lease);
  const next = { state: 'sent', removeAt: 0 } as const;
  await Promise.all(leased.map(async (message) => outbox.settle({ message, at: now, next, events: [] })));
  return leased.length;
}

/** The embedded database makes one commit of acts that wait together. */
const actsTogether = 16;

async function projectAll({ facts }: Pick<Storage, 'facts'>, progress: (done: number) => void): Promise<void> {
  for (let least = 1; least > 0;) {
    const acts = Array.from({ length: actsTogether }, async () => facts.projectFacts(projectionLimit));
    const projected = await Promise.all(acts);
    least = Math.min(...projected.map(({ added }) => added));
    progress(Math.max(...projected.map(({ size }) => size)));
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
