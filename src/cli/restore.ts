// `huwiya restore FILE`: makes the database that a backup holds, and accepts it only when every byte, every entry and every signature of it hold and nothing
// that is known to have been signed is missing. Until then nothing that was there is touched.

import { existsSync } from 'node:fs';
import type { Parts } from '../app.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { sequenceAll } from '../domain/ledger/sequence.ts';
import { isOccupied, openRestoreTarget } from '../storage/restore-target.ts';
import type { RestoreTarget } from '../storage/restore-target.ts';
import { fillFrom, findRestoredFaults } from './backup/fill.ts';
import type { Draw, OpenedBackup } from './backup/fill.ts';
import { compareWithKnown } from './backup/compare-with-known.ts';
import type { Compared } from './backup/compare-with-known.ts';
import { openBackup } from './backup/open-backup.ts';
import type { Manifest } from './backup/manifest.ts';
import { recordLoss, recordRestore } from './backup/record-restore.ts';
import { refuseStep } from './backup/step.ts';
import type { Step } from './backup/step.ts';
import { isInUse, takePlace } from './backup/take-place.ts';
import { standard } from './backup/speech.ts';
import type { Speech } from './backup/speech.ts';
import type { ExitCode } from './context.ts';
import { loadSettings } from './load-settings.ts';
import { createProgressBar, printJson, printLine } from './print.ts';
import { toSigning } from './sequence-log.ts';
import { printFaults } from './with-parts.ts';

export type RestoreOptions = {
  readonly file: string;
  readonly settingsFile: string | undefined;
  readonly mode: 'into-empty' | 'replace';
  readonly kept: readonly string[];
  /** Why entries that are known to be missing may be missing. */
  readonly acceptedLoss: string | undefined;
  readonly json: boolean;
};

type Ground = { readonly parts: Pick<Parts, 'config' | 'keys'>; readonly asked: RestoreOptions; readonly draw: Draw };

/** Whether the place is free, or may be made free. */
async function findHindrance({ parts: { config }, asked }: Ground): Promise<string | undefined> {
  if (!(await isOccupied(config.database))) {
    return undefined;
  }
  if (asked.mode === 'into-empty') {
    return 'there is a database already: name another in HUWIYA_DATABASE, or add --replace, which moves the old one aside';
  }
  if (config.database.kind === 'postgres') {
    return 'a PostgreSQL database is not moved aside: create an empty one and name it in HUWIYA_DATABASE';
  }
  return isInUse(config.database) ? 'the database is in use: stop every node and command first' : undefined;
}

type Filled = { readonly ground: Ground; readonly backup: OpenedBackup; readonly compared: Compared; readonly target: RestoreTarget };

async function fill({ ground: { parts, draw }, backup, compared, target }: Filled): Promise<readonly string[]> {
  const { manifest } = backup;
  const storage = await fillFrom(backup, target.engine, draw);
  const isLossy = (compared.loss?.entries ?? 0) > 0;
  if (!isLossy) {
    // What waited for its number gets the one it got, or would have got, where it was written.
    await sequenceAll({ store: storage.ledger, clock: systemClock, ...toSigning(parts) });
  }
  const kept = compared.known.map(({ text }) => text);
  const faults = await findRestoredFaults({ storage, manifest, trusted: parts, kept }, draw);
  if (faults.length > 0) {
    return faults;
  }
  if (compared.loss !== undefined && isLossy) {
    await recordLoss({ storage, manifest, signing: toSigning(parts), loss: compared.loss, draw });
    return findRestoredFaults({ storage, manifest, trusted: parts, kept }, draw);
  }
  await recordRestore(storage, manifest, compared.loss);
  return [];
}

async function accept(filled: Filled): Promise<Step<string | undefined>> {
  const { target, ground } = filled;
  let isKept = false;
  try {
    const faults = await fill(filled);
    if (faults.length > 0) {
      return refuseStep(...faults.map((fault) => `does not hold: ${fault}`));
    }
    isKept = true;
    await target.keep();
  } finally {
    if (!isKept) {
      await target.discard();
    }
  }
  return { ok: true, value: takePlace(ground.parts.config.database) };
}

type Result = { readonly manifest: Manifest; readonly compared: Compared; readonly aside: string | undefined };

function toLines({ manifest, compared, aside }: Result): readonly string[] {
  const lost = compared.loss?.entries ?? 0;
  return [
    `restored the backup of ${manifest.at}: ${manifest.size} entries, all verified`,
    ...(aside === undefined ? [] : [`the old database is at ${aside}`]),
    ...(lost > 0 ? [`${lost} entries are lost, and the log says so; docs/runbooks/restore.md says whom to tell`] : []),
    'next      npx huwiya doctor --full, then start one node',
  ];
}

function printRestored({ out, err }: Speech, result: Result, isJson: boolean): void {
  const { manifest, compared, aside } = result;
  const lost = compared.loss?.entries ?? 0;
  const isCompared = compared.known.length > 0 || lost > 0;
  if (isJson) {
    printJson(out, { at: manifest.at, size: manifest.size, lost, compared: isCompared, aside: aside ?? null });
  } else {
    toLines(result).forEach((line) => printLine(out, line));
  }
  if (!isCompared) {
    printLine(err, 'nothing was given to compare with (--kept): whether entries are missing after this backup is not known');
  }
}

function findHeadFile({ witnesses }: Config): readonly string[] {
  return witnesses !== undefined && existsSync(witnesses.headFile) ? [witnesses.headFile] : [];
}

async function restore(ground: Ground): Promise<Step<Result>> {
  const hindrance = await findHindrance(ground);
  if (hindrance !== undefined) {
    return refuseStep(hindrance);
  }
  const opened = await openBackup(ground.parts, ground.asked.file);
  if (!opened.ok) {
    return refuseStep(...opened.problems.map((problem) => `${ground.asked.file} ${problem}`));
  }
  const { backup } = opened;
  const compared = await compareWithKnown(ground.parts, backup.manifest, {
    // What witnesses have seen counts as kept, whether the operator thinks of it or not.
    kept: [...ground.asked.kept, ...findHeadFile(ground.parts.config)],
    isReplacing: ground.asked.mode === 'replace',
    acceptedLoss: ground.asked.acceptedLoss,
  });
  if (!compared.ok) {
    return compared;
  }
  const target = await openRestoreTarget(ground.parts.config.database);
  const accepted = await accept({ ground, backup, compared: compared.value, target });
  return accepted.ok
    ? { ok: true, value: { manifest: backup.manifest, compared: compared.value, aside: accepted.value } }
    : refuseStep(...accepted.problems.map((problem) => `${ground.asked.file} ${problem}`));
}

export async function runRestore(asked: RestoreOptions, speech = standard): Promise<ExitCode> {
  const parts = loadSettings(asked.settingsFile);
  if (!parts.ok) {
    printFaults(speech.err, parts.faults);
    return 1;
  }
  const bar = createProgressBar(speech.err);
  const done = await restore({ parts: parts.value, asked, draw: bar.draw }).finally(bar.end);
  if (!done.ok) {
    done.problems.forEach((problem) => printLine(speech.err, problem));
    return 1;
  }
  printRestored(speech, done.value, asked.json);
  return 0;
}
