// `npm run bench -- audit questions FOLDER`: how long auditors wait for the saved questions and for pages of entries over the log of a made-up country. No look is
// recorded, so that the log stays as it is.

import { join } from 'node:path';
import type { Fact, FactFilter } from '../../src/domain/audit/facts.ts';
import { askQuestion } from '../../src/domain/audit/questions/ask-question.ts';
import type { Asked, AskNeeds } from '../../src/domain/audit/questions/ask-question.ts';
import { questionCatalogue } from '../../src/domain/audit/questions/catalogue.ts';
import type { Question, Values } from '../../src/domain/audit/questions/question.ts';
import type { Inside } from '../../src/domain/audit/questions/sight.ts';
import { dayMs, systemClock } from '../../src/domain/kernel/clock.ts';
import { toRank } from '../at-rate.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { toDayStart } from '../../src/domain/audit/country-day.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';

/** Under the pseudonym that is their own reference everybody is of this case. */
const inside: Inside = {
  id: 'bench',
  number: 'B-1',
  services: null,
  personRefs: null,
  covers: { from: null, to: null },
  toPseudonym: (personRef) => personRef,
  findPerson: async (pseudonym) => pseudonym,
  remember: async () => undefined,
};

type Log = { readonly storage: Storage; readonly size: number; readonly from: number; readonly to: number };
type Turn = { readonly values: Values; readonly fact: Fact; readonly month: { readonly from: number; readonly to: number } };

const monthMs = 30 * dayMs;

/** One of the whole log, other ones each turn. */
async function findFact({ size, storage }: Log, turn: number, filter: Partial<FactFilter>): Promise<Fact | undefined> {
  const after = Math.floor(((turn * 0.618_034) % 1) * size * 0.9);
  const { facts } = await storage.facts.readFacts({ below: size, ...filter }, { order: 'oldest-first', after, limit: 1 });
  return facts[0];
}

const toText = (text: string | null | undefined): string => text ?? '';

async function toTurn(log: Log, turn: number): Promise<Turn> {
  const fact = await findFact(log, turn, { types: ['consent.given'] });
  if (fact === undefined) {
    throw new RangeError('the log has no decisions');
  }
  const from = toDayStart(log.from) + (turn % 11) * monthMs;
  const month = { from, to: from + monthMs };
  const officer = await findFact(log, turn, { types: ['recovery.approved'] });
  const notice = fact.marks.find(({ kind }) => kind === 'notice');
  const about = { person: toText(fact.personRef), record: toText(fact.record), service: toText(fact.service), attribute: 'given_name' };
  const values = {
    ...about,
    notice: toText(notice?.term),
    officer: toText(officer?.actor.ref),
    ...month,
    seed: turn + 1,
    entry: fact.index,
  };
  return { fact, month, values };
}

/** What a question takes of a turn: all that it needs; of the rest the period and what it stands at. */
function toValues({ parameters }: Question, { values }: Turn): Values {
  const wanted = parameters.filter(({ isRequired, name }) => isRequired || name === 'from' || name === 'to');
  const standards = parameters.flatMap(({ name, standard }) => (standard === undefined ? [] : [[name, standard] as const]));
  return Object.fromEntries([...standards, ...wanted.map(({ name }) => [name, values[name]] as const)]);
}

type Times = { readonly wall: readonly number[]; readonly cpu: readonly number[] };

async function measure(count: number, ask: (turn: number) => Promise<unknown>): Promise<Times> {
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < count; turn += 1) {
    const before = process.cpuUsage();
    const begun = performance.now();
    await ask(turn);
    wall.push(performance.now() - begun);
    const { system, user } = process.cpuUsage(before);
    cpu.push((system + user) / 1000);
  }
  return { wall, cpu };
}

const rank = (times: readonly number[], share: number): string => toRank(times, share).toFixed(1).padStart(8);

function print(name: string, { cpu, wall }: Times): void {
  console.log(`| ${name.padEnd(32)} | ${rank(wall, 0.5)} | ${rank(wall, 0.99)} | ${rank(cpu, 0.5)} | ${rank(cpu, 0.99)} |`);
}

function printHead(what: string): void {
  console.log(
    `\n| ${what.padEnd(32)} | median ms |  p99 ms | CPU med. | CPU p99 |\n| ${'-'.repeat(32)} | -------: | -------: | -------: | -------: |`,
  );
}

const toLookUps = ({ fact, month }: Turn, below: number): readonly (readonly [name: string, filter: FactFilter])[] => {
  const services = [fact.service ?? ''];
  const person = { personRefs: [fact.personRef ?? ''], below };
  const attribute = (term: string) => ({ kind: 'attribute', term }) as const;
  return [
    ['person', person],
    ['person, type', { ...person, types: ['data.released'] }],
    ['person, attribute', { ...person, marks: [attribute('given_name')] }],
    ['record', { record: fact.record ?? '', below }],
    ['service', { services, below }],
    ['service, month', { services, ...month, below }],
    ['service, types, month', { services, types: ['data.released', 'consent.given'], ...month, below }],
    ['service, attribute, month', { services, marks: [attribute('given_name')], ...month, below }],
    ['attribute', { marks: [attribute('given_name')], below }],
    ['two attributes', { marks: [attribute('given_name'), attribute('birthdate')], below }],
    ['two attributes that rarely meet', { marks: [attribute('address'), attribute('email')], below }],
    ['a rare flaw', { marks: [{ kind: 'flaw', term: 'after-withdrawal' }], below }],
    ['hour', { from: month.from + 36_000_000, to: month.from + 39_600_000, below }],
    ['hour, type', { from: month.from + 36_000_000, to: month.from + 39_600_000, types: ['data.released'], below }],
    ['quick decisions', { types: ['consent.given'], elapsedBelow: 2100, below }],
    ['quick decisions of a service', { services, types: ['consent.given'], elapsedBelow: 2100, below }],
    ['as it stood at half, service', { services, below: Math.floor(below / 2) }],
  ];
};

type PageTimes = { readonly name: string; readonly p99: number };

async function askLookUps(log: Log, turns: readonly Turn[], count: number): Promise<readonly PageTimes[]> {
  printHead('page of 50');
  const page = { order: 'newest-first', after: null, limit: 50 } as const;
  const all: PageTimes[] = [];
  const shapes = turns.map((turn) => toLookUps(turn, log.size));
  for (const [place, [name]] of (shapes[0] ?? []).entries()) {
    const times = await measure(count, async (turn) => {
      const filter = shapes[turn % shapes.length]?.[place]?.[1];
      return filter === undefined ? [] : log.storage.facts.readFacts(filter, page);
    });
    print(name, times);
    all.push({ name, p99: toRank(times.wall, 0.99) });
  }
  return all;
}

async function askQuestions(log: Log, turns: readonly Turn[], { count, numbers }: Wanted): Promise<void> {
  const { storage } = log;
  const needs: AskNeeds = {
    ...storage,
    homeCountry: 'SA',
    clock: systemClock,
    random: systemRandom,
    assertRoom: async () => undefined,
    record: async () => undefined,
  };
  printHead('question');
  for (const question of questionCatalogue.filter(({ number }) => numbers.length === 0 || numbers.includes(number))) {
    const times = await measure(count, async (turn) => {
      const given = turns[turn % turns.length];
      const values = given === undefined ? {} : toValues(question, given);
      const asked: Asked = {
        question,
        values,
        standing: { inside, services: null },
        asOf: null,
        page: { after: null, limit: 50 },
        form: 'page',
      };
      return getValue(await askQuestion(needs, { kind: 'operator', ref: null }, asked));
    });
    print(`${question.number} ${question.name}`, times);
  }
}

/** `numbers` of questions, 0 for the pages; without any everything is asked. */
type Wanted = { readonly count: number; readonly numbers: readonly number[] };

const distinctTurns = 20;

/** `folder` is that of `npm run seed` or of `npm run bench -- audit enlarge`. */
export async function measureQuestions(folder: string, { count, numbers }: Wanted): Promise<void> {
  await askLog(folder, count, async (log, turns) => {
    if (numbers.length === 0 || numbers.includes(0)) {
      await askLookUps(log, turns, count);
    }
    await askQuestions(log, turns, { count: Math.ceil(count / 5), numbers });
  });
}

/** Pages of fifty alone: the 99th percentile of each shape, in milliseconds. */
export const measurePages = (folder: string, count: number): Promise<readonly PageTimes[]> =>
  askLog(folder, count, async (log, turns) => askLookUps(log, turns, count));

async function askLog<T>(folder: string, count: number, ask: (log: Log, turns: readonly Turn[]) => Promise<T>): Promise<T> {
  const storage = openStorage({ kind: 'sqlite', path: join(folder, 'huwiya.db') });
  const { size = 0 } = (await storage.ledger.findCheckpoint()) ?? {};
  const [first, last] = await Promise.all(
    [0, size - 1].map(async (index) => (await storage.ledger.readEntries(index, index + 1))[0]?.at ?? 0),
  );
  const log: Log = { storage, size, from: first ?? 0, to: last ?? 0 };
  const turns: Turn[] = [];
  for (let turn = 0; turn < distinctTurns; turn += 1) {
    turns.push(await toTurn(log, turn));
  }
  console.log(`${size} entries; ${count} of each, one after the other; CPU of all threads`);
  const answer = await ask(log, turns);
  await storage.close();
  return answer;
}
