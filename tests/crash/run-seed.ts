// One seed: people act, something happens, the process dies; then it starts again as an operator would start it, and what is there is held against what people were told.

import { setTimeout as sleep } from 'node:timers/promises';
import { places } from '../support/visits.ts';
import { endHeld } from './citizen.ts';
import type { Citizen } from './citizen.ts';
import { countLines } from './history.ts';
import { begin } from './inject.ts';
import { judge } from './judge.ts';
import type { EntriesSeen, Evidence, Violation } from './judge.ts';
import { getHistory, runLanes, toScenes } from './lanes.ts';
import type { Kind, Plan } from './plan.ts';
import { probe } from './probe.ts';
import { startNode } from './processes.ts';
import type { Form } from './bundle.ts';
import type { Killable } from './processes.ts';
import { ageTokens, countEntries, countPending, findStoreFaults, look } from './rows.ts';
import type { StoreFaults } from './rows.ts';
import type { Scene } from './scene.ts';
import type { CrashWorld } from './world.ts';

export type Result = {
  readonly seed: number;
  readonly kind: Kind;
  /** The process died of what was planned, not of the end of the seed. */
  readonly isMet: boolean;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unanswered: number;
  /** Why people stopped before they had done everything. */
  readonly stops: readonly string[];
  readonly violations: readonly Violation[];
  /** What clients were told, where something is broken. */
  readonly told: readonly string[];
};

/** An installation with the process that serves it now. */
export type Running = {
  readonly world: CrashWorld;
  node: Killable;
  /** How many entries of each kind there were at the last look. */
  counted: ReadonlyMap<string, number>;
  /** Sessions whose end was acknowledged, and of which services must hear. */
  readonly ended: Set<string>;
};

async function watchLog({ world, node }: Running, isOver: () => boolean): Promise<void> {
  while (!isOver() && !node.hasEnded()) {
    await world.log.look().catch(() => undefined);
    await sleep(60);
  }
}

/** People act while the injection goes on; the process is dead afterwards. */
async function act(
  running: Running,
  plan: Plan,
  scenes: readonly Scene[],
): Promise<{ readonly isMet: boolean; readonly faults: readonly string[]; readonly stops: readonly string[] }> {
  const { world, node } = running;
  const injection = await begin({ world, node, plan });
  let isOver = false;
  const watching = watchLog(running, () => isOver);
  const killing = plan.kind === 'kill-at-moment' ? sleep(plan.killAfter).then(async () => node.kill()) : Promise.resolve();
  const rotating = plan.rotates ? node.order({ order: 'rotate' }) : Promise.resolve();
  const stops = await runLanes(scenes, plan);
  await Promise.all([killing, rotating]);
  const { isMet, faults } = await injection.finish();
  isOver = true;
  await watching;
  return { isMet, faults, stops };
}

async function waitUntilNumbered(world: CrashWorld): Promise<readonly string[]> {
  for (let tries = 0; tries < 80; tries += 1) {
    if ((await look(world, countPending)) === 0) {
      return [];
    }
    await sleep(50);
  }
  return ['entries are still without a number four seconds after the start'];
}

const acts = { 'service.entered': 'exchange', 'token.refreshed': 'refresh', 'data.released': 'release' } as const;

function toEntries(
  people: readonly Citizen[],
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): readonly EntriesSeen[] {
  return people.flatMap(({ id, name }) =>
    Object.entries(places).flatMap(([about, { clientId }]) =>
      Object.entries(acts).map(([type, told]) => {
        const key = `${id} ${clientId} ${type}`;
        return { who: name, about, act: told, count: (now.get(key) ?? 0) - (before.get(key) ?? 0) };
      }),
    ),
  );
}

type Collected = Pick<Evidence, 'records' | 'tokens' | 'sessions' | 'passkeys'>;

async function probeAll(scenes: readonly Scene[]): Promise<{ readonly collected: Collected; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  const all = await Promise.all(
    scenes.map(async (scene) =>
      probe(scene).catch((error: unknown) => {
        faults.push(error instanceof Error ? (error.stack ?? '') : String(error));
        return { records: [], tokens: [], sessions: [], passkeys: [] };
      }),
    ),
  );
  const collected = {
    records: all.flatMap(({ records }) => records),
    tokens: all.flatMap(({ tokens }) => tokens),
    sessions: all.flatMap(({ sessions }) => sessions),
    passkeys: all.flatMap(({ passkeys }) => passkeys),
  };
  return { collected, faults };
}

/** A clock that was ahead or behind may have ended or lengthened what lasts for minutes, and an emergency ends every token. */
function excuse(scenes: readonly Scene[], { kind, rotates }: Plan): void {
  if (kind === 'clock-steps' || rotates) {
    scenes.forEach(({ citizen }) => endHeld(citizen, 'open', ({ fate }) => fate === 'live'));
  }
}

async function collect(
  running: Running,
  scenes: readonly Scene[],
): Promise<Omit<Evidence, 'process'> & { readonly faults: readonly string[] }> {
  const { world } = running;
  const late = await waitUntilNumbered(world);
  const log = await world.log.findFaults().catch((error: unknown) => [String(error)]);
  await world.log.look();
  const { collected, faults } = await probeAll(scenes);
  const again = await waitUntilNumbered(world);
  const [store, now] = await look(world, async (ask): Promise<readonly [StoreFaults, ReadonlyMap<string, number>]> => [
    await findStoreFaults(world, ask),
    await countEntries(ask),
  ]);
  const entries = toEntries(world.people, running.counted, now);
  running.counted = now;
  const { taken } = world.receiver;
  return { ...collected, lines: getHistory(scenes).lines, entries, store, log, deliveries: taken, faults: [...late, ...again, ...faults] };
}

const isRotating = ({ lanes }: Plan): boolean => lanes.some((lane) => lane.includes('rotate-refresh'));

async function prepare({ world }: Running, plan: Plan, scenes: readonly Scene[]): Promise<void> {
  if (isRotating(plan)) {
    const tokens = scenes.flatMap(({ citizen }) => citizen.held.map(({ refresh }) => refresh)).filter((token) => token !== undefined);
    await ageTokens(world, tokens);
  }
}

/** `next`: the form of the process that goes on. */
export async function runSeed(running: Running, plan: Plan, next: Form): Promise<Result> {
  const { world } = running;
  const scenes = toScenes(world, plan);
  await prepare(running, plan, scenes);
  const { isMet, faults, stops } = await act(running, plan, scenes);
  excuse(scenes, plan);
  const left = scenes.flatMap(({ citizen }) => citizen.left);
  left.filter(({ fate }) => fate === 'dead').forEach(({ sids }) => sids.forEach((sid) => running.ended.add(sid)));
  running.node = await startNode(world.environment, next);
  const { faults: others, ...evidence } = await collect(running, scenes);
  const { lines } = evidence;
  if (plan.kind === 'clock-steps') {
    // Whatever was handed out under another clock ends at another time.
    scenes.forEach(({ citizen }) => void (citizen.held = []));
  }
  const violations = judge({ ...evidence, process: [...faults, ...others] });
  return {
    seed: plan.seed,
    kind: plan.kind,
    isMet,
    acknowledged: countLines(lines, { outcome: 'ok' }),
    refused: countLines(lines, { outcome: 'refused' }),
    unanswered: countLines(lines, { outcome: 'unknown' }),
    stops,
    violations,
    told: violations.length === 0 ? [] : lines.map(({ who, act, about, outcome }) => `${who} ${act} ${about} ${outcome}`),
  };
}
