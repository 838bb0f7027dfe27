// A copy that exports are read from has to be one of this very database. One that cannot be reached keeps no node from starting: exports wait until it is back.

import type { StartFault } from '../config/config.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Engine } from './engine.ts';
import { readInstallation } from './installation.ts';
import type { InstallationFacts } from './installation.ts';

type Read = Pick<Engine, 'read'>;

async function findInstallation(copy: Read): Promise<InstallationFacts | undefined> {
  try {
    return await readInstallation(copy);
  } catch (error) {
    if (error instanceof Fault) {
      return undefined;
    }
    throw error;
  }
}

export async function checkCopy(engine: Read, copy: Read): Promise<readonly StartFault[]> {
  const copied = await findInstallation(copy);
  // Second, because another process may be writing these facts for the first time: what a copy knows the database knew before.
  const own = await readInstallation(engine);
  const isForeign = copied !== undefined && Object.entries(copied).some(([name, value]) => own[name] !== value);
  const fix = 'Name a replica of the database that HUWIYA_DATABASE names, or leave it out';
  return isForeign ? [{ setting: 'HUWIYA_AUDIT_DATABASE', problem: 'is a copy of another database', fix }] : [];
}
