// Many seeds in one installation: the start that ends one seed begins the next. At the end of its life every message has arrived.

import { setTimeout as sleep } from 'node:timers/promises';
import { toForm } from './inject.ts';
import { findRepeated, findUnheard } from './judge.ts';
import type { Violation } from './judge.ts';
import type { Plan } from './plan.ts';
import { startNode } from './processes.ts';
import { countEntries, countWaitingMessages, look } from './rows.ts';
import { runSeed } from './run-seed.ts';
import type { Result, Running } from './run-seed.ts';
import type { CrashWorld } from './world.ts';

const later = 27 * 3_600_000;

/** With a clock that is a day ahead, so that what a dead process had leased is due. */
async function findUndelivered(running: Running): Promise<readonly Violation[]> {
  const { world } = running;
  await running.node.kill();
  running.node = await startNode(world.environment, 'node');
  await running.node.order({ order: 'step', milliseconds: later });
  for (let tries = 0; tries < 100 && (await look(world, countWaitingMessages)) > 0; tries += 1) {
    await sleep(100);
  }
  const { taken } = world.receiver;
  const repeated = findRepeated(taken).map((detail): Violation => ({ invariant: 'I8', detail }));
  return [...repeated, ...findUnheard([...running.ended], taken)];
}

/** A process that does not start again, or anything else that nobody planned for. */
const toFailed = ({ seed, kind }: Plan, error: unknown): Result => {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    seed,
    kind,
    isMet: false,
    acknowledged: 0,
    refused: 0,
    unanswered: 0,
    stops: [],
    told: [],
    violations: [{ invariant: 'I0', detail }],
  };
};

async function runPlan(running: Running, plan: Plan, after: Plan | undefined): Promise<Result> {
  const result = await runSeed(running, plan, after === undefined ? 'serve' : toForm(after));
  const more = after === undefined ? await findUndelivered(running) : [];
  return { ...result, violations: [...result.violations, ...more] };
}

/**
 * `tell` gets each result as soon as it is there; what only the end shows belongs to the last seed. Gives what is left to do in another installation: nothing, unless
 * a seed left this one in a state in which nothing can go on.
 */
export async function runBlock(world: CrashWorld, plans: readonly Plan[], tell: (result: Result) => void): Promise<readonly Plan[]> {
  const form = plans[0] === undefined ? 'serve' : toForm(plans[0]);
  const counted = await look(world, countEntries);
  const running: Running = { world, node: await startNode(world.environment, form), counted, ended: new Set() };
  try {
    for (const [place, plan] of plans.entries()) {
      const result = await runPlan(running, plan, plans[place + 1]).catch((error: unknown) => toFailed(plan, error));
      tell(result);
      if (result.violations.some(({ invariant }) => invariant === 'I0')) {
        return plans.slice(place + 1);
      }
    }
    return [];
  } finally {
    await running.node.kill();
  }
}
