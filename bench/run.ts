// `npm run bench`: what a remembered sign-in costs on Huwiya beside the plain engine, in the same run, in turns.
// Ratios of one run mean something; milliseconds of two runs do not compare.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findFreePort } from '../tests/support/world.ts';
import { measureAudit } from './audit/measure-audit.ts';
import { measureEverySeed } from './audit/measure-anomalies.ts';
import { canPin, pinLoad, startServer } from './child.ts';
import type { ServerProcess } from './child.ts';
import { checkAnswers } from './check-answers.ts';
import { toVisited } from './first-visits.ts';
import { measureHome } from './home.ts';
import { createHuwiyaWorld } from './huwiya-world.ts';
import type { HuwiyaWorld } from './huwiya-world.ts';
import { evidenceUnits, measureBytes, measureEvidence } from './measure-bytes.ts';
import { runRound } from './measure.ts';
import type { Extent, Side } from './measure.ts';
import { parseOptions, usage, visitsEach } from './options.ts';
import type { Options } from './options.ts';
import { measureNodes } from './nodes/measure-nodes.ts';
import { createPlainWorld } from './plain-world.ts';
import { createRegistry } from './registry.ts';
import { printEvidence, printRatios, printVerification } from './report.ts';
import type { Pair } from './report.ts';
import type { UnitName } from './units.ts';
import { measureVerification } from './verify-passkeys.ts';

type Own = Side & { readonly server: ServerProcess };

type Sides = { readonly huwiya: Own; readonly plain: Own };

/** More than any server here answers in a second. */
const operationsPerSecond = 20_000;

/** Units whose code the warm-up of W1u does not reach, and how much of it they get. */
const warmUpShares: Readonly<Partial<Record<UnitName, number>>> = { W2: 0.2, 'W2-kept': 0.2, W4: 0.2, W5: 0.1 };

async function warmUp(sides: Sides, options: Options): Promise<void> {
  const extent = { connections: options.connections, seconds: Number.POSITIVE_INFINITY, operations: Math.ceil(options.warmUp / 2) };
  for (const side of [sides.plain, sides.huwiya]) {
    await checkAnswers(side);
    await runRound(side, 'W1u', extent);
    await runRound(side, 'W1u-key', extent);
    for (const unit of options.units.filter((name) => Object.hasOwn(warmUpShares, name))) {
      await runRound(side, unit, { ...extent, operations: Math.ceil(options.warmUp * (warmUpShares[unit] ?? 0)) });
    }
  }
}

async function measurePair(sides: Sides, unit: UnitName, asked: { readonly extent: Extent; readonly round: number }): Promise<Pair> {
  if (asked.round % 2 === 0) {
    const plain = await runRound(sides.plain, unit, asked.extent);
    return { plain, huwiya: await runRound(sides.huwiya, unit, asked.extent) };
  }
  const huwiya = await runRound(sides.huwiya, unit, asked.extent);
  return { huwiya, plain: await runRound(sides.plain, unit, asked.extent) };
}

/** Only the profiled work is in the profile: no start, no warm-up, no other unit. */
async function writeProfiles(sides: Sides, options: Options, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const extent = { connections: options.connections, seconds: options.seconds, operations: options.seconds * operationsPerSecond };
  for (const unit of options.units) {
    for (const side of [sides.plain, sides.huwiya]) {
      await side.server.startProfile();
      const { operations } = await runRound(side, unit, extent);
      const file = `${unit}-${side.target.name}.cpuprofile`;
      await side.server.writeProfile(resolve(folder, file));
      console.log(`${file}: ${operations} operations`);
    }
  }
}

async function measureAll(sides: Sides, options: Options): Promise<ReadonlyMap<UnitName, readonly Pair[]>> {
  const extent = { connections: options.connections, seconds: options.seconds, operations: options.seconds * operationsPerSecond };
  const pairs = new Map<UnitName, readonly Pair[]>(options.units.map((unit) => [unit, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const unit of options.units) {
      pairs.set(unit, [...(pairs.get(unit) ?? []), await measurePair(sides, unit, { extent, round })]);
    }
  }
  return pairs;
}

async function startSides(options: Options): Promise<{ readonly sides: Sides; readonly world: HuwiyaWorld }> {
  const registry = createRegistry(options.services);
  const visitedBy = Array.from({ length: options.people }, (_, person) => toVisited(registry, person));
  const world = await createHuwiyaWorld(registry, visitedBy);
  const plain = createPlainWorld({ port: await findFreePort(), registry, visitedBy });
  const plainFile = join(world.folder, 'plain.json');
  writeFileSync(plainFile, JSON.stringify(plain.world), { mode: 0o600 });
  const { signingKey } = registry;
  const huwiyaServer = await startServer(fileURLToPath(import.meta.resolve('./serve-huwiya.ts')), world.settingsFile);
  const plainServer = await startServer(fileURLToPath(import.meta.resolve('./serve-plain.ts')), plainFile);
  return {
    world,
    sides: {
      huwiya: { target: world.target, server: huwiyaServer, signingKey },
      plain: { target: plain.target, server: plainServer, signingKey },
    },
  };
}

function printHead(options: Options): void {
  const versionOf = (name: string): string =>
    z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'node_modules', name, 'package.json'), 'utf8'))).version;
  console.log(
    `Node ${process.versions.node}, oidc-provider ${versionOf('oidc-provider')} on both sides, SQLite at synchronous=FULL with ledger on ours, memory on the other.`,
  );
  console.log(
    `${options.services} services, ${options.people} people with ${visitsEach} consents each, ${options.connections} connections, ` +
      `${options.rounds} rounds of ${options.seconds} s in turns after ${options.warmUp} sign-ins each; ` +
      `${canPin ? 'server on one core, load on another' : 'NOT PINNED: no taskset or one core only'}.`,
  );
  console.log('CPU of the server process per unit, medians; the ratio is the median of the ratios of neighbouring rounds.\n');
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  pinLoad();
  printHead(options);
  const { sides, world } = await startSides(options);
  try {
    await warmUp(sides, options);
    if (options.profile !== undefined) {
      await writeProfiles(sides, options, options.profile);
      return;
    }
    printRatios(await measureAll(sides, options));
    console.log('');
    printEvidence(await measureEvidence(sides.huwiya, { databaseFile: world.databaseFile, units: evidenceUnits }));
    console.log('');
    printVerification(await measureVerification());
  } finally {
    await Promise.all([sides.huwiya.server.stop(), sides.plain.server.stop()]);
    world.remove();
  }
}

if (process.argv[2] === 'home') {
  await measureHome();
} else if (process.argv[2] === 'passkeys') {
  printVerification(await measureVerification());
} else if (process.argv[2] === 'bytes') {
  await measureBytes();
} else if (process.argv[2] === 'audit') {
  await measureAudit(process.argv.slice(3));
} else if (process.argv[2] === 'nodes') {
  await measureNodes(process.argv.slice(3));
} else if (process.argv[2] === 'anomalies') {
  await measureEverySeed(Number(process.argv[3] ?? 400), process.argv.slice(4));
} else if (process.argv.includes('--help')) {
  console.log(usage);
} else {
  await main();
}
