// What a pack is checked with, as far as it can bring that itself: every key that the log had, the changes from one to the next, and who outside has seen the log.

import { getValue } from '../../kernel/errors.ts';
import { parseKeyChange } from '../../ledger/key-change.ts';
import { toVerifierText } from '../../ledger/signed-note.ts';
import type { NoteVerifier } from '../../ledger/signed-note.ts';
import type { LedgerStore, StoredCheckpoint } from '../../ledger/store.ts';
import { getConsistencyPath } from '../../ledger/tiles.ts';
import type { PackFile } from './zip.ts';

export type PackKeys = {
  /** Verifier keys of the log, the oldest first. */
  readonly log: readonly string[];
  /** The statements by which one followed the other (ADR-0093). */
  readonly changes: readonly string[];
  readonly receipts: { readonly keys: readonly object[] };
};

/** A checkpoint with the lines of enough witnesses, and the path that shows it to grow from a smaller one. */
export type WitnessProof = Pick<StoredCheckpoint, 'size' | 'text'> & { readonly path: readonly string[] };

export type KeySource = {
  readonly ledger: Pick<LedgerStore, 'readKeyChanges'>;
  /** The key of the log as it is set. */
  readonly logVerifier: NoteVerifier;
  readonly receiptKeys: PackKeys['receipts'];
};

export async function readPackKeys({ ledger, logVerifier, receiptKeys }: KeySource): Promise<PackKeys> {
  const changes = await ledger.readKeyChanges();
  const read = changes.map((text) => getValue(parseKeyChange(text)));
  const log = [...read.slice(0, 1).map(({ from }) => from), ...read.map(({ to }) => to)];
  return { log: (log.length === 0 ? [logVerifier] : log).map((key) => toVerifierText(key)), changes, receipts: receiptKeys };
}

export type WitnessSource = {
  readonly ledger: Pick<LedgerStore, 'readTile'>;
  /** Absent: no witnesses are set. */
  readonly witnessing: { readonly findWitnessed: (minSize: number) => Promise<StoredCheckpoint | undefined> } | undefined;
};

/** The newest that meets the quorum and covers a log of this size. */
export async function findWitnessProof({ ledger, witnessing }: WitnessSource, size: number): Promise<WitnessProof | undefined> {
  const found = await witnessing?.findWitnessed(size);
  if (found === undefined) {
    return undefined;
  }
  const path = found.size === size ? [] : await getConsistencyPath(ledger, size, found.size);
  return { size: found.size, text: found.text, path: path.map((hash) => Buffer.from(hash).toString('base64url')) };
}

const toFile = (name: string, text: string): PackFile => ({ name, bytes: Buffer.from(text) });

export function toKeyFiles({ changes, log, receipts }: PackKeys): readonly PackFile[] {
  const origin = log[0]?.split('+')[0] ?? '';
  const history = { format: 'huwiya-log-keys/1', origin, key: log.at(-1) ?? '', changes };
  return [
    toFile('keys/log.txt', log.map((key) => `${key}\n`).join('')),
    // As /ledger/keys gives it.
    toFile('keys/log-history.json', JSON.stringify(history)),
    toFile('keys/receipts.json', JSON.stringify(receipts)),
  ];
}

export function toWitnessFiles(witnessed: WitnessProof | undefined, size: number): readonly PackFile[] {
  return witnessed === undefined
    ? []
    : [
        toFile('witnesses/checkpoint.txt', witnessed.text),
        toFile('witnesses/consistency.json', JSON.stringify({ first: size, path: witnessed.path, second: witnessed.size })),
      ];
}
