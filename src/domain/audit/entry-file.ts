// One entry with its proof as a file, for the separate verifier. Like a receipt it opens one entry of the log and nothing else.

import type { EntryView } from './view-entry.ts';

export type EntryFile = {
  readonly format: 'huwiya-entry/1';
  readonly entry: {
    readonly id: string;
    readonly index: number;
    /** The very bytes under the commitment. */
    readonly body: string;
    readonly salt: string;
    /** The mask of the person in this entry; it is the same in no other. */
    readonly person: string | null;
    readonly commitment: string;
  };
  readonly proof: { readonly index: number; readonly size: number; readonly path: readonly string[] };
  /** C2SP signed note. */
  readonly checkpoint: string;
  /** The log's verifier key as text. */
  readonly log: string;
};

/** `undefined` when the log cannot prove the entry, or when what opens it was erased: a file without it could say anything. */
export function findEntryFile(view: EntryView, log: string): EntryFile | undefined {
  const { entry, person, proof, checkpoint } = view;
  const { id, index, body, salt, commitment } = entry;
  if (proof === null || checkpoint === null || salt === null) {
    return undefined;
  }
  return { format: 'huwiya-entry/1', entry: { id, index, body, salt, person, commitment }, proof, checkpoint: checkpoint.text, log };
}
