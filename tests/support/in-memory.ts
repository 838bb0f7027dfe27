// Tests make worlds by the hundred, and each commit in one of them waits for the disk. Where the machine has memory to spare, what a run makes lives there until it ends.

import { accessSync, constants, mkdirSync, readFileSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';
const prefix = 'huwiya-tests-';
const neededBytes = 2 * 1024 ** 3;

/** A container's own is often too small, or no program may run from it. */
function isRoomy(): boolean {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    const mount = readFileSync('/proc/mounts', 'utf8').match(/^\S+ \/dev\/shm .*$/m)?.[0] ?? 'noexec';
    return bavail * bsize > neededBytes && !/\bnoexec\b/.test(mount);
  } catch {
    return false;
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

/** Of runs that were killed. */
function removeLeftovers(): void {
  const left = readdirSync(memory).filter((name) => name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length))));
  left.forEach((name) => rmSync(join(memory, name), { recursive: true, force: true }));
}

const folder = join(memory, `${prefix}${process.pid}`);

/** A folder for temporary files that was named from outside stays. */
export function setup(): void {
  if (process.env['TMPDIR'] === undefined && isRoomy()) {
    removeLeftovers();
    mkdirSync(folder, { mode: 0o755 });
    process.env['TMPDIR'] = folder;
  }
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
