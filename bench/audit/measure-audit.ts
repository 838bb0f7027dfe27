// `npm run bench -- audit …`: what auditors wait for. `projection`: making facts; `enlarge`: a log many times as long as that of a made-up country;
// `proofs`: that an entry is in it and that it only grew; `questions`: the saved questions and pages of entries over such a log; `beside`: sign-ins while an auditor asks.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeMigratedFile } from '../../tests/support/migrated-file.ts';
import { measureBeside } from './ask-beside.ts';
import { measureQuestions } from './ask-country.ts';
import { enlargeLog } from './enlarge-log.ts';
import { measureProofs } from './measure-proofs.ts';
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

type Given = readonly string[];

const measures: ReadonlyMap<string, (given: Given) => unknown> = new Map([
  ['enlarge', ([from = '', to = '', times = '10']: Given): unknown => enlargeLog({ from, to, times: Number(times) })],
  [
    'questions',
    ([folder = '', count = '100', ...numbers]: Given): unknown =>
      measureQuestions(folder, { count: Number(count), numbers: numbers.map(Number) }),
  ],
  ['proofs', ([folder = '', count = '1000']: Given): unknown => measureProofs(folder, Number(count))],
  [
    'beside',
    ([folder = '', rounds = '3', seconds = '20', perSecond = '50', apart = '0']: Given): unknown =>
      measureBeside({ folder, rounds: Number(rounds), seconds: Number(seconds), perSecond: Number(perSecond), apart: Number(apart) }),
  ],
]);

export async function measureAudit([what = '', ...given]: Given): Promise<void> {
  const measure = measures.get(what) ?? projectAlone;
  await measure(given);
}
