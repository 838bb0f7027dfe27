// The thread of `nightly.ts`: verifies the whole log over a connection of its own, says what it found, and ends.

import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { Fault, getValue } from './domain/kernel/errors.ts';
import { findTrusted } from './domain/ledger/key-chain.ts';
import { parseVerifier } from './domain/ledger/signed-note.ts';
import { verifyLog } from './domain/ledger/verify-log.ts';
import type { WholeVerification } from './domain/ledger/whole-verification.ts';
import { openStorage } from './storage/open-storage.ts';

/** A tenth of the time of whoever shares the core with it. */
const nicer = 10;
const mostNice = 19;

type Found = Pick<WholeVerification, 'size' | 'root' | 'faults' | 'firstFault'>;

const given = z.object({
  database: z.union([
    z.object({ kind: z.literal('sqlite'), path: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  held: z.array(z.string()),
  kept: z.array(z.string()),
});

const { database, held, kept } = given.parse(workerData);

// On Linux each thread has a priority of its own (setpriority(2)), elsewhere the whole process has one.
if (process.platform === 'linux') {
  setPriority(Math.min(mostNice, getPriority() + nicer));
}

const storage = openStorage(database);

async function verify(): Promise<Found> {
  const keys = held.map((text) => getValue(parseVerifier(text)));
  const trusted = getValue(findTrusted(keys, await storage.ledger.readKeyChanges()));
  const { size, root, faults } = await verifyLog({ store: storage.ledger, trusted }, { kept });
  return { size, root, faults: faults.length, firstFault: faults[0]?.code ?? null };
}

/** A database that does not answer says nothing of the log, so the night stays open. Whatever else a reading stumbles over is no whole log. */
async function judge(): Promise<Found> {
  const head = await storage.ledger.findCheckpoint();
  return verify().catch((thrown: unknown): Found => {
    if (thrown instanceof Fault && thrown.code.startsWith('store/')) {
      throw thrown;
    }
    return { size: head?.size ?? 0, root: head?.root ?? null, faults: 1, firstFault: 'ledger/broken' };
  });
}

try {
  parentPort?.postMessage(await judge());
} finally {
  await storage.close();
}
