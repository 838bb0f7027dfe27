// One entry with its proof as a file, for the separate verifier. Like a receipt it opens one entry of the log and nothing else.

import type { EntryView } from './view-entry.ts';

export type EntryFile = {
  readonly format: 'huwiya-entry/1';
  readonly entry: {
    readonly id: string;
    readonly index: number;
    /** The very bytes under the commitment. */
    readonly body: string;
    /** `null` once erased. */
    readonly salt: string | null;
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

/** `undefined` when the log cannot prove the entry. */
export function findEntryFile(view: EntryView, log: string): EntryFile | undefined {
  const { entry, person, proof, checkpoint } = view;
  if (proof === null || checkpoint === null) {
    return undefined;
  }
  const { id, index, body, salt, commitment } = entry;
  return { format: 'huwiya-entry/1', entry: { id, index, body, salt, person, commitment }, proof, checkpoint: checkpoint.text, log };
}
