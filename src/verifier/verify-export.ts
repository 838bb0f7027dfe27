// Verifies a whole-log export without a network, in one pass: each entry by itself, the order of all, the roots of every checkpoint at hand.
// Imports nothing of the server. Keeps no entry in memory, so the log may be of any length.

import { findTrustedKeys, toTrust } from './check-proof.ts';
import type { TrustedLog } from './check-proof.ts';
import { findSignedHead } from './checkpoint.ts';
import type { Head } from './checkpoint.ts';
import { addErasures, createErasures, isAccounted } from './erasures.ts';
import type { Erasures } from './erasures.ts';
import { countErasure, findEntryFault } from './export-entry.ts';
import { findEntry, findHeader } from './export-form.ts';
import type { ExportEntry, ExportHeader } from './export-form.ts';
import { addFault, addGap, takeGap, toSortedFaults } from './export-report.ts';
import type { ExportReport, FaultList } from './export-report.ts';
import { toLeaves } from './export-run.ts';
import type { FindRun, Run } from './export-run.ts';
import { behindHeader, cutFirst, findFirst, readBlocks, toLines } from './lines.ts';
import type { Block, Chunks, Line } from './lines.ts';
import type { LogKeys } from './log-keys.ts';
import type { Policy } from './policy.ts';
import { createTree, hashEntry, toTreeHash } from './tree.ts';
import type { GrowingTree } from './tree.ts';
import { findWitnessed } from './witnesses.ts';

export type ExportTrusted = TrustedLog & {
  readonly progress?: (entries: number) => void;
  /** Judges blocks beside this thread; without it every line is judged here. */
  readonly findRun?: FindRun;
};

type Target = { readonly head: Head; readonly code: 'root-mismatch' | 'kept-checkpoint' };

type Pass = {
  readonly faults: FaultList;
  readonly targets: ReadonlyMap<number, readonly Target[]>;
  readonly tree: GrowingTree;
  /** Lines read, with the header. */
  line: number;
  /** The index that comes next. */
  next: number;
  entries: number;
  readonly erasures: Erasures;
  /** Once an entry is missing or out of order, no later root can be computed. */
  isBroken: boolean;
  comparedRoots: number;
  lastGood: number;
};

const entryDetails = {
  'body-not-canonical': 'the body is not in its one canonical form',
  'column-mismatch': 'a member that repeats the body differs from it',
  'commitment-mismatch': 'body, salt and person do not give the commitment',
} as const;

function compareRoots(pass: Pass): void {
  const targets = pass.isBroken ? [] : (pass.targets.get(pass.next) ?? []);
  for (const { head, code } of targets) {
    pass.comparedRoots += 1;
    if (pass.tree.root() === toTreeHash(head.root)) {
      pass.lastGood = pass.next;
    } else {
      const detail = `the checkpoint of size ${head.size} has another root; entries ${pass.lastGood} to ${head.size - 1} are in doubt`;
      addFault(pass.faults, { code, index: Math.min(pass.lastGood, head.size), id: null, line: null, detail });
    }
  }
}

function placeEntry(pass: Pass, { index, id }: ExportEntry): void {
  const place = { index, id, line: pass.line };
  if (index < pass.next) {
    pass.isBroken = true;
    const isLate = takeGap(pass.faults, index);
    addFault(
      pass.faults,
      isLate
        ? { code: 'order', ...place, detail: 'the entry stands after one with a higher index' }
        : { code: 'index-duplicate', ...place, detail: 'an entry with this index was there already' },
    );
    return;
  }
  for (let missing = pass.next; missing < index && missing < pass.next + 1000; missing += 1) {
    pass.isBroken = true;
    addGap(pass.faults, missing);
  }
  pass.next = index + 1;
}

function readEntry(pass: Pass, line: Line): void {
  const entry = findEntry(line);
  pass.entries += 1;
  if (entry === undefined) {
    const detail = 'the line is no entry in canonical form';
    addFault(pass.faults, { code: 'form', index: pass.next, id: null, line: pass.line, detail });
    pass.isBroken = true;
    pass.next += 1;
    return;
  }
  placeEntry(pass, entry);
  const code = findEntryFault(entry);
  if (code !== undefined) {
    addFault(pass.faults, { code, index: entry.index, id: entry.id, line: pass.line, detail: entryDetails[code] });
  }
  countErasure(pass.erasures, entry, code === undefined);
  if (!pass.isBroken) {
    pass.tree.add(hashEntry(entry.id, entry.commitment));
    compareRoots(pass);
  }
}

type Opened = { readonly size: number | null; readonly targets: ReadonlyMap<number, readonly Target[]> };

function openKept(faults: FaultList, texts: readonly string[], keys: LogKeys): readonly Head[] {
  const heads = texts.map((text) => findSignedHead(text, keys));
  if (heads.includes(undefined)) {
    const detail = 'a kept checkpoint is malformed or not signed by the key of the log';
    addFault(faults, { code: 'checkpoint-signature', index: null, id: null, line: null, detail });
  }
  return heads.filter((head) => head !== undefined);
}

const nowhere = { index: null, id: null, line: 1 };

function openHead(faults: FaultList, { checkpoint }: ExportHeader, keys: LogKeys): Head | undefined {
  const head = findSignedHead(checkpoint, keys);
  if (head === undefined) {
    addFault(faults, { code: 'checkpoint-signature', ...nowhere, detail: 'the checkpoint is not signed by the key of the log' });
  }
  return head;
}

function checkWitnesses(faults: FaultList, { checkpoint }: ExportHeader, { keys, policy }: KeysAndPolicy): void {
  const seen = policy && findWitnessed(checkpoint, keys, policy);
  if (seen?.isEnough === false) {
    addFault(faults, { code: 'witnesses', ...nowhere, detail: seen.detail });
  }
}

type KeysAndPolicy = { readonly keys: LogKeys; readonly policy: Policy | undefined };

function openKeys(faults: FaultList, { log }: ExportHeader, trusted: TrustedLog): LogKeys | undefined {
  const keys = findTrustedKeys(trusted, log);
  if (keys === undefined) {
    const { keyHistory, ...rest } = trusted;
    const isHistory = keyHistory !== undefined && findTrustedKeys(rest, log) !== undefined;
    const code = isHistory ? 'key-history' : 'log-key';
    const detail = isHistory ? 'the history of the keys does not lead from the trusted key' : 'the public key of the log is malformed';
    addFault(faults, { code, ...nowhere, detail });
  }
  return keys;
}

/** Checkpoints by size. One that is not signed is a fault and then not compared. */
function openCheckpoints(faults: FaultList, header: ExportHeader, trusted: ExportTrusted): Opened {
  const keys = openKeys(faults, header, trusted);
  if (keys === undefined) {
    return { size: null, targets: new Map() };
  }
  const head = openHead(faults, header, keys);
  const kept = openKept(faults, [...header.kept, ...(trusted.kept ?? [])], keys);
  const targets: Target[] = kept.map((each) => ({ head: each, code: 'kept-checkpoint' }));
  if (head !== undefined) {
    targets.push({ head, code: 'root-mismatch' });
    checkTail(faults, head, kept);
    checkWitnesses(faults, header, { keys, policy: trusted.policy });
  }
  return { size: head?.size ?? null, targets: Map.groupBy(targets, (target) => target.head.size) };
}

/** A log that is shorter than it once was has lost its tail, however well the shorter one is signed. */
function checkTail(faults: FaultList, head: Head, kept: readonly Head[]): void {
  const longest = kept.reduce((size, each) => Math.max(size, each.size), 0);
  if (longest > head.size) {
    const detail = `a kept checkpoint covers ${longest} entries, the checkpoint of the file ${head.size}`;
    addFault(faults, { code: 'tail-missing', index: head.size, id: null, line: null, detail });
  }
}

type Started = { readonly pass: Pass; readonly size: number | null };

function startPass(line: Line | undefined, trusted: ExportTrusted): Started {
  const faults: FaultList = new Map();
  const header = line === undefined ? undefined : findHeader(line);
  if (header === undefined) {
    addFault(faults, { code: 'form', index: null, id: null, line: 1, detail: 'the first line is no header of a log export' });
  }
  const { size, targets }: Opened = header === undefined ? { size: null, targets: new Map() } : openCheckpoints(faults, header, trusted);
  const counts = { line: 1, next: 0, entries: 0, erasures: createErasures(), isBroken: false, comparedRoots: 0, lastGood: 0 };
  const pass: Pass = { faults, targets, tree: createTree(), ...counts };
  compareRoots(pass);
  return { pass, size };
}

function finishPass({ pass, size }: Started): void {
  if (size !== null && pass.next < size) {
    const detail = `the file ends after ${pass.next} entries, its checkpoint covers ${size}`;
    addFault(pass.faults, { code: 'tail-missing', index: pass.next, id: null, line: null, detail });
  }
  if (size !== null && pass.next > size) {
    const detail = `the checkpoint covers ${size} entries, the file has more`;
    addFault(pass.faults, { code: 'beyond-checkpoint', index: size, id: null, line: null, detail });
  }
  if (!isAccounted(pass.erasures)) {
    const { found, said } = pass.erasures;
    const detail = `${found} entries are erased; those that say so account for ${said}${found === said ? ', and for others than these' : ''}`;
    addFault(pass.faults, { code: 'erasure-unaccounted', index: null, id: null, line: null, detail });
  }
}

/** A run that goes on where the log stands; anything else is taken line by line. */
function takeRun(pass: Pass, run: Run): void {
  for (const leaf of toLeaves(run)) {
    pass.tree.add(leaf);
    pass.line += 1;
    pass.entries += 1;
    pass.next += 1;
    compareRoots(pass);
  }
  addErasures(pass.erasures, run.erasures);
}

type Judged = { readonly block: Block; readonly run: Promise<Run | undefined> };

async function takeBlock(pass: Pass, { block, run }: Judged): Promise<void> {
  const found = await run;
  if (found !== undefined && found.from === pass.next && !pass.isBroken) {
    takeRun(pass, found);
    return;
  }
  for (const line of toLines(block)) {
    pass.line += 1;
    readEntry(pass, line);
  }
}

/** Blocks that are judged at once: enough for every thread, and few enough for any memory. */
const mostUnder = 24;

const judgeHere: FindRun = async () => undefined;

async function takeBlocks(pass: Pass, blocks: AsyncIterable<Block>, { findRun = judgeHere, progress }: ExportTrusted): Promise<void> {
  const under: Judged[] = [];
  const takeOldest = async (): Promise<void> => {
    const oldest = under.shift();
    await (oldest && takeBlock(pass, oldest));
    progress?.(pass.entries);
  };
  for await (const block of blocks) {
    under.push({ block, run: findRun(block) });
    while (under.length > (findRun === judgeHere ? 0 : mostUnder)) {
      await takeOldest();
    }
  }
  while (under.length > 0) {
    await takeOldest();
  }
}

async function readExport(chunks: Chunks, trusted: ExportTrusted): Promise<Started> {
  const blocks = readBlocks(chunks);
  const first = await findFirst(blocks);
  if (first === undefined) {
    return startPass(undefined, trusted);
  }
  const [header, others] = cutFirst(first);
  const started = startPass(header, trusted);
  await takeBlocks(started.pass, behindHeader(blocks, others), trusted);
  return started;
}

/** Takes the bytes of the file in chunks of any size. */
export async function verifyExport(chunks: Chunks, trusted: ExportTrusted = {}): Promise<ExportReport> {
  const started = await readExport(chunks, trusted);
  finishPass(started);
  const { entries, erasures, comparedRoots } = started.pass;
  const faults = toSortedFaults(started.pass.faults);
  const trust = { log: toTrust(trusted) };
  return {
    format: 'huwiya-log/1',
    isValid: faults.length === 0,
    trust,
    size: started.size,
    entries,
    erased: erasures.found,
    comparedRoots,
    faults,
  };
}
