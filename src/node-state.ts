// What a node says of its start and of its readiness, and what ends it from below.

import type { Config } from './config/config.ts';
import { readVersion } from './config/version.ts';
import type { Clock, Millis } from './domain/kernel/clock.ts';
import { steadyClock } from './domain/kernel/clock.ts';
import { Fault } from './domain/kernel/errors.ts';
import { systemSleep } from './domain/ledger/sleep.ts';
import { findSkew } from './storage/health.ts';
import type { Storage } from './storage/open-storage.ts';
import type { Log } from './telemetry/log.ts';
import type { Spans } from './telemetry/spans.ts';
import { createReadiness } from './web/readiness.ts';
import type { Readiness } from './web/readiness.ts';

type Started = { readonly config: Config; readonly storage: Storage; readonly spans: Spans | undefined };

export function tellStart({ config, storage, spans }: Started, log: Log): void {
  const listen = `${config.listen.host}:${config.listen.port}`;
  const following = spans === undefined ? {} : { spans: true };
  log.write('info', 'started', { version: readVersion(), issuer: config.issuer, dialect: storage.health.dialect, listen, ...following });
}

type Looking = { readonly caughtUpAt: () => Millis; readonly outboxLookedAt: () => Millis };
type Watched = { readonly storage: Storage; readonly background: Looking; readonly clock: Clock; readonly log: Log };

export function watchReadiness({ storage, background, clock, log }: Watched, isDraining: () => boolean): () => Promise<Readiness> {
  return createReadiness({
    findSkew: async () => findSkew(storage.health, clock),
    tellSkew: (skew) => log.write('error', 'clock apart from the database', { seconds: Math.round(skew / 1000) }),
    steady: steadyClock,
    sleep: systemSleep,
    isDraining,
    probeWrite: storage.health.probeWrite,
    hasMigrations: storage.health.hasMigrations,
    caughtUpAt: background.caughtUpAt,
    outboxLookedAt: background.outboxLookedAt,
  });
}

/** Resolves when the disk failed: then there is nothing to tell anybody for whom the node is. `close` is told first. */
export async function watchDisk({ health }: Storage, log: Log, close: () => void): Promise<void> {
  const detail = await health.broken;
  close();
  log.fault('store/unavailable', new Fault('store/unavailable', detail), {});
}

/** That for everybody, and that for certificates where there is one. */
export const listDoors = (config: Config) => [config, config.certificateDoor].filter((door) => door !== undefined);
