// Entries as the pack opens them: each line is an entry file of its own, that any verifier of entries can check alone.

import { toCanonicalJson } from '../../kernel/canonical.ts';
import type { Json } from '../../kernel/canonical.ts';
import { toLeafBytes, toPersonMask } from '../../ledger/event.ts';
import type { Entry } from '../../ledger/store.ts';
import { getInclusionPath } from '../../ledger/tiles.ts';
import type { TileReader } from '../../ledger/tiles.ts';

/** What was erased cannot be opened; the tree still holds its leaf. */
export type OpenEntry = Entry & { readonly salt: string };

export function isOpen(entry: Entry): entry is OpenEntry {
  return entry.salt !== null;
}

export type EntryPlace = { readonly size: number; readonly checkpoint: string; readonly log: string };

const toText = (hash: Uint8Array): string => Buffer.from(hash).toString('base64url');

export async function toEntryLine(ledger: TileReader, entry: OpenEntry, { size, checkpoint, log }: EntryPlace): Promise<string> {
  const { id, index, body, salt, personRef, commitment } = entry;
  const path = await getInclusionPath(ledger, index, size);
  const file: Json = {
    format: 'huwiya-entry/1',
    entry: { id, index, body, salt, person: toPersonMask({ salt, personRef }), commitment },
    proof: { index, size, path: path.map(toText) },
    checkpoint,
    log,
  };
  return `${toCanonicalJson(file)}\n`;
}

/** The very bytes under the hash of the leaf; their index follows from the line. */
export function toLeafLine(entry: Entry): string {
  return `${Buffer.from(toLeafBytes(entry)).toString()}\n`;
}
