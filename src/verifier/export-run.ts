// Entries that follow one another without a fault, judged without knowing what came before them: so that several threads can judge a log at once.

import { createErasures } from './erasures.ts';
import type { Erasures } from './erasures.ts';
import { countErasure, findEntryFault } from './export-entry.ts';
import { findEntry } from './export-form.ts';
import type { ExportEntry } from './export-form.ts';
import { toLines } from './lines.ts';
import type { Block } from './lines.ts';
import { hashEntry, hashSize } from './tree.ts';
import type { TreeHash } from './tree.ts';

export type Run = {
  /** Index of the first entry; the others follow it one by one. */
  readonly from: number;
  readonly erasures: Erasures;
  /** One behind the other. */
  readonly leaves: string;
};

/** May say nothing of a block, of which then whoever asked judges each line. */
export type FindRun = (block: Block) => Promise<Run | undefined>;

export function* toLeaves({ leaves }: Run): Generator<TreeHash> {
  for (let from = 0; from < leaves.length; from += hashSize) {
    yield leaves.slice(from, from + hashSize);
  }
}

/** Undefined where anything is wrong with any line, and where there is none. */
export function findRun(block: Block): Run | undefined {
  const entries: ExportEntry[] = [];
  for (const line of toLines(block)) {
    const entry = findEntry(line);
    if (entry === undefined || findEntryFault(entry) !== undefined) {
      return undefined;
    }
    entries.push(entry);
  }
  const [first] = entries;
  if (first === undefined || entries.some(({ index }, place) => index !== first.index + place)) {
    return undefined;
  }
  const leaves = entries.map(({ id, commitment }) => hashEntry(id, commitment)).join('');
  const erasures = createErasures();
  entries.forEach((entry) => {
    countErasure(erasures, entry, true);
  });
  return { from: first.index, erasures, leaves };
}
