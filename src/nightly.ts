// How a node verifies its whole log by itself each night: in a thread of its own that gives way to people, and one node of all.

import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Config, Database } from './config/config.ts';
import type { Keys } from './config/keys.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { Fault } from './domain/kernel/errors.ts';
import { createLogSigner } from './domain/ledger/checkpoint.ts';
import { toVerifier, toVerifierText } from './domain/ledger/signed-note.ts';
import { findDueNight } from './domain/ledger/whole-verification.ts';
import type { WholeVerification } from './domain/ledger/whole-verification.ts';
import type { Witnessing } from './domain/witnesses/witnessing.ts';
import type { Storage } from './storage/open-storage.ts';
import { createWitnessedHeadFile } from './storage/witnessed-head.ts';
import type { Log } from './telemetry/log.ts';

/** What the thread is given: plain values, because it shares none of this process's objects. */
export type ThreadAsked = {
  readonly database: Database;
  /** Keys of the log that lie in the key folder, as text. */
  readonly held: readonly string[];
  /** Checkpoints that are known from elsewhere. */
  readonly kept: readonly string[];
};

export type NightlyParts = {
  readonly config: Pick<Config, 'database' | 'verifyHour'>;
  readonly storage: Pick<Storage, 'verifications'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly held: readonly string[];
  /** What this node knows of the log from outside the database, and from witnesses. */
  readonly findKept: () => Promise<readonly string[]>;
};

export type Nightly = {
  /** Verifies the log if a night is due that nobody began yet; resolves when that has ended. */
  readonly look: () => Promise<void>;
  readonly start: () => void;
  /** Breaks off what is under way: another node, or the next night, begins anew. */
  readonly stop: () => Promise<void>;
};

const lookEveryMs = 60_000;

const found = z.object({ size: z.number(), root: z.string().nullable(), faults: z.number(), firstFault: z.string().nullable() });

type Found = z.infer<typeof found>;

type Thread = { readonly found: Promise<Found | undefined>; readonly end: () => Promise<unknown> };

/** It reads in batches. If it ever takes more, it ends, and not the node that people sign in at. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };

/** `undefined` when it was ended before it had found anything. */
function startThread(asked: ThreadAsked): Thread {
  const worker = new Worker(new URL('./nightly-thread.ts', import.meta.url), { workerData: asked, resourceLimits });
  worker.unref();
  const waiting = Promise.withResolvers<Found | undefined>();
  worker.on('message', (message: unknown) => waiting.resolve(found.parse(message)));
  worker.on('error', (error) => waiting.reject(new Fault('store/unavailable', `the nightly verification ended: ${String(error)}`)));
  worker.on('exit', () => waiting.resolve(undefined));
  return { found: waiting.promise, end: async () => worker.terminate() };
}

function say(log: Log, { faults, firstFault, begunAt, endedAt }: WholeVerification): void {
  const seconds = Math.round((endedAt - begunAt) / 1000);
  if (firstFault === null) {
    log.write('info', 'whole log verified', { seconds });
  } else {
    log.write('error', 'the log is not whole', { seconds, failure: `${firstFault} (${faults})` });
  }
}

type Verifier = { readonly verifyIfDue: () => Promise<void>; readonly end: () => Promise<void> };

function createVerifier({ config, storage, clock, log, held, findKept }: NightlyParts): Verifier {
  let thread: Thread | undefined;
  let isEnded = false;
  const verify = async (night: string, begunAt: number): Promise<void> => {
    const kept = await findKept();
    if (isEnded) {
      return;
    }
    thread = startThread({ database: config.database, held, kept });
    const result = await thread.found;
    thread = undefined;
    if (result !== undefined) {
      const verification = { night, begunAt, endedAt: clock.now(), ...result };
      await storage.verifications.endNight(verification);
      say(log, verification);
    }
  };
  const verifyIfDue = async (): Promise<void> => {
    const now = clock.now();
    const night = config.verifyHour === null ? undefined : findDueNight(now, config.verifyHour);
    if (night !== undefined && (await storage.verifications.beginNight(night, now))) {
      await verify(night, now);
    }
  };
  const end = async (): Promise<void> => {
    isEnded = true;
    await thread?.end();
  };
  return { verifyIfDue, end };
}

export function createNightly(parts: NightlyParts): Nightly {
  const { log } = parts;
  const verifier = createVerifier(parts);
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    looking ??= verifier.verifyIfDue().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const attempt = (): void => {
    look().catch((fault: unknown) => log.fault(fault instanceof Fault ? fault.code : 'store/unavailable', fault, {}));
  };
  return {
    look,
    start: () => {
      attempt();
      timer = setInterval(attempt, lookEveryMs);
    },
    stop: async () => {
      clearInterval(timer);
      await verifier.end();
      await looking?.catch(() => undefined);
    },
  };
}

type NodeParts = Omit<NightlyParts, 'held' | 'findKept' | 'config'> & { readonly config: Config; readonly keys: Keys };

/** Of a node: with the keys of its folder, and what it and witnesses kept of the log. */
export function createNodeNightly({ keys, ...parts }: NodeParts, witnessing: Pick<Witnessing, 'findWitnessed'> | undefined): Nightly {
  const { issuer, witnesses } = parts.config;
  const given = [keys.checkpoint, ...(keys.nextCheckpoint === undefined ? [] : [keys.nextCheckpoint])];
  const held = given.map(({ privateKey }) => toVerifierText(toVerifier(createLogSigner(issuer, privateKey))));
  const file = witnesses && createWitnessedHeadFile(witnesses.headFile);
  const findKept = async (): Promise<readonly string[]> => {
    const witnessed = await witnessing?.findWitnessed(0);
    return [file?.read(), witnessed?.text].filter((text) => text !== undefined);
  };
  return createNightly({ ...parts, held, findKept });
}
