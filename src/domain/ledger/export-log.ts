// The whole log as JSON Lines for the offline verifier: a header with the checkpoint, then one canonical line for each entry.
// Holds bodies and salts: who may take it is decided, and recorded, by the caller.

import { toCanonicalJson } from '../kernel/canonical.ts';
import { addAccounts, addErased, findAccount, isSameAccount, nothingErased } from './erasure-account.ts';
import { toPersonMask } from './event.ts';
import type { Entry, LedgerStore } from './store.ts';

export type ExportNeeds = {
  readonly store: Pick<LedgerStore, 'findCheckpoint' | 'readEntries'>;
  /** Numbers what was committed meanwhile. */
  readonly sequence: () => Promise<unknown>;
  readonly progress?: (done: number, total: number) => void;
};

export type ExportAsked = {
  /** The public key of the log, as `toVerifierText` writes it. */
  readonly log: string;
  /** Texts of older checkpoints to travel along; each narrows the place of a fault. */
  readonly kept: readonly string[];
};

const batchSize = 1000;

function toLine(entry: Entry): string {
  const { index, id, type, at, service, purpose, attributes, body, salt, commitment } = entry;
  const person = salt === null ? null : toPersonMask({ salt, personRef: entry.personRef });
  return `${toCanonicalJson({ index, id, type, at, service, purpose, attributes, body, salt, person, commitment })}\n`;
}

/** What was found erased, and what the log says was. */
type Tally = { erased: typeof nothingErased; accounted: typeof nothingErased; size: number };

function count(tally: Tally, entry: Entry): void {
  if (entry.salt === null) {
    tally.erased = addErased(tally.erased, entry.id);
  } else if (entry.type === 'person.secrets_destroyed') {
    tally.accounted = addAccounts(tally.accounted, findAccount(entry.body) ?? nothingErased);
  }
}

/** Yields whole lines. Nothing when the log was never sequenced. */
async function* readLines({ store, progress }: ExportNeeds, asked: ExportAsked, tally: Tally): AsyncGenerator<string> {
  const head = await store.findCheckpoint();
  if (head === undefined) {
    return;
  }
  tally.size = head.size;
  yield `${toCanonicalJson({ format: 'huwiya-log/1', log: asked.log, checkpoint: head.text, kept: asked.kept })}\n`;
  for (let from = 0; from < head.size; from += batchSize) {
    const to = Math.min(from + batchSize, head.size);
    const entries = await store.readEntries(from, to);
    for (const entry of entries) {
      count(tally, entry);
    }
    yield entries.map(toLine).join('');
    progress?.(to, head.size);
  }
}

const mostReadings = 3;

/**
 * Hands `write` the lines of the log, from the first. Calls it again, up to three times, where people were erased while it read: the entries that account for it then
 * lie beyond what was read, and the file would accuse a log that is whole. What is unaccounted in a log that stands still is written as it is: it is evidence.
 */
export async function exportLog(
  needs: ExportNeeds,
  asked: ExportAsked,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  for (let reading = 1; ; reading += 1) {
    const tally: Tally = { erased: nothingErased, accounted: nothingErased, size: 0 };
    await write(readLines(needs, asked, tally));
    if (isSameAccount(tally.erased, tally.accounted) || reading === mostReadings) {
      return;
    }
    await needs.sequence();
    if (((await needs.store.findCheckpoint())?.size ?? 0) === tally.size) {
      return;
    }
  }
}
