// Verifies the whole log as it lies in the store, believing nothing but the keys it is given. Reads only; says everything it finds.

import type { TrustedKey } from './checkpoint.ts';
import { createFindings, addFault } from './log-report.ts';
import type { Findings, LogFault, LogReport } from './log-report.ts';
import { emptyRoot, isSameHash } from './merkle.ts';
import type { Hash } from './merkle.ts';
import type { LedgerStore, StoredCheckpoint } from './store.ts';
import { tileWidth, toHashes } from './tiles.ts';
import { findStoredPoint, toKeptPoints } from './verify-checkpoints.ts';
import type { WatchPoint } from './verify-checkpoints.ts';
import { comparePoints, createReading, judgeErasures, judgeMismatches, readBatch } from './verify-entries.ts';
import type { Reading } from './verify-entries.ts';

export type VerifyNeeds = {
  readonly store: LedgerStore;
  /** The keys of the log, also retired ones. */
  readonly trusted: readonly TrustedKey[];
  readonly progress?: (done: number, total: number) => void;
};

export type VerifyAsked = {
  /** Texts of checkpoints that were kept elsewhere. */
  readonly kept: readonly string[];
};

/** A multiple of the width of a tile. */
const batchSize = 4 * tileWidth;

/** The last entries that no checkpoint covers: there may be as many as the log has. It grows meanwhile, so the newest checkpoint is asked for after the rows. */
async function checkBeyond(needs: VerifyNeeds, findings: Findings, size: number): Promise<void> {
  const { entries, next } = await needs.store.queryEntries({}, { order: 'newest-first', after: null, limit: batchSize });
  const rows = entries.filter((row) => row.index >= size);
  const covered = rows.length === 0 ? size : ((await needs.store.findCheckpoint())?.size ?? 0);
  findings.isCut ||= next !== null && next > covered;
  for (const { index, id } of rows.filter((row) => row.index >= covered)) {
    addFault(findings, { code: 'beyond-checkpoint', index, id, detail: `the newest checkpoint covers ${covered} entries` });
  }
}

async function readStoredHashes(needs: VerifyNeeds, from: number, to: number): Promise<(index: number) => Hash | undefined> {
  const rows = new Map<number, readonly Hash[]>();
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index += 1) {
    const tile = await needs.store.readTile(0, index);
    rows.set(index, tile === undefined ? [] : toHashes(tile));
  }
  return (index) => rows.get(Math.floor(index / tileWidth))?.[index % tileWidth];
}

/** Compares the tiles above the lowest, which repeat what those below them say. */
async function checkUpperTiles(needs: VerifyNeeds, reading: Reading): Promise<void> {
  for (const { height, position, hash } of reading.completed.splice(0)) {
    const level = height / 8;
    const tile = await needs.store.readTile(level, Math.floor(position / tileWidth));
    const stored = tile === undefined ? undefined : toHashes(tile)[position % tileWidth];
    if (stored === undefined || !isSameHash(stored, hash)) {
      const detail = `the tile at level ${level} differs from those below it`;
      addFault(reading.findings, { code: 'tile-mismatch', index: position * 2 ** height, id: null, detail });
    }
  }
}

type Extent = { readonly from: number; readonly to: number };

async function readPoints(needs: VerifyNeeds, findings: Findings, { from, to }: Extent): Promise<readonly WatchPoint[]> {
  const stored = await needs.store.readCheckpoints(from, to - from);
  return stored
    .filter((each) => each.size <= to)
    .map((each) => findStoredPoint(findings, each, needs.trusted))
    .filter((point) => point !== undefined);
}

async function readLog(
  needs: VerifyNeeds,
  reading: Reading,
  asked: { readonly size: number; readonly kept: readonly WatchPoint[] },
): Promise<number> {
  const first = await readPoints(needs, reading.findings, { from: -1, to: 0 });
  comparePoints(reading, [...first, ...asked.kept.filter((point) => point.size === 0)]);
  let checkpoints = first.length;
  for (let from = 0; from < asked.size; from += batchSize) {
    const to = Math.min(from + batchSize, asked.size);
    const stored = await readPoints(needs, reading.findings, { from, to });
    const kept = asked.kept.filter((point) => point.size > from && point.size <= to);
    const findStoredHash = await readStoredHashes(needs, from, to);
    const entries = await needs.store.readEntries(from, to);
    readBatch(reading, { from, to, entries, findStoredHash, points: [...stored, ...kept] });
    await checkUpperTiles(needs, reading);
    checkpoints += stored.length;
    needs.progress?.(to, asked.size);
  }
  return checkpoints;
}

function toRootOf(head: StoredCheckpoint | undefined): Hash | undefined {
  return head === undefined ? undefined : Buffer.from(head.root, 'base64url');
}

const byIndex = (a: LogFault, b: LogFault): number => (a.index ?? -1) - (b.index ?? -1);

async function verifyOnce(needs: VerifyNeeds, asked: VerifyAsked): Promise<LogReport> {
  const findings = createFindings();
  const reading = createReading(findings);
  const head = await needs.store.findCheckpoint();
  const size = head?.size ?? 0;
  const kept = toKeptPoints(findings, { texts: asked.kept, trusted: needs.trusted, size });
  const checkpoints = await readLog(needs, reading, { size, kept });
  judgeMismatches(reading, toRootOf(head) ?? emptyRoot);
  judgeErasures(reading);
  await checkBeyond(needs, findings, size);
  if (head === undefined && findings.faults.some((fault) => fault.code === 'beyond-checkpoint')) {
    addFault(findings, { code: 'checkpoint-missing', index: null, id: null, detail: 'there are entries and no checkpoint' });
  }
  const erased = reading.erased.count;
  const { faults, notices, isCut } = findings;
  return { size, root: head?.root ?? null, checkpoints, erased, faults: faults.toSorted(byIndex), notices, isCut };
}

const mostReadings = 3;

/** Read again where people were erased while it was read: the entries that account for it then lie beyond what was read. */
export async function verifyLog(needs: VerifyNeeds, asked: VerifyAsked): Promise<LogReport> {
  for (let reading = 1; ; reading += 1) {
    const report = await verifyOnce(needs, asked);
    const isUnaccounted = report.faults.some(({ code }) => code === 'erasure-unaccounted');
    const hasGrown = isUnaccounted && ((await needs.store.findCheckpoint())?.size ?? 0) > report.size;
    if (!hasGrown || reading === mostReadings) {
      return report;
    }
  }
}
