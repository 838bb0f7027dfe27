// Where what may be used once is used by many at the same moment: one world behind two processes, and a look at the database that both of them share.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '../../../src/storage/postgres-pool.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import type { Value } from '../../../src/storage/row.ts';
import { createSeeded, isFull } from '../counts.ts';
import { mailEnv } from '../mailbox.ts';
import { openWorldDatabase, whileInsertIsSlow } from '../open-database.ts';
import type { RawAnswer } from '../raw-request.ts';
import { toObject } from '../raw-request.ts';
import { startSecondNode } from '../second-node.ts';
import { fire } from '../two-doors.ts';
import type { Shot, Timed } from '../two-doors.ts';
import type { World } from '../world.ts';

/** Of one thing at the same moment: 64 in the full run, 16 in `npm test`. */
export const uses = isFull ? 64 : 16;

/** A query for one number `n`. */
export type Count = { readonly text: string; readonly values: readonly Value[] };

export type Arena = {
  readonly world: World;
  readonly issuer: string;
  readonly isSqlite: boolean;
  /** Of the two processes. */
  readonly ports: readonly number[];
  readonly count: (query: Count) => Promise<number>;
  readonly run: (query: Count) => Promise<void>;
  /** Where the database is a file: every row that enters `table` takes its time, so that the other process has long read what the winner is about to change. */
  readonly slowly: <T>(table: string, work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** All uses of one thing, and how one can tell that it was used once. */
export type Round = {
  readonly shots: readonly Shot[];
  /** What the one winner is told; null where the losers are told the same, because what they wanted is done. */
  readonly won: string | null;
  readonly lost: RegExp;
  /** What one use leaves in the database: exactly one more. */
  readonly left: Count;
  /** What somebody is told of it: once, too. */
  readonly told?: Count;
};

/** Something that MUST serve once. `begin` makes whoever holds it, and hands out one of it for each round. */
export type SingleUse = {
  readonly name: string;
  /** Written by the winner. */
  readonly table: string;
  readonly begin: (arena: Arena) => Promise<() => Promise<Round>>;
};

export const countEntries = (type: string): Count => ({ text: 'SELECT count(*) AS n FROM entries WHERE type = ?', values: [type] });
export const countArtefacts = (model: string): Count => ({ text: 'SELECT count(*) AS n FROM artefacts WHERE model = ?', values: [model] });
export const countRows = (table: string): Count => ({ text: `SELECT count(*) AS n FROM ${table}`, values: [] });

export const repeat = <T>(create: () => T): readonly T[] => Array.from({ length: uses }, create);

type Env = Readonly<Record<string, string>>;

export async function createArena(open: (env: Env) => Promise<World>): Promise<Arena> {
  const mail = mkdtempSync(join(tmpdir(), 'huwiya-letters-'));
  // Whichever process sends a letter puts it into the same folder.
  // Every shot of every round comes from one address.
  const env = { ...mailEnv, HUWIYA_MAIL_FOLDER: mail, HUWIYA_LIMITS: 'ceremony.ipv4=50000,request.ipv4=50000' };
  const world = await open(env);
  const nodes = await Promise.all([startSecondNode(world, env), startSecondNode(world, env)]);
  const { database } = world.config;
  const engine = database.kind === 'sqlite' ? openSqlite(database.path) : openPostgres(database.url);
  const file = database.kind === 'sqlite' ? openWorldDatabase(world) : undefined;
  return {
    world,
    issuer: world.issuer,
    isSqlite: file !== undefined,
    ports: nodes.map(({ port }) => port),
    count: async (query) => Number((await engine.read(query))[0]?.['n']),
    run: async (query) =>
      engine.atomic(function* () {
        yield query;
      }),
    slowly: async (table, work) => (file === undefined ? work() : whileInsertIsSlow(file, table, work)),
    close: async () => {
      file?.close();
      await engine.close();
      await Promise.all(nodes.map(async (node) => node.stop()));
      await world.close();
      rmSync(mail, { recursive: true, force: true });
    },
  };
}

function toRedirect(location: string): string {
  const { pathname, searchParams } = new URL(location, 'http://nowhere.invalid');
  const told = searchParams.has('code') ? 'code' : (searchParams.get('error') ?? searchParams.get('decided'));
  return told ?? pathname.replaceAll(/[\w-]{20,}/g, '…');
}

function toCode({ body }: RawAnswer): string {
  const { error, code = error } = toObject(body);
  const inner = typeof code === 'object' ? toObject(JSON.stringify(code))['code'] : code;
  return typeof inner === 'string' ? inner : (/data-error="([^"]*)"/.exec(body)?.[1] ?? 'ok');
}

// Whoever waits this long for a connection or a lock is refused, and nothing was done (the shortest limit of both databases is 2 seconds).
const patienceMs = 1900;
export const heldUp = 'held up';

/** Its status, and where it leads or which code it names. */
export function toName({ answer, sentAt, answeredAt }: Timed): string {
  if (answer.status === 503 && answeredAt - sentAt > patienceMs) {
    return heldUp;
  }
  const { location } = answer.headers;
  return `${answer.status} ${location === undefined ? toCode(answer) : toRedirect(location)}`;
}

/** What was told how often, so that a failure shows the whole picture. */
function tally(answers: readonly Timed[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const name of answers.map(toName)) {
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  return counted;
}

export type Outcome = {
  /** In words. */
  readonly violations: readonly string[];
  /** Both processes were at it before the first answer was there. */
  readonly hasOverlap: boolean;
};

function findViolations({ won, lost }: Round, answers: readonly Timed[], left: readonly number[]): readonly string[] {
  const told = tally(answers);
  const odd = [...told.keys()].filter((name) => name !== won && name !== heldUp && !lost.test(name));
  const winners = won === null ? 1 : (told.get(won) ?? 0);
  const picture = JSON.stringify(Object.fromEntries(told));
  return [
    ...(winners === 1 ? [] : [`${winners} winners: ${picture}`]),
    ...(left.every((times) => times === 1) ? [] : [`left ${left.join(' and ')} times: ${picture}`]),
    ...(odd.length === 0 ? [] : [`answered in another way: ${picture}`]),
  ];
}

// How far the requests of one round are spread, in milliseconds: from all at once to as long as one takes.
const spreads = [0, 0, 3, 10] as const;

type Fired = Timed & { readonly port: number };

/** Which process gets which request, and when. */
async function fireSpread(
  ports: readonly number[],
  shots: readonly Shot[],
  { random, spread }: { readonly random: () => number; readonly spread: number },
): Promise<readonly Fired[]> {
  const offset = Math.floor(random() * ports.length);
  return Promise.all(
    shots.map(async (shot, index) => {
      const port = ports[(index + offset) % ports.length] ?? 0;
      return { port, ...(await fire(port, shot, Math.floor(random() * spread))) };
    }),
  );
}

/** The seed decides everything that the databases do not. On a slow disk all come at once; otherwise they are spread in one way or another. */
export async function runRound(
  arena: Arena,
  round: Round,
  how: { readonly seed: number; readonly slowTable: string | null },
): Promise<Outcome> {
  const random = createSeeded(how.seed);
  const spread = how.slowTable === null ? (spreads[Math.floor(random() * spreads.length)] ?? 0) : 0;
  const look = async (): Promise<readonly number[]> =>
    Promise.all([round.left, ...(round.told === undefined ? [] : [round.told])].map(arena.count));
  const before = await look();
  const shoot = async (): Promise<readonly Fired[]> => fireSpread(arena.ports, round.shots, { random, spread });
  const answers = how.slowTable === null ? await shoot() : await arena.slowly(how.slowTable, shoot);
  const left = (await look()).map((count, index) => count - (before[index] ?? 0));
  const firstAnswered = Math.min(...answers.map(({ answeredAt }) => answeredAt));
  const under = new Set(answers.filter(({ sentAt }) => sentAt < firstAnswered).map(({ port }) => port));
  return { violations: findViolations(round, answers, left), hasOverlap: under.size === arena.ports.length };
}
