// What is known to have been signed, against what a backup holds. A log that is put back behind a checkpoint that was given out would have to sign other
// trees of the sizes that it has signed already, so that is refused unless the operator takes the loss upon them, with a reason.

import type { Parts } from '../../app.ts';
import { isOccupied } from '../../storage/restore-target.ts';
import { findNewest, findReplaced, readKept } from './known-checkpoints.ts';
import type { KnownCheckpoint } from './known-checkpoints.ts';
import type { Manifest } from './manifest.ts';
import type { Loss } from './record-restore.ts';
import { refuseStep } from './step.ts';
import type { Step } from './step.ts';

export type CompareAsked = { readonly kept: readonly string[]; readonly isReplacing: boolean; readonly acceptedLoss: string | undefined };

export type Compared = {
  /** Those that the backup reaches, which its log has to agree with. */
  readonly known: readonly KnownCheckpoint[];
  /** What the operator accepted, if they did. */
  readonly loss: Loss | undefined;
};

function describeGap(entries: number, reach: number, newest: KnownCheckpoint | undefined): string {
  const missing = `the backup reaches entry ${reach} and ${newest?.from ?? ''} says ${newest?.size ?? 0}: ${entries} would be lost`;
  return `${missing}. Look for a newer backup; docs/runbooks/restore.md says what --accept-loss REASON means`;
}

const silence =
  'the old database no longer says how far its log went. Give the newest checkpoint that was kept (--kept), or --accept-loss REASON';

type Reached = { readonly known: readonly KnownCheckpoint[]; readonly reach: number; readonly isThere: boolean };

function judge({ known, reach, isThere }: Reached, acceptedLoss: string | undefined): Step<Compared> {
  const newest = findNewest(known);
  const entries = Math.max(0, (newest?.size ?? 0) - reach);
  if (acceptedLoss !== undefined) {
    return { ok: true, value: { known: known.filter(({ size }) => size <= reach), loss: { entries, reason: acceptedLoss, newest } } };
  }
  if (isThere && newest === undefined) {
    return refuseStep(silence);
  }
  return entries > 0 ? refuseStep(describeGap(entries, reach, newest)) : { ok: true, value: { known, loss: undefined } };
}

export async function compareWithKnown(
  parts: Pick<Parts, 'config' | 'keys'>,
  manifest: Manifest,
  { kept, isReplacing, acceptedLoss }: CompareAsked,
): Promise<Step<Compared>> {
  const read = readKept(parts, kept);
  if (!read.ok) {
    return refuseStep(read.problem);
  }
  const isThere = isReplacing && (await isOccupied(parts.config.database));
  const replaced = isThere ? await findReplaced(parts, parts.config.database) : undefined;
  const known = [...read.known, ...(replaced === undefined ? [] : [replaced])];
  return judge({ known, reach: manifest.size + manifest.pending, isThere }, acceptedLoss);
}
