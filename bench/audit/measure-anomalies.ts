// `npm run bench -- anomalies [people] [seed …]`: makes a country, asks every rule and every saved question that names anomalies, and holds both against its answer key.

import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAnomalies } from '../../src/domain/audit/anomalies/find-anomalies.ts';
import { findUnsought, scoreFound, scoreSweep } from '../../src/domain/audit/anomalies/score.ts';
import type { Planting, Score } from '../../src/domain/audit/anomalies/score.ts';
import { askQuestion } from '../../src/domain/audit/questions/ask-question.ts';
import { questionCatalogue } from '../../src/domain/audit/questions/catalogue.ts';
import type { Question, Table, Values } from '../../src/domain/audit/questions/question.ts';
import type { Inside } from '../../src/domain/audit/questions/sight.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { printTable } from '../../src/cli/print.ts';
import { standardOut } from '../../src/cli/with-parts.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { makeCountry } from '../seed/make-country.ts';

/** More entries than are planted anywhere. */
const most = 100_000;

/** A case that sees everything; no pseudonym of it is printed. */
const inside: Inside = {
  id: 'bench',
  number: 'bench',
  services: null,
  personRefs: null,
  covers: { from: null, to: null },
  toPseudonym: () => 'P-000000000000',
  findPerson: async () => undefined,
  remember: async () => undefined,
};

type Named = readonly [name: string, score: Score];

const toText = (share: number | null): string => (share === null ? '–' : share.toFixed(3));

function print(head: string, scores: readonly Named[]): void {
  printTable(standardOut, [
    [head, 'PLANTED', 'FOUND', 'RIGHT', 'RECALL', 'PRECISION'],
    ...scores.map(([name, { planted, found, right, recall, precision }]) => [
      name,
      String(planted),
      String(found),
      String(right),
      toText(recall),
      toText(precision),
    ]),
  ]);
  console.log('');
}

async function scoreRules(storage: Storage, plantings: readonly Planting[]): Promise<readonly Named[]> {
  const swept = await findAnomalies(storage, { from: 0, to: systemClock.now(), services: null, most });
  return scoreSweep(swept, plantings).map((score): Named => [score.rule, score]);
}

function toIndexes({ columns, name, rows }: Table): readonly number[] {
  const place = columns.findIndex(({ kind }) => kind === 'indexes');
  return name === 'found' ? rows.flatMap(({ cells }) => (Array.isArray(cells[place]) ? cells[place].map(Number) : [])) : [];
}

async function ask(storage: Storage, question: Question, values: Values): Promise<readonly number[]> {
  const looks = { random: systemRandom, record: async () => undefined, assertRoom: async () => undefined };
  const needs = { ...storage, ...looks, clock: systemClock, homeCountry: 'SA' };
  const asked = { question, values, standing: { inside, services: null }, asOf: null, page: { after: null, limit: most } };
  const reply = await askQuestion(needs, { kind: 'operator', ref: null }, { ...asked, form: 'table' });
  if (!reply.ok) {
    throw new TypeError(`${question.name}: ${reply.code}`);
  }
  return reply.value.answer.tables.flatMap(toIndexes);
}

/** A question that is about one service is asked about each. */
async function toEveryValues(storage: Storage, { parameters }: Question): Promise<readonly Values[]> {
  if (!parameters.some(({ isRequired, name }) => isRequired && name === 'service')) {
    return [{}];
  }
  return (await storage.agencies.listServices()).map(({ service }) => ({ service: service.clientId }));
}

async function scoreQuestions(storage: Storage, plantings: readonly Planting[]): Promise<readonly Named[]> {
  const scores: Named[] = [];
  for (const question of questionCatalogue.filter(({ rules }) => rules.length > 0)) {
    const entries: number[] = [];
    for (const values of await toEveryValues(storage, question)) {
      entries.push(...(await ask(storage, question, values)));
    }
    scores.push([`${question.number} ${question.name}`, scoreFound({ rules: question.rules, entries }, plantings)]);
  }
  return scores;
}

async function measureAnomalies(people: number, seed: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-anomalies-'));
  try {
    const made = await makeCountry({
      seed,
      people,
      years: 1,
      lastYear: 2025,
      folder: join(folder, 'country'),
      threads: availableParallelism(),
    });
    const storage = openStorage({ kind: 'sqlite', path: join(folder, 'country', 'huwiya.db') });
    const kinds = new Set(made.plantings.filter(({ isLawful }) => !isLawful).map(({ kind }) => kind));
    console.log(`seed ${seed}, ${people} people, one year, ${made.entries} entries, ${kinds.size} kinds planted`);
    console.log(`kinds that no rule looks for: ${findUnsought(made.plantings).join(', ') || 'none'}\n`);
    print('RULE', await scoreRules(storage, made.plantings));
    print('SAVED QUESTION', await scoreQuestions(storage, made.plantings));
    await storage.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function measureEverySeed(people: number, seeds: readonly string[]): Promise<void> {
  for (const seed of seeds.length === 0 ? ['national-year'] : seeds) {
    await measureAnomalies(people, seed);
  }
}
