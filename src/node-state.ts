// What a node says of itself when it starts, and what ends it from below.

import type { Config } from './config/config.ts';
import { readVersion } from './config/version.ts';
import { Fault } from './domain/kernel/errors.ts';
import type { Storage } from './storage/open-storage.ts';
import type { Log } from './telemetry/log.ts';

export function tellStart({ config, storage }: { readonly config: Config; readonly storage: Storage }, log: Log): void {
  const listen = `${config.listen.host}:${config.listen.port}`;
  log.write('info', 'started', { version: readVersion(), issuer: config.issuer, dialect: storage.health.dialect, listen });
}

/** Resolves when the disk failed: then there is nothing to tell anybody for whom the node is. `close` is told first. */
export async function watchDisk({ health }: Storage, log: Log, close: () => void): Promise<void> {
  const detail = await health.broken;
  close();
  log.fault('store/unavailable', new Fault('store/unavailable', detail), {});
}

/** That for everybody, and that for certificates where there is one. */
export const listDoors = (config: Config) => [config, config.certificateDoor].filter((door) => door !== undefined);
