// A quick look at the end of the log: the newest checkpoint, the tree it signs as the tiles have it, and the last entries.
// Not a proof that the log is whole, which only verify-log.ts gives: what lies further back is not read.

import type { TrustedKey } from './checkpoint.ts';
import { checkEntry } from './check-entry.ts';
import { toLeafHash } from './event.ts';
import { addFault, createFindings } from './log-report.ts';
import type { Findings, LogFault } from './log-report.ts';
import { isSameHash } from './merkle.ts';
import type { Entry, LedgerStore, StoredCheckpoint } from './store.ts';
import { getRoot, tileWidth, toHashes } from './tiles.ts';
import { findStoredPoint } from './verify-checkpoints.ts';

export type TailNeeds = {
  readonly store: Pick<LedgerStore, 'findCheckpoint' | 'readEntries' | 'readTile'>;
  readonly trusted: readonly TrustedKey[];
};

type TailStore = Pick<LedgerStore, 'readEntries' | 'readTile'>;

export type TailReport = { readonly checkpoint: StoredCheckpoint | undefined; readonly read: number; readonly faults: readonly LogFault[] };

async function checkRoot({ store }: TailNeeds, findings: Findings, head: StoredCheckpoint): Promise<void> {
  const root = await getRoot(store, head.size);
  if (!isSameHash(root, Buffer.from(head.root, 'base64url'))) {
    addFault(findings, {
      code: 'root-mismatch',
      index: null,
      id: null,
      detail: 'the stored tiles have another root than the newest checkpoint',
    });
  }
}

async function isHashedAt(store: TailStore, entry: Entry): Promise<boolean> {
  const tile = await store.readTile(0, Math.floor(entry.index / tileWidth));
  const stored = tile === undefined ? undefined : toHashes(tile)[entry.index % tileWidth];
  return stored !== undefined && isSameHash(stored, toLeafHash(entry));
}

async function checkPlace(store: TailStore, findings: Findings, entry: Entry): Promise<void> {
  const { index, id } = entry;
  checkEntry(entry).forEach((fault) => addFault(findings, { ...fault, index, id }));
  if (!(await isHashedAt(store, entry))) {
    addFault(findings, { code: 'leaf-mismatch', index, id, detail: 'the tree has another leaf at this index' });
  }
}

/** Reads at most `length` entries. Throws a Fault when a tile of the tree is not there. */
export async function verifyTail(needs: TailNeeds, length: number): Promise<TailReport> {
  const findings = createFindings();
  const head = await needs.store.findCheckpoint();
  if (head === undefined || findStoredPoint(findings, head, needs.trusted) === undefined) {
    return { checkpoint: head, read: 0, faults: findings.faults };
  }
  await checkRoot(needs, findings, head);
  const read = await readTail(needs.store, findings, { from: Math.max(0, head.size - length), to: head.size });
  return { checkpoint: head, read, faults: findings.faults };
}

type Stretch = { readonly from: number; readonly to: number };

/** How many entries of the stretch there are. */
async function readTail(store: TailStore, findings: Findings, { from, to }: Stretch): Promise<number> {
  const entries = await store.readEntries(from, to);
  const missing = Array.from({ length: to - from }, (_, place) => from + place).find((index, place) => entries[place]?.index !== index);
  if (missing !== undefined) {
    addFault(findings, { code: 'index-gap', index: missing, id: null, detail: 'an entry is missing or stands twice' });
  }
  for (const entry of entries) {
    await checkPlace(store, findings, entry);
  }
  return entries.length;
}

/** Whether each of these entries is there, is whole by itself, and is the one that was hashed into the tree at its index. */
export async function isTailWhole(store: TailStore, stretch: Stretch): Promise<boolean> {
  const findings = createFindings();
  await readTail(store, findings, stretch);
  return findings.faults.length === 0;
}
