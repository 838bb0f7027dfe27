// `huwiya doctor`: looks at everything a node stands on, also while one runs and while something is broken. Repairs nothing and writes nothing.

import { existsSync } from 'node:fs';
import type { Database, Environment, StartFault } from '../config/config.ts';
import { readConfig, readEnvironment, readLocations } from '../config/read-config.ts';
import { readKeys } from '../config/read-keys.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Storage } from '../storage/open-storage.ts';
import type { ExitCode } from './context.ts';
import { checkCertificate } from './doctor/check-certificate.ts';
import { checkClock, startWatch } from './doctor/check-clock.ts';
import { checkDatabase } from './doctor/check-database.ts';
import { checkDisk } from './doctor/check-disk.ts';
import { checkKeys } from './doctor/check-keys.ts';
import { checkLedger } from './doctor/check-ledger.ts';
import { checkListener } from './doctor/check-listener.ts';
import type { ListenerReport } from './doctor/check-listener.ts';
import { checkMail } from './doctor/check-mail.ts';
import { checkOutbox } from './doctor/check-outbox.ts';
import { checkPasskeys } from './doctor/check-passkeys.ts';
import { checkServices } from './doctor/check-services.ts';
import { checkSettings } from './doctor/check-settings.ts';
import { checkNames, toFailure } from './doctor/finding.ts';
import type { CheckName, Finding, Ground } from './doctor/finding.ts';
import { createProgressBar, printJson, printLine } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type DoctorOptions = { readonly file: string | undefined; readonly json: boolean; readonly depth: 'quick' | 'full' };

type Opened = Pick<Ground, 'storage' | 'storageFaults'>;

/** Then every other look would ask for what is not there yet. A database that knows more than this version has all that it needs. */
async function findUnmigrated(storage: Storage): Promise<readonly StartFault[]> {
  try {
    return (await storage.findPendingMigrations()).length > 0 ? await storage.checkStart() : [];
  } catch (thrown) {
    if (thrown instanceof Fault) {
      return [];
    }
    throw thrown;
  }
}

/** Opening would create a file that is not there. */
async function openWhatIsThere(database: Database | undefined): Promise<Opened> {
  const refuse = (problem: string, fix: string): Opened => {
    const fault: StartFault = { setting: 'HUWIYA_DATABASE', problem, fix };
    return { storage: undefined, storageFaults: [fault] };
  };
  if (database === undefined) {
    return { storage: undefined, storageFaults: [] };
  }
  if (database.kind === 'sqlite' && !existsSync(database.path)) {
    return refuse('names a file that is not there', 'Run "huwiya migrate", or restore a backup');
  }
  const { openStorage } = await import('../storage/open-storage.ts');
  let storage: Storage | undefined;
  try {
    storage = openStorage(database);
    await storage.health.describe();
    const storageFaults = await findUnmigrated(storage);
    if (storageFaults.length > 0) {
      await storage.close();
      return { storage: undefined, storageFaults };
    }
    return { storage, storageFaults };
  } catch (thrown) {
    await storage?.close();
    return refuse(thrown instanceof Fault ? thrown.detail : 'cannot be opened', 'Check that the database runs, and who may open it');
  }
}

async function attempt(check: CheckName, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (thrown) {
    return [toFailure(check, thrown)];
  }
}

async function lookAtListener(ground: Ground): Promise<ListenerReport> {
  try {
    return await checkListener(ground);
  } catch (thrown) {
    return { standing: 'unknown', findings: [toFailure('listener', thrown)] };
  }
}

/** Each check by itself: what one cannot get over does not keep the others from looking. */
async function lookAtEverything(ground: Ground): Promise<readonly Finding[]> {
  const watch = startWatch();
  const listener = await lookAtListener(ground);
  const found = [
    ...listener.findings,
    ...(await attempt('configuration', () => checkSettings(ground))),
    ...(await attempt('keys', () => checkKeys(ground))),
    ...(await attempt('database', () => checkDatabase(ground))),
    ...(await attempt('disk', () => checkDisk(ground))),
    ...(await attempt('certificate', () => checkCertificate(ground))),
    ...(await attempt('log', () => checkLedger(ground, listener.standing))),
    ...(await attempt('services', () => checkServices(ground))),
    ...(await attempt('outbox', () => checkOutbox(ground))),
    ...(await attempt('mail', () => checkMail(ground))),
    ...(await attempt('staff', () => checkPasskeys(ground))),
    ...(await attempt('clock', () => checkClock(ground, watch))),
  ];
  return checkNames.flatMap((name) => found.filter(({ check }) => check === name));
}

function printFindings(findings: readonly Finding[]): void {
  for (const { check, result, detail, fix } of findings) {
    printLine(standardOut, `${result.padEnd(9)}${check.padEnd(15)}${detail}${fix === null ? '' : `. ${fix}`}`);
  }
}

export type Examined = Pick<Ground, 'depth' | 'progress'> & { readonly file: string | undefined; readonly env: Environment };

export async function examine({ file, env, depth, progress }: Examined): Promise<readonly Finding[]> {
  const locations = readLocations({ file, env });
  const opened = await openWhatIsThere(locations.database);
  const keys = locations.keysFolder === undefined ? ({ ok: false, faults: [] } as const) : readKeys(locations.keysFolder);
  try {
    return await lookAtEverything({ locations, config: readConfig({ file, env }), keys, ...opened, depth, progress });
  } finally {
    await opened.storage?.close();
  }
}

export async function runDoctor({ file, json, depth }: DoctorOptions): Promise<ExitCode> {
  const bar = createProgressBar(standardErr);
  const progress = (done: number, total: number): void => bar.draw({ label: 'verifying', done, total });
  const findings = await examine({ file, env: readEnvironment(), depth, progress });
  bar.end();
  const isSound = findings.every(({ result }) => result !== 'failed');
  if (json) {
    printJson(standardOut, { sound: isSound, findings: findings.map((finding) => ({ ...finding })) });
  } else {
    printFindings(findings);
  }
  return isSound ? 0 : 1;
}
