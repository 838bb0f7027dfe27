// Huwiya and the plain engine beside each other: started from the same services and people, warmed up alike, measured in turns.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../tests/support/world.ts';
import type { WorldSettings } from '../tests/support/world.ts';
import { startServer } from './child.ts';
import type { ServerProcess } from './child.ts';
import { checkAnswers } from './check-answers.ts';
import { toVisited } from './first-visits.ts';
import { writeSettings } from './nodes/write-settings.ts';
import { createHuwiyaWorld } from './huwiya-world.ts';
import type { HuwiyaWorld } from './huwiya-world.ts';
import { runRound } from './measure.ts';
import type { Extent, Side } from './measure.ts';
import type { Options } from './options.ts';
import { createPlainWorld } from './plain-world.ts';
import { createRegistry } from './registry.ts';
import type { Pair } from './report.ts';
import type { UnitName } from './units.ts';

export type Own = Side & { readonly server: ServerProcess };

export type Sides = { readonly huwiya: Own; readonly plain: Own };

/** More than any server here answers in a second. */
export const operationsPerSecond = 20_000;

/** Units whose code the warm-up of W1u does not reach, and how much of it they get. */
const warmUpShares: Readonly<Partial<Record<UnitName, number>>> = { W2: 0.2, 'W2-kept': 0.2, W4: 0.2, W5: 0.1 };

export async function warmUp(sides: Sides, options: Options): Promise<void> {
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

export async function measureAll(sides: Sides, options: Options): Promise<ReadonlyMap<UnitName, readonly Pair[]>> {
  const extent = { connections: options.connections, seconds: options.seconds, operations: options.seconds * operationsPerSecond };
  const pairs = new Map<UnitName, readonly Pair[]>(options.units.map((unit) => [unit, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const unit of options.units) {
      pairs.set(unit, [...(pairs.get(unit) ?? []), await measurePair(sides, unit, { extent, round })]);
    }
  }
  return pairs;
}

/** Where Huwiya keeps what it has; without either, in a fresh file. */
export type Where = Pick<WorldSettings, 'database' | 'country'> & {
  /** Before the measured node starts: the path of the file or the address of the server. */
  readonly fill?: (database: string) => Promise<void>;
};

function startHuwiya(world: HuwiyaWorld, { country, database }: Where): Promise<ServerProcess> {
  const { settingsFile, target } = world;
  if (country !== undefined) {
    const argument = JSON.stringify({ settingsFile, ahead: country.ahead });
    return startServer(fileURLToPath(import.meta.resolve('./audit/serve-country.ts')), argument);
  }
  const file = database === undefined ? settingsFile : writeSettings(world, database, Number(new URL(target.issuer).port));
  return startServer(fileURLToPath(import.meta.resolve('./serve-huwiya.ts')), file);
}

export type Started = {
  readonly sides: Sides;
  readonly world: HuwiyaWorld;
  readonly plainFile: string;
  readonly close: () => Promise<void>;
};

export async function startSides(options: Options, where: Where = {}): Promise<Started> {
  const registry = createRegistry(options.services);
  const visitedBy = Array.from({ length: options.people }, (_, person) => toVisited(registry, person));
  const world = await createHuwiyaWorld(registry, visitedBy, { settings: where });
  await where.fill?.(where.database ?? world.databaseFile);
  const plain = createPlainWorld({ port: await findFreePort(), registry, visitedBy });
  const plainFile = join(world.folder, 'plain.json');
  writeFileSync(plainFile, JSON.stringify(plain.world), { mode: 0o600 });
  const { signingKey } = registry;
  const huwiyaServer = await startHuwiya(world, where);
  const plainServer = await startServer(fileURLToPath(import.meta.resolve('./serve-plain.ts')), plainFile);
  return {
    world,
    plainFile,
    close: async () => {
      await Promise.all([huwiyaServer.stop(), plainServer.stop()]);
      world.remove();
    },
    sides: {
      huwiya: { target: world.target, server: huwiyaServer, signingKey },
      plain: { target: plain.target, server: plainServer, signingKey },
    },
  };
}
