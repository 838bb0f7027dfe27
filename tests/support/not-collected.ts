// Tests whose tool is missing (a browser, a PostgreSQL server) are not collected, and are named at the end of the run, so that silence never
// passes for success. Test files call `reportNotCollected`; the run prints what they reported.

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../var/', import.meta.url));
const file = `${folder}not-collected.txt`;

/** Says that `what` did not run because of `why`. */
export function reportNotCollected(what: string, why: string): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(file, `${what}: ${why}\n`);
}

export function setup(): void {
  rmSync(file, { force: true });
}

export function teardown(): void {
  if (!existsSync(file)) {
    return;
  }
  const lines = new Set(readFileSync(file, 'utf8').trim().split('\n'));
  for (const line of [...lines].toSorted()) {
    console.log(`NOT COLLECTED  ${line}`);
  }
}
