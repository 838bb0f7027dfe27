// How far the log went, as far as anybody still knows: checkpoints that were kept elsewhere, and the newest of the database that is replaced.

import type { Parts } from '../../app.ts';
import type { Database } from '../../config/config.ts';
import { parseCheckpoint } from '../../domain/ledger/checkpoint.ts';
import type { Checkpoint } from '../../domain/ledger/checkpoint.ts';
import { toVerifier } from '../../domain/ledger/signed-note.ts';
import { openStorage } from '../../storage/open-storage.ts';
import { findFileText } from '../files/read-file.ts';
import { findLostHead } from '../check-witnessed.ts';
import { readTrusted, sequenceLog, toHeldSigners } from '../sequence-log.ts';

export type KnownCheckpoint = Checkpoint & { readonly text: string; readonly from: string };

type Read = { readonly ok: true; readonly known: readonly KnownCheckpoint[] } | { readonly ok: false; readonly problem: string };

export function readKept(parts: Pick<Parts, 'config' | 'keys'>, files: readonly string[]): Read {
  const trusted = toHeldSigners(parts).map((signer) => toVerifier(signer));
  const known: KnownCheckpoint[] = [];
  for (const file of files) {
    const text = findFileText(file);
    const parsed = text === undefined ? undefined : parseCheckpoint(text, trusted);
    if (text === undefined || parsed === undefined) {
      return { ok: false, problem: `${file}: cannot be read` };
    }
    if (!parsed.ok) {
      return { ok: false, problem: `${file}: is not a checkpoint of this log (${parsed.detail})` };
    }
    known.push({ ...parsed.value, text, from: file });
  }
  return { ok: true, known };
}

/** What the database that is to go says last; undefined where it can no longer say it. Numbers what it has committed first, so that nothing is overlooked. */
export async function findReplaced(parts: Pick<Parts, 'config' | 'keys'>, database: Database): Promise<KnownCheckpoint | undefined> {
  try {
    const storage = openStorage(database);
    try {
      if (!(await storage.health.hasMigrations())) {
        return undefined;
      }
      // Of a copy that lost what was witnessed nothing more is signed; what it signed before is known all the same.
      const isOld = (await findLostHead({ ...parts, storage })) !== undefined;
      if (!isOld && (await sequenceLog({ ...parts, storage })) !== undefined) {
        return undefined;
      }
      const text = (await storage.ledger.findCheckpoint())?.text ?? '';
      const parsed = parseCheckpoint(text, await readTrusted({ ...parts, storage }));
      return parsed.ok ? { ...parsed.value, text, from: 'the database that is replaced' } : undefined;
    } finally {
      await storage.close();
    }
  } catch {
    // It may be damaged beyond opening: that is why it is replaced.
    return undefined;
  }
}

export function findNewest(known: readonly KnownCheckpoint[]): KnownCheckpoint | undefined {
  return known.toSorted((a, b) => b.size - a.size)[0];
}
