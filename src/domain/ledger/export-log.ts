// The whole log as JSON Lines for the offline verifier: a header with the checkpoint, then one canonical line for each entry.
// Holds bodies and salts: who may take it is decided, and recorded, by the caller.

import { toCanonicalJson } from '../kernel/canonical.ts';
import { toPersonMask } from './event.ts';
import type { Entry, LedgerStore } from './store.ts';

export type ExportNeeds = { readonly store: Pick<LedgerStore, 'findCheckpoint' | 'readEntries'> };

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

/** Yields whole lines. Nothing when the log was never sequenced. */
export async function* exportLog(needs: ExportNeeds, asked: ExportAsked): AsyncGenerator<string> {
  const head = await needs.store.findCheckpoint();
  if (head === undefined) {
    return;
  }
  yield `${toCanonicalJson({ format: 'huwiya-log/1', log: asked.log, checkpoint: head.text, kept: asked.kept })}\n`;
  for (let from = 0; from < head.size; from += batchSize) {
    const entries = await needs.store.readEntries(from, Math.min(from + batchSize, head.size));
    yield entries.map(toLine).join('');
  }
}
