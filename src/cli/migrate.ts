// `huwiya migrate`

import { systemClock } from '../domain/kernel/clock.ts';
import type { ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';
import { standardOut, withParts } from './with-parts.ts';

export async function runMigrate(asked: { readonly config: string | undefined; readonly json: boolean }): Promise<ExitCode> {
  return withParts({ file: asked.config, allowsPending: true }, async ({ storage }) => {
    const applied = await storage.migrate(systemClock);
    if (asked.json) {
      printJson(standardOut, { applied });
    } else {
      applied.forEach((name) => printLine(standardOut, `applied ${name}`));
      printLine(standardOut, applied.length === 0 ? 'nothing to apply' : `${applied.length} applied`);
    }
    return 0;
  });
}
