// `npm run bench`: what a remembered sign-in costs on Huwiya beside the plain engine, in the same run, in turns.
// Ratios of one run mean something; milliseconds of two runs do not compare.

import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { measureAudit } from './audit/measure-audit.ts';
import { measureEverySeed } from './audit/measure-anomalies.ts';
import { measureBars } from './bars/measure-bars.ts';
import { barsUsage, parseBars } from './bars/options.ts';
import { canPin, pinLoad } from './child.ts';
import { measureHome } from './home.ts';
import { evidenceUnits, measureBytes, measureEvidence } from './measure-bytes.ts';
import { runRound } from './measure.ts';
import { parseOptions, usage, visitsEach } from './options.ts';
import type { Options } from './options.ts';
import { measureNodes } from './nodes/measure-nodes.ts';
import { measurePeers } from './peers/measure-peers.ts';
import { printEvidence, printRatios, printVerification } from './report.ts';
import { measureAll, operationsPerSecond, startSides, warmUp } from './sides.ts';
import type { Sides } from './sides.ts';
import { measureSoak } from './soak.ts';
import { measureVerification } from './verify-passkeys.ts';

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
  const { close, sides, world } = await startSides(options);
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
    await close();
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
} else if (process.argv[2] === 'bars') {
  await measureBars(parseBars(process.argv.slice(3)));
} else if (process.argv[2] === 'peers') {
  pinLoad();
  await measurePeers(parseOptions(process.argv.slice(3)));
} else if (process.argv[2] === 'soak') {
  pinLoad();
  await measureSoak(process.argv.slice(3));
} else if (process.argv[2] === 'nodes') {
  await measureNodes(process.argv.slice(3));
} else if (process.argv[2] === 'anomalies') {
  await measureEverySeed(Number(process.argv[3] ?? 400), process.argv.slice(4));
} else if (process.argv.includes('--help')) {
  console.log(`${usage}\n${barsUsage}`);
} else {
  await main();
}
