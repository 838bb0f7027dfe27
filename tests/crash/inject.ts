// What happens to the machine in the course of one seed: it begins when people begin, and is over when the process is dead.

import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSeeded } from '../support/counts.ts';
import { traced } from './plan.ts';
import type { Kind, Plan } from './plan.ts';
import { dropUnsynced } from './power-loss.ts';
import { attach } from './processes.ts';
import type { Form } from './bundle.ts';
import type { Killable, Tracer } from './processes.ts';
import { toTraceFile } from './world.ts';
import type { CrashWorld } from './world.ts';

/** `faults`: what the process did of which it is not to be excused. */
type Over = { readonly isMet: boolean; readonly faults: readonly string[] };

export type Injection = { readonly finish: () => Promise<Over> };

/** Labelled points and another clock need a process of our own making; everything else is the program of an operator. */
export const toForm = ({ kind, rotates }: Plan): Form => (kind === 'kill-at-point' || kind === 'clock-steps' || rotates ? 'node' : 'serve');

const syncs = 'fsync,fdatasync';

function toExpressions({ kind, nth, times }: Plan): readonly string[] {
  const some = `when=${nth}..${nth + times - 1}`;
  const expressions: Partial<Record<Kind, readonly string[]>> = {
    'kill-at-fsync': ['-e', `trace=${syncs}`, '-e', `inject=${syncs}:signal=KILL:when=${nth}`],
    'fsync-fails': ['-e', `trace=${syncs}`, '-e', `inject=${syncs}:error=EIO:${some}`],
    'read-fails': ['-e', 'trace=pread64', '-e', `inject=pread64:error=EIO:${some}`],
    'disk-full': ['-e', 'trace=pwrite64', '-e', `inject=pwrite64:error=ENOSPC:when=${nth}..${nth + 20 * times}`],
    'slow-disk': ['-e', `trace=${syncs}`, '-e', `inject=${syncs}:delay_enter=150000:when=${nth}..${nth + 4 * times}`],
    'power-loss': ['-y', '-s', '0', '-e', `trace=pwrite64,${syncs}`, '-e', `inject=${syncs}:signal=KILL:when=${nth}`],
  };
  return expressions[kind] ?? [];
}

/** Ended by the plan, by itself, or now. */
async function end(node: Killable): Promise<void> {
  await (node.hasEnded() ? node.ended : node.kill());
}

async function isReady(issuer: string): Promise<boolean> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(`${issuer}/readyz`, { signal: AbortSignal.timeout(3000) }).catch(() => undefined);
    if (answer?.status === 200) {
      return true;
    }
    await sleep(100);
  }
  return false;
}

type Place = { readonly world: CrashWorld; readonly node: Killable; readonly plan: Plan };

/** A full disk is no reason to end; a disk that does not keep what it took is one. */
async function findFailing({ world, node, plan }: Place, trace: string): Promise<readonly string[]> {
  if (plan.kind === 'disk-full' && !node.hasEnded()) {
    return (await isReady(world.issuer)) ? [] : ['does not go on when the disk has room again'];
  }
  const isMet = trace.includes('(INJECTED)');
  if (plan.kind !== 'fsync-fails' || !isMet) {
    return [];
  }
  const code = await Promise.race([node.ended, sleep(3000, 'goes on')]);
  return code === 'goes on' ? ['goes on after the disk did not keep what it took'] : [];
}

async function trace(place: Place): Promise<Injection> {
  const { world, node, plan } = place;
  const file = toTraceFile(world);
  rmSync(file, { force: true });
  const tracer: Tracer = await attach(node.pid, toExpressions(plan), file);
  return {
    finish: async () => {
      await tracer.detach();
      const seen = readFileSync(file, 'utf8');
      const failing = await findFailing(place, seen);
      await end(node);
      if (plan.kind === 'power-loss') {
        dropUnsynced(seen, world.file, createSeeded(plan.seed));
      }
      return { isMet: /INJECTED|DELAYED|SIGKILL/.test(seen), faults: failing };
    },
  };
}

/** What is done to the machine, and how it is undone; most of it is over with the process. */
type Doing = (place: Place) => Promise<void>;

const never: Doing = async () => undefined;

const doings: Partial<Record<Kind, Doing>> = {
  'kill-at-point': async ({ node, plan }) => void (await node.order({ order: 'kill', point: plan.point })),
  'clock-steps': async ({ node, plan }) => {
    await sleep(plan.killAfter / 3);
    await node.order({ order: 'step', milliseconds: plan.step });
  },
  'clients-cut': async ({ world, plan }) => {
    const random = createSeeded(plan.seed);
    world.cutting.cutAfter = () => (random() < 0.1 ? 1 + Math.floor(random() * 25) : undefined);
  },
  'commit-cut': async ({ world, plan }) => world.server?.wire.cutAfterCommit(plan.nth),
  'backends-killed': async ({ world, plan }) => {
    await sleep(plan.killAfter);
    await world.server?.killBackends();
  },
  'server-killed': async ({ world, plan }) => {
    await sleep(plan.killAfter);
    await world.server?.crash(plan.times * 100);
  },
  'slow-answers': async ({ world, plan }) => {
    if (world.server !== undefined) {
      world.server.wire.delay = plan.times * 10;
    }
  },
};

function undo({ world }: Place): void {
  world.cutting.cutAfter = () => undefined;
  if (world.server !== undefined) {
    world.server.wire.delay = 0;
  }
}

/** A server that went away and came back, or lost its connections, is one like before. */
async function findUnhealed({ world, node, plan }: Place): Promise<readonly string[]> {
  const isHealing = plan.kind === 'server-killed' || plan.kind === 'backends-killed' || plan.kind === 'commit-cut';
  return !isHealing || node.hasEnded() || (await isReady(world.issuer)) ? [] : ['does not go on when its database answers again'];
}

async function isMetBy({ world, node, plan }: Place): Promise<boolean> {
  if (plan.kind === 'commit-cut') {
    return world.server?.wire.hasCut() === true;
  }
  // The end of a process is told a moment after its connections broke.
  return plan.kind !== 'kill-at-point' || (await Promise.race([node.ended, sleep(50, undefined)])) !== undefined;
}

export async function begin(place: Place): Promise<Injection> {
  const { node, plan } = place;
  if (traced.has(plan.kind)) {
    return trace(place);
  }
  const doing = (doings[plan.kind] ?? never)(place);
  if (plan.kind === 'kill-at-point') {
    await doing;
  }
  return {
    finish: async () => {
      await doing;
      undo(place);
      const isMet = await isMetBy(place);
      const faults = await findUnhealed(place);
      await end(node);
      return { isMet, faults };
    },
  };
}
