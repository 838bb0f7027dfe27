// Whether a file is a backup that belongs here: its first line, then every byte of it. Nothing of it is used before.

import type { Parts } from '../../app.ts';
import { readMigrations } from '../../storage/migrate.ts';
import { compareInstallation } from '../check-installation.ts';
import { isUnreadable } from '../files/read-file.ts';
import { findHeader, isWhole, toBackupKey } from './envelope.ts';
import type { OpenedBackup } from './fill.ts';
import { findManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export type Opened = { readonly ok: true; readonly backup: OpenedBackup } | { readonly ok: false; readonly problems: readonly string[] };

const refuse = (...problems: readonly string[]): Opened => ({ ok: false, problems });

function findHeaderOf(file: string): string | undefined {
  try {
    return findHeader(file);
  } catch (error) {
    if (isUnreadable(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Migrations have the same numbers and names for both databases. */
function isKnownSchema({ migration }: Manifest, { config }: Pick<Parts, 'config'>): boolean {
  const known = readMigrations(config.database.kind === 'sqlite' ? 'sqlite' : 'postgres');
  return known[migration.number - 1]?.name === migration.name;
}

export async function openBackup(parts: Pick<Parts, 'config' | 'keys'>, file: string): Promise<Opened> {
  const header = findHeaderOf(file);
  if (header === undefined) {
    return refuse('cannot be read, or is no backup');
  }
  const manifest = findManifest(header);
  if (manifest === undefined) {
    return refuse('is no backup of this kind, or its first line was changed');
  }
  const foreign = compareInstallation(manifest.facts, parts);
  if (foreign.length > 0) {
    return refuse(...foreign.map(({ setting, problem, fix }) => `does not fit: ${setting} ${problem}. ${fix}`));
  }
  if (!isKnownSchema(manifest, parts)) {
    return refuse(`was written by version ${manifest.version}, whose database this version does not know`);
  }
  const sealed = { header, key: toBackupKey(parts.keys.data, manifest.salt) };
  return (await isWhole(file, sealed))
    ? { ok: true, backup: { file, manifest, sealed } }
    : refuse('is damaged or cut off: not one byte of it was used');
}
