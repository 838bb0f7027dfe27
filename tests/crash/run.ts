// `npm run crash -- --store sqlite|postgres --seeds A-B --lanes N --out FILE`: runs seeds that FILE has not got yet, adds a line to it for each, and prints the tables of all
// that are in it. Ends with 1 when something that must hold does not.

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runBlock } from './block.ts';
import { createCrashWorld } from './world.ts';
import { isInvariant } from './judge.ts';
import { kinds, toPlan, traced } from './plan.ts';
import type { Kind, Plan, Store } from './plan.ts';
import { startPostgresPlace } from './postgres-place.ts';
import type { PostgresPlace } from './postgres-place.ts';
import { findTracerFault } from './processes.ts';
import type { Result } from './run-seed.ts';
import { toTable } from './table.ts';

/** Seeds that share one installation. */
const blockSize = 50;

const allKinds: readonly Kind[] = [...new Set<Kind>([...kinds.sqlite, ...kinds.postgres])];

const resultSchema = z.object({
  seed: z.int(),
  kind: z.enum(allKinds),
  isMet: z.boolean(),
  acknowledged: z.int(),
  refused: z.int(),
  unanswered: z.int(),
  stops: z.array(z.string()),
  told: z.array(z.string()),
  violations: z.array(z.object({ invariant: z.string().refine(isInvariant), detail: z.string() })),
});

const optionsSchema = z.object({
  store: z.enum(['sqlite', 'postgres']),
  seeds: z.string().regex(/^\d+-\d+$/, 'is not A-B'),
  lanes: z.coerce.number().int().min(1).max(16),
  out: z.string().min(1),
});

type Options = z.infer<typeof optionsSchema>;

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { store: text, seeds: text, lanes: { ...text, default: '1' }, out: text } });
  return optionsSchema.parse({ store: 'sqlite', out: 'var/crash.jsonl', seeds: '1-30', ...values });
}

function readResults(file: string): readonly Result[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // A run that was killed may have left half a line.
  return lines.flatMap((line) => (line.endsWith('}') ? [resultSchema.parse(JSON.parse(line))] : []));
}

function findMissing({ seeds, out }: Options): readonly number[] {
  const [first = 1, last = 1] = seeds.split('-').map(Number);
  const done = new Set(readResults(out).map(({ seed }) => seed));
  return Array.from({ length: last - first + 1 }, (_, place) => first + place).filter((seed) => !done.has(seed));
}

function toBlocks(seeds: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(seeds.length / blockSize) }, (_, block) => seeds.slice(block * blockSize, (block + 1) * blockSize));
}

function findLacking(store: Store): ReadonlySet<Kind> {
  const fault = store === 'sqlite' ? findTracerFault() : undefined;
  if (fault !== undefined) {
    process.stderr.write(`without what sits between the program and the kernel: ${fault}\n`);
  }
  return fault === undefined ? new Set() : traced;
}

type Running = { readonly options: Options; readonly server: PostgresPlace | undefined; readonly blocks: number[][] };

/** One installation after the other, until none is left to begin. */
async function runLane({ options, server, blocks }: Running): Promise<void> {
  const lacking = findLacking(options.store);
  const tell = (result: Result): void => {
    appendFileSync(options.out, `${JSON.stringify(result)}\n`);
    result.violations.forEach(({ invariant, detail }) =>
      process.stdout.write(`seed ${result.seed} ${result.kind} ${invariant}: ${detail}\n`),
    );
  };
  for (let seeds = blocks.shift(); seeds !== undefined; seeds = blocks.shift()) {
    let plans: readonly Plan[] = seeds.map((seed) => toPlan(seed, options.store, lacking));
    while (plans.length > 0) {
      const world = await createCrashWorld(server);
      plans = await runBlock(world, plans, tell);
      await world.close();
    }
  }
}

/** Each lane has a server of its own, because one of the things that happen is that it dies. */
async function startLane(options: Options, blocks: number[][]): Promise<void> {
  const server = options.store === 'postgres' ? await startPostgresPlace() : undefined;
  if (options.store === 'postgres' && server === undefined) {
    throw new Error('no PostgreSQL server was found');
  }
  try {
    await runLane({ options, server, blocks });
  } finally {
    await server?.stop();
  }
}

const options = readOptions();
mkdirSync(dirname(options.out), { recursive: true });
const blocks = toBlocks(findMissing(options));
await Promise.all(Array.from({ length: options.lanes }, async () => startLane(options, blocks)));
const results = readResults(options.out);
process.stdout.write(`${toTable(results)}\n`);
process.exitCode = results.some(({ violations }) => violations.length > 0) ? 1 : 0;
