// `npm run bench -- soak [60 minutes] [sign-ins a second]`: W1u at half of what the server can do, for an hour. Each minute says how long people waited, what the process
// holds and how large the files are; at the end, whether the second half differs from the first.

import { readFileSync, statSync } from 'node:fs';
import { again, toRank, workAtRate } from './at-rate.ts';
import { measureMaximum, toLoad } from './bars/latency.ts';
import { parseOptions } from './options.ts';
import { startSides, warmUp } from './sides.ts';
import { toMedian } from './report.ts';
import { fetchAttributes, signIn } from './units.ts';
import type { Load } from './units.ts';

/** Milliseconds; megabytes. */
type Minute = {
  readonly median: number;
  readonly p99: number;
  readonly cpuMs: number;
  readonly resident: number;
  readonly file: number;
  readonly journal: number;
};

const secondsEach = 60;
const megabyte = 1_000_000;

/** Resident set size (proc(5), VmRSS), in megabytes. */
function readResident(processId: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / megabyte;
}

const readSize = (file: string): number => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) / megabyte;

function print(minute: number, { cpuMs, file, journal, median, p99, resident }: Minute): void {
  const cells = [minute, median.toFixed(1), p99.toFixed(1), cpuMs.toFixed(2), resident.toFixed(0), file.toFixed(0), journal.toFixed(0)];
  console.log(`| ${cells.map((cell) => String(cell).padStart(9)).join(' | ')} |`);
}

/** How the median of the last third stands to that of the second: the first is warming up. */
function compare(minutes: readonly Minute[], pick: (minute: Minute) => number): string {
  const third = Math.ceil(minutes.length / 3);
  const [earlier, later] = [minutes.slice(third, 2 * third), minutes.slice(-third)].map((part) => toMedian(part.map(pick)));
  return `${earlier?.toFixed(1) ?? ''} → ${later?.toFixed(1) ?? ''}`;
}

async function visit(load: Load, turn: number): Promise<void> {
  const { accessToken } = await signIn(load, turn);
  await fetchAttributes(load, accessToken);
}

export async function measureSoak([minutes = '60', rate]: readonly string[]): Promise<void> {
  const options = parseOptions(['--units', 'W1u']);
  const started = await startSides(options);
  const { huwiya, plain } = started.sides;
  await plain.server.stop();
  try {
    await warmUp({ huwiya, plain: huwiya }, options);
    const perSecond = rate === undefined ? Math.floor((await measureMaximum(huwiya, 10)) / 2) : Number(rate);
    console.log(`${perSecond} sign-ins with UserInfo a second for ${minutes} minutes\n`);
    console.log('|    minute | median ms |    p99 ms |  CPU each |   MB held |   MB file | MB journal |');
    console.log('| --------: | --------: | --------: | --------: | --------: | --------: | --------: |');
    const load = toLoad(huwiya);
    const all: Minute[] = [];
    for (let minute = 1; minute <= Number(minutes); minute += 1) {
      const before = await huwiya.server.readUsage();
      const times = await workAtRate((turn) => again(() => visit(load, turn)), { perSecond, seconds: secondsEach });
      const after = await huwiya.server.readUsage();
      all.push({
        median: toRank(times, 0.5),
        p99: toRank(times, 0.99),
        cpuMs: (after.cpuMicros - before.cpuMicros) / 1000 / times.length,
        resident: readResident(huwiya.server.processId),
        file: readSize(started.world.databaseFile),
        journal: readSize(`${started.world.databaseFile}-wal`),
      });
      all.slice(-1).forEach((last) => print(minute, last));
    }
    load.caller.close();
    const grown = ((all.at(-1)?.file ?? 0) - (all[0]?.file ?? 0)) / Math.max(1, all.length - 1) / (perSecond * secondsEach);
    console.log(
      `\nsecond third → last third: p99 ${compare(all, ({ p99 }) => p99)} ms, held ${compare(all, ({ resident }) => resident)} MB`,
    );
    console.log(`the file grew by ${(grown * megabyte).toFixed(0)} bytes for each sign-in`);
  } finally {
    await huwiya.server.stop();
    started.world.remove();
  }
}
