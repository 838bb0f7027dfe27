// What a power cut leaves: everything up to the last fsync of a file, and of what was written after it anything or nothing. The tracer's record says which bytes those are.

import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';

export type Region = { readonly path: string; readonly from: number; readonly to: number };

const call = /^(\d+) +(pwrite64|fsync|fdatasync)\(\d+<([^>]*)>(?:.*, (\d+), (\d+))?/;
const resumed = /^(\d+) +<\.\.\. f(?:data)?sync resumed>.*= 0/;

type Reading = { regions: Region[]; readonly syncing: Map<string, readonly Region[]> };

function forget(reading: Reading, synced: readonly Region[]): void {
  reading.regions = reading.regions.filter((region) => !synced.includes(region));
}

function readCall(reading: Reading, line: string): void {
  const [, thread = '', name, path = '', length, offset] = call.exec(line) ?? [];
  if (name === undefined) {
    return;
  }
  if (name === 'pwrite64') {
    reading.regions.push({ path, from: Number(offset), to: Number(offset) + Number(length) });
    return;
  }
  const own = reading.regions.filter((region) => region.path === path);
  reading.syncing.set(thread, own);
  if (/\) += 0/.test(line)) {
    forget(reading, own);
  }
}

function readLine(reading: Reading, line: string): void {
  const [, thread] = resumed.exec(line) ?? [];
  if (thread === undefined) {
    readCall(reading, line);
  } else {
    forget(reading, reading.syncing.get(thread) ?? []);
  }
}

/** The bytes that no fsync followed, in the order in which they were written. */
export function findUnsynced(trace: string): readonly Region[] {
  const reading: Reading = { regions: [], syncing: new Map() };
  trace.split('\n').forEach((line) => readLine(reading, line));
  return reading.regions;
}

/** The header of the database stays: a disk writes its sectors whole, and both versions of that one say the same. */
const sector = 512;

type Fate = 'kept' | 'cut off' | 'noise' | 'half';
const fates: readonly Fate[] = ['kept', 'cut off', 'noise', 'half'];

function overwrite(file: number, from: number, to: number): void {
  if (to > from) {
    writeSync(file, Buffer.alloc(to - from, 0xa5), 0, to - from, from);
  }
}

/** Whether it reached the disk, and if not, what stands there instead. */
function spoil({ path, from, to }: Region, fate: Fate | undefined): void {
  const file = openSync(path, 'r+');
  const isLog = path.endsWith('-wal');
  const start = isLog ? from : Math.max(from, sector);
  if (fate === 'cut off' && isLog && to >= fstatSync(file).size) {
    ftruncateSync(file, from);
  } else if (fate !== 'kept') {
    overwrite(file, fate === 'half' ? Math.floor((start + to) / 2) : start, to);
  }
  closeSync(file);
}

/** The process MUST be dead. How many regions were lost, or might have been. */
export function dropUnsynced(trace: string, database: string, random: () => number): number {
  const regions = findUnsynced(trace).filter(({ path }) => path === database || path === `${database}-wal`);
  regions.filter(({ path }) => existsSync(path)).forEach((region) => spoil(region, fates[Math.floor(random() * fates.length)]));
  rmSync(`${database}-shm`, { force: true });
  return regions.length;
}
