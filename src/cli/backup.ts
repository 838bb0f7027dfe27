// `huwiya backup FILE`: a copy of one moment of the database while nodes go on, in one sealed file. It stands under its name only after it was read
// back, made into a database again, and the whole log in it verified. Keys are never in it.

import { closeSync, existsSync, rmSync, statSync } from 'node:fs';
import type { Parts } from '../app.ts';
import { readVersion } from '../config/version.ts';
import { systemClock, toTimestamp } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import { recordAtOnce } from '../oidc/record-event.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import { openSnapshot } from '../storage/backup-source.ts';
import { readHead, readTables } from '../storage/read-tables.ts';
import type { Snapshot } from '../storage/read-tables.ts';
import { openSqliteTarget } from '../storage/restore-target.ts';
import { createCheckFolder, toCheckFile } from './backup/check-folder.ts';
import { createSalt, isWhole, toBackupKey, writeSealed } from './backup/envelope.ts';
import { fillFrom, findRestoredFaults } from './backup/fill.ts';
import type { Draw, OpenedBackup } from './backup/fill.ts';
import { toLines } from './backup/lines.ts';
import { backupFormat } from './backup/manifest.ts';
import type { Manifest } from './backup/manifest.ts';
import { placePart, toPartName } from './backup/part-file.ts';
import { readFacts, toInstallationFacts } from './check-installation.ts';
import { standard } from './backup/speech.ts';
import type { Speech } from './backup/speech.ts';
import type { ExitCode, Output } from './context.ts';
import { claimFile } from './files/claim-file.ts';
import { createProgressBar, printJson, printLine } from './print.ts';
import { sequenceLog } from './sequence-log.ts';

export type BackupOptions = { readonly file: string; readonly json: boolean };

/** Before the first row is read: nothing leaves that the log does not know of, and the copy knows of itself. */
async function recordBackup({ storage }: Parts): Promise<void> {
  const draft = { type: 'backup.created', personRef: null, actor: { kind: 'operator', ref: null } } as const;
  const event = sealEvent({ clock: systemClock, random: systemRandom }, draft);
  await recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event);
}

async function createManifest({ config, keys, storage }: Parts, snapshot: Snapshot): Promise<Manifest> {
  return {
    format: backupFormat,
    version: readVersion(),
    at: toTimestamp(systemClock.now()),
    issuer: config.issuer,
    dialect: snapshot.dialect,
    ...(await readHead(snapshot)),
    facts: { ...toInstallationFacts({ config, keys }), ...(await readFacts(storage)) },
    salt: createSalt(),
  };
}

async function write(parts: Parts, target: { readonly file: string; readonly descriptor: number }, draw: Draw): Promise<OpenedBackup> {
  const snapshot = await openSnapshot(parts.config.database);
  try {
    const manifest = await createManifest(parts, snapshot);
    const sealed = { header: JSON.stringify(manifest), key: toBackupKey(parts.keys.data, manifest.salt) };
    const lines = toLines(readTables(snapshot), (table, done) => draw({ label: `reading ${table}`, done, total: null }));
    await writeSealed(target.descriptor, sealed, lines);
    return { file: target.file, manifest, sealed };
  } finally {
    await snapshot.close();
  }
}

/** What the file is worth on the bad day is found out today: it is made into a database, which is looked at and thrown away. */
async function findFaults(backup: OpenedBackup, parts: Parts, draw: Draw): Promise<readonly string[]> {
  if (!(await isWhole(backup.file, backup.sealed))) {
    return ['what was written is not what is read back'];
  }
  const folder = createCheckFolder(parts.config.database);
  try {
    const target = openSqliteTarget(toCheckFile(folder));
    try {
      const storage = await fillFrom(backup, target.engine, draw);
      return await findRestoredFaults({ storage, manifest: backup.manifest, trusted: parts, kept: [] }, draw);
    } finally {
      await target.discard();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printBackup(out: Output, { file, json }: BackupOptions, { size, pending, checkpoint, at }: Manifest): void {
  if (json) {
    printJson(out, { file, at, bytes: statSync(file).size, size, pending, checkpoint });
    return;
  }
  printLine(out, `${file}: ${statSync(file).size} bytes, written and verified; a log of ${size} entries`);
  printLine(out, 'It opens with data.json of this installation and nothing else: keep a copy of the keys, apart from it.');
}

const occupied = (file: string): string => `${file}: exists already and is never overwritten`;

type Bar = ReturnType<typeof createProgressBar>;

async function makeBackup(
  parts: Parts,
  { file, json }: BackupOptions,
  { bar: { draw, end }, out, err }: Speech & { readonly bar: Bar },
): Promise<ExitCode> {
  const part = toPartName(file);
  const claimed = claimFile(part);
  if (!claimed.ok) {
    printLine(err, `${file}: ${claimed.problem}`);
    return 1;
  }
  const descriptor = claimed.handle;
  try {
    await recordBackup(parts);
    const broken = await sequenceLog(parts);
    if (broken !== undefined) {
      closeSync(descriptor);
      printLine(err, `no backup of a log that does not go on: ${broken.detail}. Follow docs/runbooks/broken-log.md`);
      return 1;
    }
    const backup = await write(parts, { file: part, descriptor }, draw);
    const faults = await findFaults(backup, parts, draw);
    end();
    if (faults.length > 0) {
      faults.forEach((fault) => printLine(err, `the backup was not accepted: ${fault}`));
      return 1;
    }
    if (!placePart(part, file)) {
      printLine(err, occupied(file));
      return 1;
    }
    printBackup(out, { file, json }, backup.manifest);
    return 0;
  } finally {
    rmSync(part, { force: true });
  }
}

export async function runBackup(parts: Parts, asked: BackupOptions, speech = standard): Promise<ExitCode> {
  if (existsSync(asked.file)) {
    printLine(speech.err, occupied(asked.file));
    return 1;
  }
  const bar = createProgressBar(speech.err);
  try {
    return await makeBackup(parts, asked, { ...speech, bar });
  } finally {
    bar.end();
  }
}
