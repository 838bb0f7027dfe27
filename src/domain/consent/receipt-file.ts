// The file a person keeps. It holds no value of personal data and no name; what it opens is one entry of the log and nothing else.

import { toPersonMask } from '../ledger/event.ts';
import type { EntryProof } from '../ledger/prove-entry.ts';
import type { Receipt } from './store.ts';

export type ReceiptFile = {
  readonly format: 'huwiya-receipt/1';
  /** Compact JWS over the record. */
  readonly receipt: string;
  readonly keys: { readonly keys: readonly object[] };
  readonly entry: {
    readonly id: string;
    readonly index: number;
    readonly body: string;
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

export type ReceiptKeys = { readonly keys: { readonly keys: readonly object[] }; readonly log: string };

export function toReceiptFile(receipt: Receipt, { entry, proof, checkpoint }: EntryProof, trusted: ReceiptKeys): ReceiptFile {
  const { salt, personRef } = entry;
  return {
    format: 'huwiya-receipt/1',
    receipt: receipt.jws,
    keys: trusted.keys,
    entry: {
      id: entry.id,
      index: entry.index,
      body: entry.body,
      salt,
      person: salt === null ? null : toPersonMask({ salt, personRef }),
      commitment: entry.commitment,
    },
    proof,
    checkpoint: checkpoint.text,
    log: trusted.log,
  };
}
