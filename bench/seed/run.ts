// `npm run seed`: a made-up country to work on.

import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createProgressBar } from '../../src/cli/print.ts';
import { makeCountry } from './make-country.ts';
import type { Made } from './make-country.ts';
import { createPeople } from './names.ts';

const usage = `npm run seed -- --people N [--years 1] [--last-year 2025] [--seed national-year] [--dir var/seed] [--database postgres://…] [--issuer http://localhost:3000] [--threads ${availableParallelism()}]`;

function toWhole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`--${name} takes a whole number above zero\n${usage}`);
  }
  return value;
}

function parseOptions(given: readonly string[]) {
  const { values } = parseArgs({
    args: [...given],
    options: {
      people: { type: 'string', default: '1000' },
      years: { type: 'string', default: '1' },
      'last-year': { type: 'string', default: '2025' },
      seed: { type: 'string', default: 'national-year' },
      dir: { type: 'string', default: 'var/seed' },
      database: { type: 'string' },
      issuer: { type: 'string' },
      threads: { type: 'string', default: String(availableParallelism()) },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

const toSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

const toRate = (entries: number, milliseconds: number): number => Math.round(entries / (milliseconds / 1000));

function findSomebody(seed: string): string {
  const [somebody] = createPeople(seed, 1);
  return somebody?.id ?? '';
}

function print(seed: string, { entries, plantings, root, settingsFile, spent }: Made): void {
  const lines = [
    ['entries', String(entries)],
    ['root', root],
    ['planted', `${plantings.filter(({ isLawful }) => !isLawful).length} kinds, with an answer key in anomalies.json`],
    [
      'time',
      `${toSeconds(spent.total)} s: founding ${toSeconds(spent.founding)}, history ${toSeconds(spent.history)}, facts and letters ${toSeconds(spent.finishing)}`,
    ],
    [
      'speed',
      `${toRate(entries, spent.total)} entries/s all in all, facts included; ${toRate(entries, spent.history)}/s lived, written and numbered; ${toRate(entries, spent.ledgerCpu)} written and numbered in a second of a core`,
    ],
    [
      'work',
      `threads ${toSeconds(spent.living)} s of a core; main thread ${toSeconds(spent.mainCpu)} s of a core, waiting for writes ${toSeconds(spent.writing)}, numbering ${toSeconds(spent.numbering)}`,
    ],
    ['somebody', `${findSomebody(seed)} is the number of one of its people`],
    ['next', `npx huwiya audit verify --config ${settingsFile}`],
    ['', `npx huwiya serve --config ${settingsFile}`],
  ];
  lines.forEach(([name = '', text = '']) => console.log(`${name.padEnd(10)}${text}`));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  const bar = createProgressBar({ write: (text) => process.stderr.write(text), isTerminal: process.stderr.isTTY === true });
  const made = await makeCountry({
    seed: options.seed,
    people: toWhole('people', options.people),
    years: toWhole('years', options.years),
    lastYear: toWhole('last-year', options['last-year']),
    folder: resolve(options.dir),
    database: options.database,
    issuer: options.issuer,
    threads: toWhole('threads', options.threads),
    progress: (label, done, total) => bar.draw({ label, done, total }),
  });
  bar.end();
  print(options.seed, made);
}

/** What whoever called it can put right. */
function findMistake(thrown: unknown): string | undefined {
  const isOption = thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
  if (isOption) {
    return `${thrown.message}\n${usage}`;
  }
  return thrown instanceof RangeError ? thrown.message : undefined;
}

try {
  await main();
} catch (error) {
  const mistake = findMistake(error);
  if (mistake === undefined) {
    throw error;
  }
  console.error(mistake);
  process.exitCode = 1;
}
