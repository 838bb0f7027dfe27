// `npm run bench -- nodes`: how much more two nodes on one PostgreSQL do than one, each with the same share of a core, and what a node leaves that is killed under load.

import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { checkAnswers } from '../check-answers.ts';
import { runRound } from '../measure.ts';
import type { Round } from '../measure.ts';
import { toMedian } from '../report.ts';
import { killUnderLoad } from './kill-under-load.ts';
import { createNodes } from './nodes-world.ts';
import { readServerUsage } from './server-usage.ts';
import type { ServerUsage } from './server-usage.ts';
import type { Nodes } from './nodes-world.ts';

const connections = 16;
const bar = 1.8;

type Asked = { readonly rounds: number; readonly seconds: number; readonly share: number };

function parse(given: readonly string[]): Asked {
  const [rounds = 5, seconds = 6, share = 0.2] = given.map(Number);
  if (![rounds, seconds, share].every((value) => value > 0)) {
    throw new RangeError('nodes takes how many rounds, of how many seconds, and how much of a core each node has');
  }
  return { rounds, seconds, share };
}

/** Of all cores of this machine, since they were last asked: what is left over is what neither nodes nor database nor load needed. */
function createIdleMeter(): () => number {
  const read = (): { readonly idle: number; readonly all: number } => {
    const times = cpus().map((core) => core.times);
    const all = times.flatMap((each) => Object.values(each)).reduce((sum, part) => sum + part, 0);
    return { idle: times.reduce((sum, { idle }) => sum + idle, 0), all };
  };
  let before = read();
  return () => {
    const now = read();
    const share = (now.idle - before.idle) / (now.all - before.all);
    before = now;
    return share;
  };
}

type Measured = Round & { readonly idle: number; readonly serverMs: number; readonly logBytes: number };

async function measure(nodes: Nodes, places: readonly number[], seconds: number): Promise<Measured> {
  const findIdle = createIdleMeter();
  const before = await readServerUsage(nodes.url);
  const round = await runRound(nodes.toSide(places), 'W1', { connections, seconds, operations: Number.MAX_SAFE_INTEGER });
  const after = await readServerUsage(nodes.url);
  const perSignIn = (pick: (usage: ServerUsage) => number): number => (pick(after) - pick(before)) / round.operations;
  return { ...round, idle: findIdle(), serverMs: perSignIn(({ cpuMs }) => cpuMs), logBytes: perSignIn(({ logBytes }) => logBytes) };
}

function print(name: string, rounds: readonly Measured[]): void {
  const middle = (pick: (round: Measured) => number): number => toMedian(rounds.map(pick));
  const [rate, cpu, idle] = [middle((round) => round.rate), middle((round) => round.cpuMs), middle((round) => round.idle)];
  const [server, log] = [middle((round) => round.serverMs), middle((round) => round.logBytes)];
  console.log(
    `${name}  ${rate.toFixed(1)} sign-ins/s; for each ${cpu.toFixed(2)} ms CPU of nodes, ${server.toFixed(2)} ms of PostgreSQL, ` +
      `${(log / 1000).toFixed(1)} kB of its write-ahead log; ${(idle * 100).toFixed(0)} % of the machine idle`,
  );
}

async function compare(nodes: Nodes, { rounds, seconds }: Asked): Promise<number> {
  const [one, two]: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    // Each of them alone in its turn; the other goes on living beside it.
    one.push(await measure(nodes, [round % 2], seconds));
    two.push(await measure(nodes, [0, 1], seconds));
  }
  const ratios = two.map(({ rate }, place) => rate / (one[place]?.rate ?? Number.NaN));
  print('one node ', one);
  print('two nodes', two);
  const ratio = toMedian(ratios);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  console.log(`two ÷ one  ${ratio.toFixed(2)}  (${spread}; bar ≥ ${bar}: ${ratio >= bar ? 'met' : 'NOT met'})`);
  return ratio;
}

async function warmUp(nodes: Nodes): Promise<void> {
  // Alike: a node that has done less is slower for a while.
  for (const place of [0, 1]) {
    const side = nodes.toSide([place]);
    await checkAnswers(side);
    await runRound(side, 'W1u', { connections, seconds: 120, operations: 1500 });
  }
}

async function readServer(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly said: string }>("SELECT current_setting('server_version') AS said");
    return rows[0]?.said ?? '';
  } finally {
    await client.end();
  }
}

/** How much more two nodes do than one. */
export async function measureNodes(given: readonly string[]): Promise<number> {
  const asked = parse(given);
  const nodes = await createNodes({ count: 2, share: asked.share, services: 200, people: 20 });
  try {
    console.log(
      `Node ${process.versions.node}, PostgreSQL ${await readServer(nodes.url)}, ${cpus().length} cores; each node has ${asked.share} of a core, ` +
        `PostgreSQL and the load have the rest; ${asked.rounds} rounds of ${asked.seconds} s in turns.\n`,
    );
    await warmUp(nodes);
    const ratio = await compare(nodes, asked);
    await sleep(1000);
    await killUnderLoad(nodes, asked.seconds);
    return ratio;
  } finally {
    await nodes.close();
  }
}
