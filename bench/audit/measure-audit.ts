// `npm run bench -- audit …`: what auditors wait for. `projection`: making facts; `enlarge`: a log many times as long as that of a made-up country;
// `questions`: the saved questions and pages of entries over such a log.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeMigratedFile } from '../../tests/support/migrated-file.ts';
import { measureQuestions } from './ask-country.ts';
import { enlargeLog } from './enlarge-log.ts';
import { measureProjection } from './project-log.ts';

async function projectAlone(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-audit-'));
  try {
    const file = join(folder, 'projected.db');
    await placeMigratedFile(file);
    await measureProjection(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function measureAudit([what, ...given]: readonly string[]): Promise<void> {
  const [from = '', to = ''] = given;
  if (what === 'enlarge') {
    enlargeLog({ from, to, times: Number(given[2] ?? 10) });
  } else if (what === 'questions') {
    await measureQuestions(from, { count: Number(given[1] ?? 100), numbers: given.slice(2).map(Number) });
  } else {
    await projectAlone();
  }
}
