// One reading of the log in batches: each entry by itself, its place, the tree of hashes as stored, and the roots along the way.
// Two trees are followed from the first difference on, one from the stored tiles and one from the entries: the signed roots say which is right.

import { checkEntry, isErased } from './check-entry.ts';
import { addAccounts, addErased, findAccount, isSameAccount, nothingErased } from './erasure-account.ts';
import type { Account } from './erasure-account.ts';
import { toLeafHash } from './event.ts';
import { createFrontier } from './frontier.ts';
import type { Frontier, FullSubtree } from './frontier.ts';
import { addFault, addNotice } from './log-report.ts';
import type { Findings } from './log-report.ts';
import { isSameHash } from './merkle.ts';
import type { Hash } from './merkle.ts';
import type { Entry } from './store.ts';
import { comparePoint } from './verify-checkpoints.ts';
import type { Agreement, WatchPoint } from './verify-checkpoints.ts';

/** The clocks of several nodes and the time between sealing and numbering. */
const timeTolerance = 600_000;

/** More than are listed. Whoever changed a million rows is found out all the same, without a million in memory. */
const mostHeld = 10_000;

type Mismatch = { readonly index: number; readonly id: string; readonly computed: Hash; readonly stored: Hash };

const toKey = (hash: Hash): string => Buffer.from(hash).toString('hex');

export type Reading = {
  readonly findings: Findings;
  readonly agreement: Agreement;
  /** From the stored tiles, where there are any. */
  readonly fromTiles: Frontier;
  /** Subtrees of whole tiles that were completed by the last batch. */
  readonly completed: FullSubtree[];
  /** From the entries; only once the two differ. */
  fromEntries: Frontier | undefined;
  readonly mismatches: Mismatch[];
  /** Leaf hashes, in hexadecimal, of the tree at indexes that no entry has. */
  readonly vacancies: Map<string, number>;
  erased: Account;
  /** Of which entries say so that are proven themselves. */
  accounted: Account;
  lastAt: number;
};

const unread = { erased: nothingErased, accounted: nothingErased, lastAt: 0 };

export function createReading(findings: Findings): Reading {
  const completed: FullSubtree[] = [];
  const fromTiles = createFrontier((subtree) => {
    if (subtree.height > 0 && subtree.height % 8 === 0) {
      completed.push(subtree);
    }
  });
  const agreement = { lastSize: 0, lastKept: 0, isApart: false };
  return { findings, agreement, fromTiles, completed, fromEntries: undefined, mismatches: [], vacancies: new Map(), ...unread };
}

export type Batch = {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
  /** The leaf hash at an index according to the tiles. */
  readonly findStoredHash: (index: number) => Hash | undefined;
  readonly points: readonly WatchPoint[];
};

export function readBatch(reading: Reading, batch: Batch): void {
  const rows = Map.groupBy(batch.entries, (entry) => entry.index);
  const points = Map.groupBy(batch.points, (point) => point.size);
  for (let index = batch.from; index < batch.to; index += 1) {
    const [entry, ...more] = rows.get(index) ?? [];
    for (const each of more) {
      addFault(reading.findings, { code: 'index-duplicate', index, id: each.id, detail: 'another entry has this index' });
    }
    readPlace(reading, { index, entry, stored: batch.findStoredHash(index) });
    comparePoints(reading, points.get(index + 1) ?? []);
  }
}

export function comparePoints(reading: Reading, points: readonly WatchPoint[]): void {
  if (points.length > 0) {
    const roots = [reading.fromTiles, reading.fromEntries].flatMap((tree) => (tree === undefined ? [] : [tree.root()]));
    for (const point of points) {
      comparePoint(reading.findings, reading.agreement, { point, roots });
    }
  }
}

type Place = { readonly index: number; readonly entry: Entry | undefined; readonly stored: Hash | undefined };

function readPlace(reading: Reading, { index, entry, stored }: Place): void {
  if (entry === undefined) {
    addFault(reading.findings, { code: 'index-gap', index, id: null, detail: 'no entry has this index' });
    holdVacancy(reading, index, stored);
    // The tree's own hash stands in, so that what follows can still be checked.
    pushHashes(reading, stored ?? new Uint8Array(32), undefined);
    return;
  }
  readEntry(reading, entry);
  const computed = toLeafHash(entry);
  if (stored !== undefined && !isSameHash(stored, computed)) {
    holdMismatch(reading, { index, id: entry.id, computed, stored });
  } else if (Buffer.from(computed).toString('base64url') !== entry.leafHash) {
    addFault(reading.findings, { code: 'leaf-mismatch', index, id: entry.id, detail: 'the column of the leaf hash was changed' });
  }
  pushHashes(reading, stored ?? computed, computed);
}

function holdVacancy({ vacancies }: Reading, index: number, stored: Hash | undefined): void {
  if (stored !== undefined && vacancies.size < mostHeld) {
    vacancies.set(toKey(stored), index);
  }
}

function holdMismatch({ findings, mismatches }: Reading, found: Mismatch): void {
  if (mismatches.length < mostHeld) {
    mismatches.push(found);
  } else {
    findings.isCut = true;
  }
}

function readEntry(reading: Reading, entry: Entry): void {
  const faults = checkEntry(entry);
  for (const fault of faults) {
    addFault(reading.findings, { ...fault, index: entry.index, id: entry.id });
  }
  if (isErased(entry)) {
    reading.erased = addErased(reading.erased, entry.id);
  } else if (entry.type === 'person.secrets_destroyed' && faults.length === 0) {
    reading.accounted = addAccounts(reading.accounted, findAccount(entry.body) ?? nothingErased);
  }
  if (entry.at < reading.lastAt - timeTolerance) {
    addNotice(reading.findings, entry);
  }
  reading.lastAt = entry.at;
}

function pushHashes(reading: Reading, stored: Hash, computed: Hash | undefined): void {
  const other = computed ?? stored;
  if (reading.fromEntries === undefined && !isSameHash(stored, other)) {
    reading.fromEntries = reading.fromTiles.fork();
  }
  reading.fromTiles.push(stored);
  reading.fromEntries?.push(other);
}

/** Whatever cannot be opened was destroyed by an act that the log tells of, or in spite of it. */
export function judgeErasures({ findings, erased, accounted }: Reading): void {
  if (!isSameAccount(erased, accounted)) {
    const others = erased.count === accounted.count ? ', and for others than these' : '';
    const detail = `${erased.count} entries are erased; those that say so account for ${accounted.count}${others}`;
    addFault(findings, { code: 'erasure-unaccounted', index: null, id: null, detail });
  }
}

/** Says of each difference between entry and tree which of them is wrong. `signedRoot` is the root of the newest checkpoint. */
export function judgeMismatches(reading: Reading, signedRoot: Hash | undefined): void {
  const areEntriesRight =
    signedRoot !== undefined && reading.fromEntries !== undefined && isSameHash(reading.fromEntries.root(), signedRoot);
  const places = new Map([...reading.vacancies, ...reading.mismatches.map((each) => [toKey(each.stored), each.index] as const)]);
  for (const { index, id, computed } of reading.mismatches) {
    const home = places.get(toKey(computed));
    if (areEntriesRight) {
      addFault(reading.findings, { code: 'tile-mismatch', index, id, detail: 'the stored leaf hash differs from the entry' });
    } else if (home === undefined) {
      addFault(reading.findings, { code: 'leaf-mismatch', index, id, detail: 'the tree has another leaf at this index' });
    } else {
      addFault(reading.findings, { code: 'order', index, id, detail: `this entry belongs at index ${home}` });
    }
  }
}
