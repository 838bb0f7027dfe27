// Makes an empty database into the one that a backup holds, and looks at the result as a stranger would: believing nothing but the key of the log.

import { systemClock } from '../../domain/kernel/clock.ts';
import type { LogFault } from '../../domain/ledger/log-report.ts';
import type { Parts } from '../../app.ts';
import { keyNow } from '../check-installation.ts';
import { readTrusted } from '../sequence-log.ts';
import { verifyLog } from '../../domain/ledger/verify-log.ts';
import type { Engine } from '../../storage/engine.ts';
import { loadRows } from '../../storage/load-rows.ts';
import { migrate, readMigrations } from '../../storage/migrate.ts';
import { createStorage } from '../../storage/open-storage.ts';
import type { Storage } from '../../storage/open-storage.ts';
import type { Progress } from '../print.ts';
import type { Sealed } from './envelope.ts';
import { readSealed } from './envelope.ts';
import { readGroups } from './lines.ts';
import type { Manifest } from './manifest.ts';

export type Draw = (progress: Progress) => void;

export type OpenedBackup = { readonly file: string; readonly manifest: Manifest; readonly sealed: Sealed };

/** The schema as it was when the backup was written, its rows, and then what has been added to the schema since. */
export async function fillFrom({ file, manifest, sealed }: OpenedBackup, engine: Engine, draw: Draw): Promise<Storage> {
  const known = readMigrations(engine.dialect);
  await migrate(engine, systemClock, known.slice(0, manifest.migration.number));
  let done = 0;
  for await (const group of readGroups(readSealed(file, sealed))) {
    await loadRows(engine, group);
    done += group.rows.length;
    draw({ label: `filling ${group.name}`, done, total: null });
  }
  await migrate(engine, systemClock, known);
  return createStorage(engine);
}

export type LookedAt = {
  readonly storage: Storage;
  readonly manifest: Pick<Manifest, 'checkpoint' | 'facts'>;
  /** Whose keys are to be believed. */
  readonly trusted: Pick<Parts, 'config' | 'keys'>;
  readonly kept: readonly string[];
};

function describeLogFault({ code, index, detail }: LogFault): string {
  return `${code}${index === null ? '' : ` at entry ${index}`}: ${detail}`;
}

/** Everything that stands against the filled database, in words for an operator. */
export async function findRestoredFaults({ storage, manifest, trusted, kept }: LookedAt, draw: Draw): Promise<readonly string[]> {
  const report = await verifyLog(
    {
      store: storage.ledger,
      trusted: await readTrusted({ ...trusted, storage }),
      progress: (done, total) => draw({ label: 'verifying', done, total }),
    },
    { kept: [...kept, ...(manifest.checkpoint === null ? [] : [manifest.checkpoint])] },
  );
  const facts = Object.fromEntries(Object.entries(manifest.facts).filter(([name]) => name !== keyNow));
  const different = await storage.claimInstallation(facts);
  return [
    ...(await storage.health.findDamage('quick')),
    ...different.map((name) => `the backup says another ${name} within than in its first line`),
    ...report.faults.slice(0, 5).map(describeLogFault),
  ];
}
