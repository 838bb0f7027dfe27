// `npm run bench -- audit proofs FOLDER`: how long a proof takes to make and to check on a long log, and what the tree takes beside its entries (AL-22).

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { hashSize } from '../../src/domain/ledger/merkle.ts';
import { isConsistent, isIncluded } from '../../src/domain/ledger/merkle-verify.ts';
import { getConsistencyPath, getInclusionPath, getRoot, tileWidth } from '../../src/domain/ledger/tiles.ts';
import type { LedgerStore } from '../../src/domain/ledger/store.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { toRank } from '../at-rate.ts';

const toPlace = (turn: number, size: number): number => Math.floor(((turn * 0.618_034) % 1) * size);

type Log = { readonly ledger: LedgerStore; readonly size: number; readonly root: Uint8Array };

/** Milliseconds; `isRight`: the proof was checked and holds. */
type Proven = { readonly made: number; readonly checked: number; readonly isRight: boolean; readonly hashes: number };

async function proveEntry({ ledger, root, size }: Log, turn: number): Promise<Proven> {
  const index = toPlace(turn, size);
  const begun = performance.now();
  const [entry] = await ledger.readEntries(index, index + 1);
  const path = await getInclusionPath(ledger, index, size);
  const made = performance.now();
  const isRight = isIncluded({ leafHash: Buffer.from(entry?.leafHash ?? '', 'base64url'), index, size, path, root });
  return { made: made - begun, checked: performance.now() - made, isRight, hashes: path.length };
}

async function proveGrowth({ ledger, root, size }: Log, turn: number): Promise<Proven> {
  const first = 1 + toPlace(turn, size - 1);
  const earlier = await getRoot(ledger, first);
  const begun = performance.now();
  const path = await getConsistencyPath(ledger, first, size);
  const made = performance.now();
  const isRight = isConsistent({ first: { size: first, root: earlier }, second: { size, root }, path });
  return { made: made - begun, checked: performance.now() - made, isRight, hashes: path.length };
}

const rank = (times: readonly number[], share: number): string => toRank(times, share).toFixed(2).padStart(8);

/** The 99th percentile of making one, in milliseconds. */
async function measure(name: string, count: number, prove: (turn: number) => Promise<Proven>): Promise<number> {
  const proofs: Proven[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    proofs.push(await prove(turn));
  }
  if (!proofs.every(({ isRight }) => isRight)) {
    throw new Error(`a proof of ${name} does not hold`);
  }
  const [made, checked] = [proofs.map((each) => each.made), proofs.map((each) => each.checked)];
  const longest = Math.max(...proofs.map(({ hashes }) => hashes));
  console.log(
    `| ${name.padEnd(12)} | ${[rank(made, 0.5), rank(made, 0.99), rank(checked, 0.5), rank(checked, 0.99), String(longest)].join(' | ')} |`,
  );
  return toRank(made, 0.99);
}

/** Hashes that the tiles of every level hold, full ones and the edge. */
function countHashes(size: number): number {
  let hashes = 0;
  for (let count = size; count > 0; count = Math.floor(count / tileWidth)) {
    hashes += count;
  }
  return hashes;
}

export type ProofTimes = { readonly size: number; readonly inclusion: number; readonly consistency: number };

export async function measureProofs(folder: string, count: number): Promise<ProofTimes> {
  const file = join(folder, 'huwiya.db');
  const storage = openStorage({ kind: 'sqlite', path: file });
  const { ledger } = storage;
  const { root = '', size = 0 } = (await ledger.findCheckpoint()) ?? {};
  const log = { ledger, size, root: Buffer.from(root, 'base64url') };
  console.log(`${size} entries; ${count} proofs of each kind, one after the other, each checked\n`);
  console.log('| proof        | median ms |  p99 ms | checked, median | checked, p99 | most hashes |');
  console.log('| ------------ | -------: | -------: | -------: | -------: | -------: |');
  const inclusion = await measure('inclusion', count, async (turn) => proveEntry(log, turn));
  const consistency = await measure('consistency', count, async (turn) => proveGrowth(log, turn));
  const tree = countHashes(size) * hashSize;
  console.log(
    `\nhashes of the tree: ${(tree / size).toFixed(2)} bytes an entry; the whole file: ${(statSync(file).size / size).toFixed(0)}`,
  );
  await storage.close();
  return { size, inclusion, consistency };
}
