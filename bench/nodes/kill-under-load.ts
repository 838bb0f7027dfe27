// One of two nodes dies in the middle of a load and comes back. People keep their cookies and come again where nothing answered; afterwards the log is counted.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { exchangeCode, getTurn, getVerifier, requestCode } from '../units.ts';
import type { Load } from '../units.ts';
import type { Nodes } from './nodes-world.ts';

type Tally = {
  /** Sign-ins whose tokens arrived. */
  acknowledged: number;
  /** Codes whose exchange was sent and not answered: done or not, nobody was told. */
  unknown: number;
  /** Authorization requests that met a dead node. */
  asked: number;
  /** Anything but an answer, a connection that ended, or 503. */
  wrong: string[];
  /** From the first try of a person to their tokens, ms. */
  longest: number;
};

async function countEntered(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly n: string }>("SELECT count(*) AS n FROM entries WHERE type = 'service.entered'");
    return Number(rows[0]?.n);
  } finally {
    await client.end();
  }
}

/** Nobody there, or there and not ready. */
function isAway(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(code)) || /: 503 /.test(String(error));
}

type Course = { readonly load: Load; readonly tally: Tally; readonly isOver: () => boolean };

/** One person signs in, as often as it takes. */
async function signInAtLast({ isOver, load, tally }: Course, turn: number): Promise<void> {
  const visit = getTurn(load.visits, turn);
  const began = performance.now();
  while (!isOver()) {
    const code = await requestCode(load, visit, turn).catch((error: unknown) => {
      note(tally, 'asked', error);
    });
    if (code === undefined) {
      continue;
    }
    const coming = { service: visit.service, code, verifier: getVerifier(turn), turn };
    const tokens = await exchangeCode(load, coming).catch((error: unknown) => {
      note(tally, 'unknown', error);
    });
    if (tokens !== undefined) {
      tally.acknowledged += 1;
      tally.longest = Math.max(tally.longest, performance.now() - began);
      return;
    }
  }
}

function note(tally: Tally, member: 'asked' | 'unknown', error: unknown): void {
  if (isAway(error)) {
    tally[member] += 1;
  } else {
    tally.wrong.push(String(error));
  }
}

const connections = 16;

/** Each third of the time: both nodes; one, the other having been killed; both again. Throws where anything acknowledged is missing, or done twice. */
export async function killUnderLoad(nodes: Nodes, seconds: number): Promise<void> {
  const side = nodes.toSide([0, 1]);
  const caller = side.openCaller?.(connections);
  const victim = nodes.nodes[1];
  if (caller === undefined || victim === undefined) {
    throw new RangeError('two nodes are needed');
  }
  const visits = side.target.visits.filter(({ service }) => service.authentication === 'secret');
  const load: Load = { ...side, caller, visits, assertions: [], tokens: [], refreshes: [] };
  const tally: Tally = { acknowledged: 0, unknown: 0, asked: 0, wrong: [], longest: 0 };
  const before = await countEntered(nodes.url);
  let isOver = false;
  let turn = 0;
  const work = async (): Promise<void> => {
    while (!isOver) {
      await signInAtLast({ load, tally, isOver: () => isOver }, (turn += 1));
    }
  };
  const working = Promise.all(Array.from({ length: connections }, work));
  const thirds = await passThirds(tally, seconds, [victim.kill, victim.start, async () => undefined]);
  isOver = true;
  await working;
  caller.close();
  report(tally, thirds, (await countEntered(nodes.url)) - before);
}

/** Acknowledged sign-ins of each third; what belongs to it happens at its end, while the load goes on. */
async function passThirds(tally: Tally, seconds: number, ends: readonly (() => Promise<void>)[]): Promise<readonly number[]> {
  const thirds: number[] = [];
  for (const end of ends) {
    const begun = tally.acknowledged;
    await sleep(seconds * 1000);
    thirds.push((tally.acknowledged - begun) / seconds);
    await end();
  }
  return thirds;
}

function report({ acknowledged, asked, longest, unknown, wrong }: Tally, thirds: readonly number[], entered: number): void {
  console.log(`\nboth nodes, one killed, both again: ${thirds.map((rate) => rate.toFixed(1)).join(', ')} sign-ins/s`);
  console.log(`acknowledged ${acknowledged}; in the log ${entered}; exchanges without an answer ${unknown}; requests without one ${asked}`);
  console.log(`the longest that anybody needed, with every try: ${longest.toFixed(0)} ms`);
  if (entered < acknowledged || entered > acknowledged + unknown || wrong.length > 0) {
    throw new Error(`something was lost, done twice or refused: ${wrong.slice(0, 3).join('; ')}`);
  }
  console.log('nothing acknowledged was lost, nothing was done twice, nobody was refused');
}
