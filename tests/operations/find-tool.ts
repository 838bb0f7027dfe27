// Programs that a machine may have or not. Where one is missing, what it would have tried is not collected and is named at the end of the run.

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportNotCollected } from '../support/not-collected.ts';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Its path. Debian keeps servers where only root looks. */
export function findTool(name: string, what: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'].filter((folder) => !folder.includes('node_modules'));
  const found = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (found === undefined) {
    reportNotCollected(what, `no ${name} was found`);
  }
  return found;
}

/** The tests where there is such a program; otherwise one test that knows why there are none. */
export function describeWithTool(name: string, program: string | undefined, tests: (program: string) => void): void {
  describe(`${name}`, () => {
    it('is here, or its absence was reported', () => {
      expect(program === undefined || program.startsWith('/')).toBe(true);
    });
    if (program !== undefined) {
      tests(program);
    }
  });
}
