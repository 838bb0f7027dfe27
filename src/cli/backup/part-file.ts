// A backup before it is accepted: beside its place, under a name of its own, so that what a run which was killed left is in nobody's way.

import { closeSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

const ending = /^\.part-[0-9a-f]{16}$/;

export const toPartName = (file: string): string => `${file}.part-${randomBytes(8).toString('hex')}`;

/** Where `file` stands, no other attempt at it can be accepted any more. */
function removeParts(file: string): void {
  const [folder, name] = [dirname(file), basename(file)];
  readdirSync(folder)
    .filter((other) => other.startsWith(name) && ending.test(other.slice(name.length)))
    .forEach((part) => rmSync(join(folder, part), { force: true }));
}

/** Never over another file, and durable under its name. False where another run was first. */
export function placePart(part: string, file: string): boolean {
  try {
    linkSync(part, file);
  } catch (error) {
    if (existsSync(file)) {
      return false;
    }
    throw error;
  }
  removeParts(file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return true;
}
