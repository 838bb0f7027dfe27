// Where a backup is made into a database again to be looked at: unsealed, so not where the backup goes, which may be another machine.

import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '../../config/config.ts';

const prefix = 'huwiya-check-';
const madeBy = /^huwiya-check-(\d+)-/;

export const toCheckFile = (folder: string): string => join(folder, 'check.db');

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** What a run that was killed left. Others may write among the temporary files: theirs is not ours to remove. */
function removeLeft(parent: string): void {
  readdirSync(parent)
    .filter((name) => madeBy.test(name) && !isRunning(Number(madeBy.exec(name)?.[1])))
    .map((name) => join(parent, name))
    .filter((folder) => lstatSync(folder).uid === process.getuid?.())
    .forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** Fresh, and its owner's alone (0700): beside the live database, which tells no less, or among the temporary files of this machine. */
export function createCheckFolder(database: Database): string {
  const parent = database.kind === 'sqlite' ? dirname(database.path) : tmpdir();
  removeLeft(parent);
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}
