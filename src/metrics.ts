// What a node says of itself in numbers: what it answered, how its database is, how long its log is and who outside has seen it, what waits to leave, and how old
// its keys are. A database that does not answer takes its own numbers away and no others: they are wanted most just then.

import { statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Config, TlsFiles } from './config/config.ts';
import { readTlsPair } from './config/read-tls.ts';
import { readVersion } from './config/version.ts';
import { dayMs, steadyClock } from './domain/kernel/clock.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { findKey } from './domain/keys/key-set.ts';
import { findNextRotation } from './domain/keys/tend-keys.ts';
import { tokenAlgorithms } from './domain/keys/token-key.ts';
import { findUnwitnessedSpan } from './domain/witnesses/unwitnessed-span.ts';
import type { Storage } from './storage/open-storage.ts';
import { createMetricsListener, toMetric } from './telemetry/metrics.ts';
import type { Metric, MetricsListener, Sample } from './telemetry/metrics.ts';
import type { NodeCounts } from './telemetry/node-counts.ts';
import type { Readiness } from './web/readiness.ts';
import { isContradicting } from './witnessing.ts';
import type { NodeWitnessing } from './witnessing.ts';

export type MetricsNeeds = {
  readonly config: Config;
  readonly storage: Pick<Storage, 'ledger' | 'verifications' | 'health' | 'outbox' | 'keys'>;
  readonly clock: Clock;
  readonly counts: NodeCounts;
  readonly witnesses: Pick<NodeWitnessing, 'witnessing' | 'reports'> | undefined;
  readonly findReadiness: () => Promise<Readiness>;
};

/** What asks the database throws where it does not answer. */
type Reader = (needs: MetricsNeeds) => Promise<readonly Metric[]>;

const toSince = (now: number, at: number | null | undefined): number => (at === null || at === undefined ? 0 : (now - at) / 1000);

const readWitnessed: Reader = async ({ storage, clock, witnesses }) => {
  if (witnesses === undefined) {
    return [];
  }
  const now = clock.now();
  const { entries, since } = await findUnwitnessedSpan({ witnessing: witnesses.witnessing, ledger: storage.ledger }, now);
  const samples = witnesses.reports().map((report) => ({ labels: { witness: report.name }, value: Number(isContradicting(report)) }));
  return [
    toMetric('huwiya_log_unwitnessed_entries', entries),
    toMetric('huwiya_log_unwitnessed_seconds', toSince(now, since)),
    { name: 'huwiya_witness_contradicts', samples },
  ];
};

const readVerified: Reader = async ({ storage }) => {
  const [last] = await storage.verifications.listVerifications(1);
  return last === undefined
    ? []
    : [
        toMetric('huwiya_log_verified_timestamp_seconds', last.endedAt / 1000),
        toMetric('huwiya_log_verified_entries', last.size),
        toMetric('huwiya_log_verified_faults', last.faults),
      ];
};

const readLog: Reader = async ({ storage, clock }) => [
  toMetric('huwiya_log_entries', (await storage.ledger.findCheckpoint())?.size ?? 0),
  toMetric('huwiya_log_pending_seconds', toSince(clock.now(), await storage.health.findOldestPending())),
];

const readOutbox: Reader = async ({ storage, clock }) => {
  const { waiting, dead, oldestWaitingAt } = await storage.outbox.measure();
  return [
    toMetric('huwiya_outbox_waiting', waiting),
    toMetric('huwiya_outbox_dead', dead),
    toMetric('huwiya_outbox_oldest_seconds', toSince(clock.now(), oldestWaitingAt)),
  ];
};

const readKeys: Reader = async ({ storage, clock, config }) => {
  const set = await storage.keys.readKeys();
  const rotationAt = findNextRotation(set, config.tokenKeyDays * dayMs);
  const samples = tokenAlgorithms.flatMap((alg): readonly Sample[] => {
    const activeAt = findKey(set, alg, 'active')?.activeAt;
    return activeAt === undefined || activeAt === null ? [] : [{ labels: { alg }, value: toSince(clock.now(), activeAt) }];
  });
  return [
    { name: 'huwiya_token_key_age_seconds', samples },
    ...(rotationAt === undefined ? [] : [toMetric('huwiya_token_key_rotation_timestamp_seconds', rotationAt / 1000)]),
  ];
};

const readWritable: Reader = async ({ storage }) => {
  const begunAt = steadyClock.now();
  const isWritable = await storage.health.probeWrite().then(
    () => true,
    () => false,
  );
  return [
    toMetric('huwiya_store_writable', Number(isWritable)),
    toMetric('huwiya_store_write_seconds', (steadyClock.now() - begunAt) / 1000),
  ];
};

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const readFiles: Reader = async ({ config: { database } }) => {
  if (database.kind === 'postgres') {
    return [];
  }
  const { bavail, bsize } = statfsSync(dirname(database.path));
  const samples = [
    { labels: { file: 'database' }, value: sizeOf(database.path) },
    { labels: { file: 'wal' }, value: sizeOf(`${database.path}-wal`) },
  ];
  return [{ name: 'huwiya_store_bytes', samples }, toMetric('huwiya_store_free_bytes', bavail * bsize)];
};

const readCertificates: Reader = async ({ config: { tls, certificateDoor }, clock }) => {
  const toSample = (listener: string, files: TlsFiles | undefined): readonly Sample[] => {
    const pair = files && readTlsPair(files, clock.now());
    // One that cannot be read any more has, for whoever watches, ended.
    return pair === undefined ? [] : [{ labels: { listener }, value: pair.ok ? pair.value.endsAt / 1000 : 0 }];
  };
  const samples = [...toSample('people', tls), ...toSample('services', certificateDoor?.tls)];
  return samples.length === 0 ? [] : [{ name: 'huwiya_certificate_end_timestamp_seconds', samples }];
};

const readReady: Reader = async ({ findReadiness, counts }) => {
  const ready = Object.values(await findReadiness()).every(Boolean);
  const version = { name: 'huwiya_build_info', samples: [{ labels: { version: readVersion() }, value: 1 }] } as const;
  return [version, toMetric('huwiya_ready', Number(ready)), ...counts.read()];
};

function readProcess(longestDelayMs: number): readonly Metric[] {
  const { user, system } = process.cpuUsage();
  return [
    toMetric('huwiya_event_loop_delay_seconds', longestDelayMs / 1000),
    toMetric('process_cpu_seconds_total', (user + system) / 1_000_000),
    toMetric('process_resident_memory_bytes', process.memoryUsage.rss()),
    toMetric('process_start_time_seconds', Math.round(performance.timeOrigin / 1000)),
  ];
}

const readers: readonly Reader[] = [
  readReady,
  readWritable,
  readFiles,
  readLog,
  readWitnessed,
  readVerified,
  readOutbox,
  readKeys,
  readCertificates,
];

/** The loop is looked at so often; what it measures includes this. */
const lookMs = 100;

/** The reason why one is missing is in the log of whoever needed the database. */
async function readAll(needs: MetricsNeeds): Promise<readonly Metric[]> {
  const found = await Promise.allSettled(readers.map(async (read) => read(needs)));
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** Nothing where no listener is set. */
export function createMetrics(needs: MetricsNeeds): MetricsListener {
  const { metricsListen } = needs.config;
  const nothing = async (): Promise<void> => undefined;
  if (metricsListen === undefined) {
    return { open: nothing, close: nothing };
  }
  const delay = monitorEventLoopDelay({ resolution: lookMs });
  const read = async (): Promise<readonly Metric[]> => {
    const longestMs = Math.max(0, delay.max / 1_000_000 - lookMs);
    delay.reset();
    return [...(await readAll(needs)), ...readProcess(longestMs)];
  };
  const { open, close } = createMetricsListener(metricsListen, read);
  return {
    open: async () => {
      delay.enable();
      await open();
    },
    close: async () => {
      delay.disable();
      await close();
    },
  };
}
