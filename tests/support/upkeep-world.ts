// An installation without a node: settings, keys, a database with some entries, and the commands that copy it and bring it back.

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Parts } from '../../src/app.ts';
import { runBackup } from '../../src/cli/backup.ts';
import { loadParts } from '../../src/cli/load-parts.ts';
import { runRestore } from '../../src/cli/restore.ts';
import type { RestoreOptions } from '../../src/cli/restore.ts';
import { sequenceLog } from '../../src/cli/sequence-log.ts';
import { writeSetup } from '../../src/config/write-setup.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';

export type Said = { readonly code: number; readonly out: string; readonly err: string };

export type Installation = {
  readonly folder: string;
  readonly settingsFile: string;
  readonly databaseFile: string;
  /** Opens it, does something, closes it. */
  readonly use: <T>(act: (parts: Parts) => Promise<T>) => Promise<T>;
  /** Adds numbered entries, and yields the newest checkpoint in a file. */
  readonly grow: (count: number) => Promise<string>;
  readonly backup: (file: string) => Promise<Said>;
  readonly restore: (file: string, asked?: Partial<RestoreOptions>) => Promise<Said>;
};

export function createUpkeepFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'huwiya-upkeep-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

async function listen(run: (speech: Parameters<typeof runBackup>[2]) => Promise<number>): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await run({
    out: { write: (text) => ((said.out += text), undefined), isTerminal: false },
    err: { write: (text) => ((said.err += text), undefined), isTerminal: false },
  });
  return { code, ...said };
}

export async function addEntries({ storage }: Parts, count: number): Promise<void> {
  const draft = { type: 'export.created', personRef: null, actor: { kind: 'operator', ref: null } } as const;
  const events = Array.from({ length: count }, () => sealEvent({ clock: systemClock, random: systemRandom }, draft));
  await storage.engine.commit(
    events.map((event) => ({ kind: 'append-event', event })),
    systemClock.now(),
  );
}

export type InstallationAsked = { readonly folder: string; readonly issuer: string; readonly database?: string };

/** Migrated, begun, and empty. */
export async function createInstallation({ folder, issuer, database }: InstallationAsked): Promise<Installation> {
  const written = writeSetup({ issuer, folder });
  const settingsFile = join(folder, 'huwiya.env');
  if (!written.ok) {
    throw new Error(JSON.stringify(written.faults));
  }
  if (database !== undefined) {
    nameDatabase(settingsFile, issuer, database);
  }
  const fresh = await loadParts({ file: settingsFile, allowsPending: true, env: {} });
  if (!fresh.ok) {
    throw new Error(JSON.stringify(fresh.faults));
  }
  await fresh.value.storage.migrate(systemClock);
  await fresh.value.storage.close();
  return toInstallation(folder);
}

export function nameDatabase(settingsFile: string, issuer: string, database: string): void {
  writeFileSync(settingsFile, `HUWIYA_ISSUER=${issuer}\nHUWIYA_KEYS=./keys\nHUWIYA_DATABASE=${database}\n`);
}

export type PlaceAsked = { readonly folder: string; readonly issuer: string; readonly database: string };

/** The keys of an installation in a new folder, with settings and without a database. */
export function createPlaceLike(own: Installation, { folder, issuer, database }: PlaceAsked): Installation {
  const keys = join(folder, 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  readdirSync(join(own.folder, 'keys')).forEach((name) => copyFileSync(join(own.folder, 'keys', name), join(keys, name)));
  nameDatabase(join(folder, 'huwiya.env'), issuer, database);
  return toInstallation(folder);
}

/** What lies in a folder, whatever it is. */
function toInstallation(folder: string): Installation {
  const settingsFile = join(folder, 'huwiya.env');
  const use: Installation['use'] = async (act) => {
    const parts = await loadParts({ file: settingsFile, allowsPending: false, env: {} });
    if (!parts.ok) {
      throw new Error(JSON.stringify(parts.faults));
    }
    try {
      return await act(parts.value);
    } finally {
      await parts.value.storage.close();
    }
  };
  const grow: Installation['grow'] = async (count) =>
    use(async (parts) => {
      await addEntries(parts, count);
      await sequenceLog(parts);
      const newest = await parts.storage.ledger.findCheckpoint();
      const file = join(folder, `checkpoint-${newest?.size ?? 0}.txt`);
      writeFileSync(file, newest?.text ?? '');
      return file;
    });
  return {
    folder,
    settingsFile,
    databaseFile: join(folder, 'huwiya.db'),
    use,
    grow,
    backup: async (file) => listen(async (speech) => use(async (parts) => runBackup(parts, { file, json: false }, speech))),
    restore: async (file, asked = {}) =>
      listen(async (speech) =>
        runRestore({ file, settingsFile, mode: 'into-empty', kept: [], acceptedLoss: undefined, json: false, ...asked }, speech),
      ),
  };
}
