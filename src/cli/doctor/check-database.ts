// Whether the database opens, is durable, has its migrations, is whole, and can be written.

import { statSync } from 'node:fs';
import { failed, passed, toFailure, toFindings, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

async function checkDamage({ storage, depth }: Ground): Promise<readonly Finding[]> {
  const damage = (await storage?.health.findDamage(depth)) ?? [];
  return damage.map((text) => failed('database', `damaged: ${text}`, 'Stop every node and follow docs/runbooks/restore.md'));
}

const longLogBytes = 256 * 1024 * 1024;

/** What was committed is carried over into the file when nobody reads what stood there before: a reader that never ends keeps it from that (RX-11). */
function checkLog({ locations: { database } }: Ground): readonly Finding[] {
  const { size = 0 } = database?.kind === 'sqlite' ? (statSync(`${database.path}-wal`, { throwIfNoEntry: false }) ?? {}) : {};
  const fix = 'Look for a program that reads the database and does not end, a copy of it for example, and end that';
  return size < longLogBytes ? [] : [warned('database', `its write-ahead log has ${Math.floor(size / 1024 / 1024)} MiB`, fix)];
}

async function checkWrite({ storage }: Ground): Promise<readonly Finding[]> {
  try {
    await storage?.health.probeWrite();
    return [];
  } catch (thrown) {
    return [toFailure('database', thrown)];
  }
}

export async function checkDatabase(ground: Ground): Promise<readonly Finding[]> {
  const { storage, storageFaults, locations } = ground;
  if (locations.database === undefined) {
    return [failed('database', 'HUWIYA_DATABASE does not say where the database is', 'Set it to sqlite:PATH or a postgres:// URL')];
  }
  if (storage === undefined) {
    return toFindings('database', storageFaults);
  }
  const faults = toFindings('database', await storage.checkStart());
  if (!(await storage.health.hasMigrations())) {
    return faults.length > 0 ? faults : [failed('database', 'lacks migrations', 'Run "huwiya migrate"')];
  }
  const found = [...faults, ...(await checkDamage(ground)), ...(await checkWrite(ground))];
  const begun = Object.keys(await storage.readInstallation()).length > 0;
  const unclaimed = warned('database', 'nothing says yet whose it is', 'The first command after "huwiya migrate" writes it down');
  const ok = passed('database', `${await storage.health.describe()}; migrations complete, whole, can be written`);
  const cares = (await storage.health.findCares()).map(({ problem, fix }) => warned('database', problem, fix));
  return [...(found.length > 0 ? found : [ok]), ...cares, ...checkLog(ground), ...(begun || found.length > 0 ? [] : [unclaimed])];
}
