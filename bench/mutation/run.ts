// `npm run mutation -- [folder or file …]`: changes the code of the log and of the verifier in one place at a time, and sees whether a test notices.
// Files that the same tests meet together, so that what is known of them stays when the next are stopped; what has not changed since is not tried again.
// `-- --table` only prints the table.

import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { findTests } from './met-by.ts';

const tool = 'bench/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
const folders = ['src/domain/ledger', 'src/verifier'] as const;
const place = 'var/mutation';
const settingsSchema = z.record(z.string(), z.unknown());
const mutantsSchema = z.object({ mutants: z.array(z.object({ status: z.string() })) });
const reportSchema = z.object({ files: z.record(z.string(), mutantsSchema) });
const wholeSchema = z.object({ files: z.record(z.string(), z.unknown()) });

type Counts = { readonly killed: number; readonly late: number; readonly survived: number; readonly untested: number };

const nothing: Counts = { killed: 0, late: 0, survived: 0, untested: 0 };

const toName = (file: string): string => `${place}/${file.replaceAll('/', '-').slice(0, 150)}`;

/** Files that the same tests meet are tried together. */
async function tryMutants(files: readonly string[], tests: readonly string[]): Promise<void> {
  const name = toName(files.join('+'));
  const settings = {
    ...settingsSchema.parse(JSON.parse(readFileSync('bench/mutation/stryker.json', 'utf8'))),
    mutate: files,
    vitest: { configFile: resolve(`${name}-tests.mjs`), related: false },
    tempDirName: `${name}-sandbox`,
    incrementalFile: `${name}-known.json`,
    jsonReporter: { fileName: `${name}.json` },
  };
  mkdirSync(place, { recursive: true });
  // `fresh.ts` sees to it that a mutant of what a file does when it is loaded is noticed too.
  const test = { include: tests, testTimeout: 120_000, isolate: false, setupFiles: [resolve('bench/mutation/fresh.ts')] };
  writeFileSync(`${name}-tests.mjs`, `export default ${JSON.stringify({ test })};\n`);
  writeFileSync(`${name}-settings.json`, JSON.stringify(settings));
  const child = spawn('nice', ['-n', '15', process.execPath, tool, 'run', `${name}-settings.json`], { stdio: 'inherit' });
  const code = await new Promise((done) => child.on('close', done));
  if (code === 0) {
    const report = wholeSchema.parse(JSON.parse(readFileSync(`${name}.json`, 'utf8')));
    files.forEach((file) => writeFileSync(`${toName(file)}.json`, JSON.stringify({ files: { [file]: report.files[file] } })));
  }
}

function findCounts(file: string): Counts | undefined {
  const report = `${toName(file)}.json`;
  if (!existsSync(report)) {
    return undefined;
  }
  const { files } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (asked: string): number => statuses.filter((status) => status === asked).length;
  return { killed: count('Killed'), late: count('Timeout'), survived: count('Survived'), untested: count('NoCoverage') };
}

function add(one: Counts, other: Counts): Counts {
  return {
    killed: one.killed + other.killed,
    late: one.late + other.late,
    survived: one.survived + other.survived,
    untested: one.untested + other.untested,
  };
}

function toRow(name: string, { killed, late, survived, untested }: Counts): string {
  const all = killed + late + survived + untested;
  const share = all === 0 ? '–' : `${((100 * (killed + late)) / all).toFixed(1)} %`;
  return `| \`${name}\` | ${all} | ${killed} | ${late} | ${survived} | ${untested} | ${share} |`;
}

function printTable(): void {
  console.log(
    '| File | Mutants | Killed | Ran on for ever | Survived | Reached by no test | Share noticed |\n| --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const folder of folders) {
    let sum = nothing;
    for (const file of globSync(`${folder}/*.ts`).toSorted()) {
      const counts = findCounts(file);
      if (counts !== undefined) {
        sum = add(sum, counts);
        console.log(toRow(file, counts));
      }
    }
    console.log(toRow(`${folder}/`, sum));
  }
}

const asked = process.argv.slice(2);
if (!asked.includes('--table')) {
  const chosen = asked.length === 0 ? [...folders] : asked;
  const files = chosen.flatMap((each) => (each.endsWith('.ts') ? [each] : globSync(`${each}/*.ts`).toSorted()));
  for (const [tests, group] of Map.groupBy(files, (file) => findTests(file).join(' '))) {
    await tryMutants(group, tests.split(' '));
  }
}
printTable();
