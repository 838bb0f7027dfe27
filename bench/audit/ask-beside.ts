// `npm run bench -- audit beside FOLDER`: how long people wait to sign in while an auditor asks questions without a pause at the same node. Sign-ins come at a
// fixed rate, whether or not those before have ended; rounds without and with the auditor take turns. The log of FOLDER grows: give it a copy.

import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { toCountryDay, toDayText } from '../../src/domain/audit/country-day.ts';
import { questionCatalogue } from '../../src/domain/audit/questions/catalogue.ts';
import type { Question } from '../../src/domain/audit/questions/question.ts';
import { openCaseDesk } from '../../tests/support/audit-case.ts';
import type { Officer } from '../../tests/support/staff-journey.ts';
import type { World } from '../../tests/support/world.ts';
import { again, toRank, workAtRate } from '../at-rate.ts';
import { findAhead } from '../bars/country-copy.ts';
import { startServer } from '../child.ts';
import { toVisited } from '../first-visits.ts';
import { createHuwiyaWorld } from '../huwiya-world.ts';
import { createRegistry } from '../registry.ts';
import { createCaller } from '../requests.ts';
import { signIn } from '../units.ts';
import type { Load } from '../units.ts';

export type BesideAsked = {
  readonly folder: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds from one question to the next at the least; 0: without a pause. */
  readonly apart: number;
};

const people = 10;
const connections = 64;
const days = 30;
/** Until what starts with the node is done. */
const settleSeconds = 20;

type About = { readonly firstDay: number; readonly services: readonly string[] };

async function findAbout({ storage }: World): Promise<About> {
  const [first] = await storage.ledger.readEntries(0, 1);
  const registered = await storage.agencies.listServices();
  const services = registered.filter(({ agency }) => agency.id !== 'bench').map(({ service }) => service.clientId);
  return { firstDay: toCountryDay(first?.at ?? 0), services };
}

/** Those that need a person, a record or an entry read little. */
const isBroad = ({ parameters }: Question): boolean =>
  parameters.every(({ isRequired, name }) => !isRequired || ['service', 'attribute', 'seed'].includes(name));

const broad: readonly Question[] = questionCatalogue.filter(isBroad);

/** Another question each turn, and another month of it. */
function toPath({ firstDay, services }: About, turn: number): string {
  const { name, parameters } = broad[turn % broad.length] ?? { name: '', parameters: [] };
  const month = firstDay + days * (turn % 11);
  const values: ReadonlyMap<string, string> = new Map([
    ['service', services[turn % services.length] ?? ''],
    ['attribute', 'given_name'],
    ['seed', String(turn + 1)],
    ['from', toDayText(month)],
    ['to', toDayText(month + days - 1)],
  ]);
  const query = new URLSearchParams({ ask: '1' });
  parameters.forEach(({ isRequired, name: parameter, standard }) => {
    const isAsked = isRequired || parameter === 'from' || parameter === 'to';
    const value = isAsked ? values.get(parameter) : standard?.toString();
    query.append(parameter, value ?? '');
  });
  return `questions/${name}?${query.toString()}`;
}

/** Two who are signed in, because nobody may look more than six hundred times an hour. */
type Desk = { readonly cookies: readonly string[]; readonly issuer: string; readonly url: string; readonly about: About };

const toCookie = ({ traveller }: Officer): string =>
  [...traveller.agent.cookies.values()].map(({ name, value }) => `${name}=${value}`).join('; ');

async function openDesk(world: World): Promise<Desk> {
  const { opener, colleague, url } = await openCaseDesk(world);
  return { cookies: [opener, colleague].map(toCookie), issuer: world.issuer, url, about: await findAbout(world) };
}

type Answered = { readonly path: string; readonly time: number };

type Waited = { readonly times: readonly number[]; readonly answers: readonly Answered[] };

type Asking = { readonly isOver: () => boolean; readonly first: number; readonly apart: number };

async function askUntil({ cookies, issuer, url, about }: Desk, { isOver, first, apart }: Asking): Promise<readonly Answered[]> {
  const caller = createCaller(issuer, 1);
  const answers: Answered[] = [];
  for (let turn = first; !isOver(); turn += 1) {
    const begun = performance.now();
    const headers = {
      cookie: cookies[turn % cookies.length] ?? '',
      accept: 'text/html',
      'accept-language': 'en',
      'sec-fetch-site': 'same-origin',
    };
    const path = toPath(about, turn);
    const page = await again(() => caller.send({ method: 'GET', path: `${url}/${path}`, headers }));
    if (page.status !== 200) {
      throw new Error(`no answer at ${path}: ${page.status}`);
    }
    const time = performance.now() - begun;
    answers.push({ path, time });
    await sleep(Math.max(0, apart - time));
  }
  caller.close();
  return answers;
}

async function runRound(
  load: Load,
  asked: BesideAsked,
  desk: { readonly desk: Desk; readonly first: number } | undefined,
): Promise<Waited> {
  let isOver = false;
  const asking = desk === undefined ? [] : askUntil(desk.desk, { isOver: () => isOver, first: desk.first, apart: asked.apart });
  const times = await workAtRate((turn) => again(() => signIn(load, turn)), asked);
  isOver = true;
  return { times, answers: await asking };
}

const shares = [0.5, 0.95, 0.99];

function print(name: string, times: readonly number[]): void {
  console.log(`| ${[name.padEnd(28), ...shares.map((share) => toRank(times, share).toFixed(1).padStart(8))].join(' | ')} |`);
}

/** Milliseconds of each sign-in. */
export type BesideTimes = { readonly alone: readonly number[]; readonly beside: readonly number[] };

async function measureRounds(load: Load, desk: Desk, asked: BesideAsked): Promise<BesideTimes> {
  const [alone, beside]: [number[], number[]] = [[], []];
  const answers: Answered[] = [];
  await runRound(load, { ...asked, apart: 0 }, { desk, first: 0 });
  console.log(`| ${'ms'.padEnd(28)} |   median |      p95 |      p99 |\n| ${'-'.repeat(28)} | -------: | -------: | -------: |`);
  for (let round = 0; round < asked.rounds; round += 1) {
    const without = await runRound(load, asked, undefined);
    const within = await runRound(load, asked, { desk, first: answers.length + 1 });
    print(`round ${round + 1}: sign-in alone`, without.times);
    print(`round ${round + 1}: beside questions`, within.times);
    alone.push(...without.times);
    beside.push(...within.times);
    answers.push(...within.answers);
  }
  print('sign-in alone', alone);
  print('sign-in beside questions', beside);
  print(
    `${answers.length} questions`,
    answers.map(({ time }) => time),
  );
  const changes = shares.map((share) => `${((toRank(beside, share) / toRank(alone, share) - 1) * 100).toFixed(0)} %`);
  console.log(`\nbeside questions a sign-in takes longer by ${changes.join(', ')}`);
  const slowest = answers.toSorted((a, b) => b.time - a.time).slice(0, 3);
  slowest.forEach(({ path, time }) => console.log(`${time.toFixed(0)} ms: ${path}`));
  return { alone, beside };
}

export async function measureBeside(asked: BesideAsked): Promise<BesideTimes> {
  const registry = createRegistry(100);
  const visitedBy = Array.from({ length: people }, (_, person) => toVisited(registry, person));
  const ahead = await findAhead(asked.folder);
  let desk: Desk | undefined;
  const prepare = async (world: World): Promise<void> => {
    desk = await openDesk(world);
  };
  const world = await createHuwiyaWorld(registry, visitedBy, { settings: { country: { folder: asked.folder, ahead } }, prepare });
  const server = await startServer(
    fileURLToPath(import.meta.resolve('./serve-country.ts')),
    JSON.stringify({ settingsFile: world.settingsFile, ahead }),
    { isPinned: false },
  );
  const { target } = world;
  const visits = target.visits.filter(({ service }) => service.authentication === 'secret');
  const caller = createCaller(target.issuer, connections);
  const load: Load = { target, caller, signingKey: registry.signingKey, visits, assertions: [], tokens: [], refreshes: [] };
  try {
    await sleep(settleSeconds * 1000);
    console.log(`${asked.perSecond} sign-ins a second, rounds of ${asked.seconds} s; ${broad.length} questions, a month of each\n`);
    if (desk === undefined) {
      throw new Error('nobody opened the desk');
    }
    return await measureRounds(load, desk, asked);
  } finally {
    caller.close();
    await server.stop();
    world.remove();
  }
}
