// `huwiya move --to URL`: carries a whole installation on SQLite over to an empty PostgreSQL database while its nodes stand still. All of it is there at once, or
// nothing of it: rows compared, log verified, and the old database marked, so that no node ever starts on both.

import { existsSync } from 'node:fs';
import type { Database } from '../config/config.ts';
import { parseDatabase } from '../config/settings.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { MoveSource } from '../storage/move-source.ts';
import { openMoveSource, takeBack } from '../storage/move-source.ts';
import { isOccupied, openRestoreTarget } from '../storage/restore-target.ts';
import type { Moved } from './backup/carry-over.ts';
import { carryOver } from './backup/carry-over.ts';
import type { Draw } from './backup/fill.ts';
import { standard } from './backup/speech.ts';
import type { Speech } from './backup/speech.ts';
import { refuseStep } from './backup/step.ts';
import type { Step } from './backup/step.ts';
import { isInUse } from './backup/take-place.ts';
import type { ExitCode, Output } from './context.ts';
import { loadParts } from './load-parts.ts';
import { loadSettings } from './load-settings.ts';
import type { Settings } from './load-settings.ts';
import { createProgressBar, printJson, printLine } from './print.ts';
import { sequenceLog } from './sequence-log.ts';
import { printFaults } from './with-parts.ts';

type Timed = Moved & { readonly millis: Millis };

export type MoveOptions = {
  readonly settingsFile: string | undefined;
  /** Where to. */
  readonly to: string | undefined;
  /** In its place: a move is taken back. */
  readonly isUndone: boolean;
  readonly json: boolean;
};

type Sqlite = Extract<Database, { readonly kind: 'sqlite' }>;
type Postgres = Extract<Database, { readonly kind: 'postgres' }>;

/** The source at rest, or what stands against moving it. */
function findSource({ config: { database } }: Settings): Step<Sqlite> {
  if (database.kind !== 'sqlite') {
    return refuseStep('HUWIYA_DATABASE names a PostgreSQL database already: only one on SQLite is moved');
  }
  if (!existsSync(database.path)) {
    return refuseStep(`${database.path}: is not there`);
  }
  return isInUse(database) ? refuseStep('the database is in use: stop every node and command first') : { ok: true, value: database };
}

function findTarget(to: string): Step<Postgres> {
  const database = parseDatabase(to);
  return database?.kind === 'postgres' ? { ok: true, value: database } : refuseStep('--to: is no postgres:// URL');
}

/** As a node looks at it before it starts; then everything committed gets its number, so that nothing moves that waits for one. */
async function settle(file: string | undefined): Promise<Step<undefined>> {
  const parts = await loadParts({ file, allowsPending: false });
  if (!parts.ok) {
    return refuseStep(...parts.faults.map(({ fix, problem, setting }) => `${setting} ${problem}. ${fix}`));
  }
  try {
    const broken = await sequenceLog(parts.value);
    return broken === undefined ? { ok: true, value: undefined } : refuseStep(`the log does not go on: ${broken.detail}`);
  } finally {
    await parts.value.storage.close();
  }
}

type Ends = { readonly settings: Settings; readonly source: MoveSource; readonly to: Postgres };

/** The mark comes before the commit: where this process dies between the two, no database serves, and `--undo` says which. */
async function carry({ settings, source, to }: Ends, draw: Draw): Promise<Step<Moved>> {
  const target = await openRestoreTarget(to);
  let isKept = false;
  let isLeft = false;
  try {
    const moved = await carryOver({ settings, snapshot: source.snapshot, engine: target.engine }, draw);
    if (moved.ok) {
      await source.leave();
      isLeft = true;
      await target.keep();
      isKept = true;
    }
    return moved;
  } finally {
    if (!isKept) {
      await target.discard();
      await (isLeft ? source.stay() : undefined);
    }
  }
}

async function move(settings: Settings, { settingsFile, to }: MoveOptions & { readonly to: string }, draw: Draw): Promise<Step<Moved>> {
  const target = findTarget(to);
  if (!target.ok) {
    return target;
  }
  const from = findSource(settings);
  if (!from.ok) {
    return from;
  }
  if (await isOccupied(target.value)) {
    return refuseStep('the database at the other end is not empty: create an empty one');
  }
  const settled = await settle(settingsFile);
  if (!settled.ok) {
    return settled;
  }
  const source = await openMoveSource(from.value.path);
  try {
    return await carry({ settings, source, to: target.value }, draw);
  } finally {
    await source.close();
  }
}

async function undo(settings: Settings, { out, err }: Speech): Promise<ExitCode> {
  const from = findSource(settings);
  if (!from.ok) {
    from.problems.forEach((problem) => printLine(err, problem));
    return 1;
  }
  await takeBack(from.value.path);
  printLine(out, `${from.value.path}: nodes may start on it again`);
  printLine(out, 'Only while none has run on the other database: two that go on from one log sign two logs.');
  return 0;
}

function printMoved(
  out: Output,
  { entries, millis, rows }: Timed,
  { json, path }: { readonly json: boolean; readonly path: string },
): void {
  const seconds = Math.ceil(millis / 100) / 10;
  if (json) {
    printJson(out, { rows, entries, seconds, old: path });
    return;
  }
  printLine(out, `moved ${rows} rows and a log of ${entries} entries in ${seconds} s, all compared and verified`);
  printLine(out, `${path} is as it was, and no node starts on it any more`);
  printLine(out, 'next      name the new database in HUWIYA_DATABASE, npx huwiya doctor --full, then start the nodes');
}

async function attempt(settings: Settings, asked: MoveOptions & { readonly to: string }, draw: Draw): Promise<Step<Moved>> {
  try {
    return await move(settings, asked, draw);
  } catch (thrown) {
    if (thrown instanceof Fault) {
      return refuseStep(`${thrown.detail}; nothing was moved`);
    }
    throw thrown;
  }
}

export async function runMove(asked: MoveOptions, speech = standard): Promise<ExitCode> {
  const { isUndone, to } = asked;
  if (isUndone !== (to === undefined)) {
    printLine(speech.err, 'one of --to URL and --undo is needed');
    return 2;
  }
  const settings = loadSettings(asked.settingsFile);
  if (!settings.ok) {
    printFaults(speech.err, settings.faults);
    return 1;
  }
  if (to === undefined) {
    return undo(settings.value, speech);
  }
  const bar = createProgressBar(speech.err);
  const startedAt = systemClock.now();
  const moved = await attempt(settings.value, { ...asked, to }, bar.draw).finally(bar.end);
  if (!moved.ok) {
    moved.problems.forEach((problem) => printLine(speech.err, problem));
    return 1;
  }
  const { database } = settings.value.config;
  const path = database.kind === 'sqlite' ? database.path : '';
  printMoved(speech.out, { ...moved.value, millis: systemClock.now() - startedAt }, { json: asked.json, path });
  return 0;
}
