// What a restored log says about it. Where entries are lost, their places are filled with marks before anything is signed: the first checkpoint after the
// loss is larger than every one that is known to have been given out, so that this log never signs two different trees of one size.

import type { toSigning } from '../sequence-log.ts';
import { systemClock } from '../../domain/kernel/clock.ts';
import { systemRandom } from '../../domain/kernel/ids.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import type { SealedEvent } from '../../domain/ledger/event.ts';
import { sequenceWhole } from '../../domain/ledger/sequence.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import type { Storage } from '../../storage/open-storage.ts';
import type { Draw } from './fill.ts';
import type { KnownCheckpoint } from './known-checkpoints.ts';
import type { Manifest } from './manifest.ts';

const needs = { clock: systemClock, random: systemRandom };
const actor = { kind: 'operator', ref: null } as const;
const marksPerAct = 1000;

export type Loss = { readonly entries: number; readonly reason: string; readonly newest: KnownCheckpoint | undefined };

function toRestored({ at, size, version }: Manifest, loss: Loss | undefined): SealedEvent {
  const known = loss?.newest === undefined ? null : { size: loss.newest.size, root: Buffer.from(loss.newest.root).toString('base64url') };
  const payload = { backup_at: at, backup_size: size, backup_version: version, lost: loss?.entries ?? 0, known };
  return sealEvent(needs, { type: 'log.restored', personRef: null, actor, reason: loss?.reason ?? null, payload });
}

export async function recordRestore(storage: Storage, manifest: Manifest, loss?: Loss): Promise<void> {
  await recordAtOnce({ artefacts: storage.engine, clock: systemClock }, toRestored(manifest, loss));
}

export type LossAsked = {
  readonly storage: Storage;
  readonly manifest: Manifest;
  readonly signing: ReturnType<typeof toSigning>;
  readonly loss: Loss;
  readonly draw: Draw;
};

/** One mark for each lost entry, then the entry that says why; all of it numbered and signed at once. */
export async function recordLoss({ storage, manifest, signing, loss, draw }: LossAsked): Promise<void> {
  for (let done = 0; done < loss.entries; done += marksPerAct) {
    const count = Math.min(marksPerAct, loss.entries - done);
    const marks = Array.from({ length: count }, () => sealEvent(needs, { type: 'log.lost', personRef: null, actor }));
    await recordAtOnce({ artefacts: storage.engine, clock: systemClock }, ...marks);
    draw({ label: 'marking what is lost', done, total: loss.entries });
  }
  await recordRestore(storage, manifest, loss);
  await sequenceWhole({ store: storage.ledger, clock: systemClock, ...signing });
}
