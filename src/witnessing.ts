// How a node has its log witnessed: a round every fifteen seconds, words in the log for operators, and the newest witnessed checkpoint kept in a file.

import type { Config } from './config/config.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { Fault } from './domain/kernel/errors.ts';
import type { NoteVerifier } from './domain/ledger/signed-note.ts';
import { systemSleep } from './domain/ledger/sleep.ts';
import { runWitnessing } from './domain/witnesses/run-witnessing.ts';
import type { RoundNeeds, WitnessingLoop } from './domain/witnesses/run-witnessing.ts';
import type { WitnessReport } from './domain/witnesses/submit-checkpoint.ts';
import { alarmAfterMs } from './domain/witnesses/unwitnessed-span.ts';
import { createWitnessing } from './domain/witnesses/witnessing.ts';
import type { WitnessedCheckpoint, Witnessing } from './domain/witnesses/witnessing.ts';
import type { GuardedFetch } from './outbound/guarded-fetch.ts';
import { createNodeNightly } from './nightly.ts';
import { createPostToWitness, readWitnessPolicy } from './outbound/witnesses.ts';
import type { Storage } from './storage/open-storage.ts';
import type { Log } from './telemetry/log.ts';

export type WitnessingParts = {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: GuardedFetch;
  readonly logVerifier: NoteVerifier;
  readonly keepHead: (witnessed: WitnessedCheckpoint) => void;
};

export type NodeWitnessing = {
  readonly witnessing: Witnessing;
  /** What each witness answered this node last. */
  readonly reports: () => readonly WitnessReport[];
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const pauseMs = 15_000;

/** Somebody rewrote or cut the log, or the witness errs; an operator has to find out which. */
export const isContradicting = ({ state }: Pick<WitnessReport, 'state'>): boolean => state === 'contradicted' || state === 'ahead';

/** One word when a witness changes its answer, and one each round while it contradicts. */
function createWitnessWords({ log }: WitnessingParts): (report: WitnessReport) => void {
  const failures = new Map<string, string>();
  return ({ name, state, failure }) => {
    const fields = { source: name, failure };
    if (isContradicting({ state })) {
      log.write('error', 'witness contradicts the log', fields);
    } else if (failure !== (failures.get(name) ?? '')) {
      log.write(failure === '' ? 'info' : 'warn', failure === '' ? 'witness answers again' : 'witness does not cosign', fields);
    }
    failures.set(name, failure);
  };
}

/** And one each ten minutes while too much is unwitnessed. */
function createTell(parts: WitnessingParts): RoundNeeds['tell'] {
  const say = createWitnessWords(parts);
  let alarmedAt = Number.NEGATIVE_INFINITY;
  return (reports, { isAlarming, since }) => {
    reports.forEach(say);
    const now = parts.clock.now();
    if (isAlarming && since !== null && now - alarmedAt >= alarmAfterMs) {
      alarmedAt = now;
      parts.log.write('warn', 'log not witnessed', { seconds: Math.floor((now - since) / 1000) });
    }
  };
}

/** `undefined` where no witnesses are set. Throws a Fault when the policy cannot be used; the start says so before. */
export function createNodeWitnessing(parts: WitnessingParts): NodeWitnessing | undefined {
  const { config, storage, clock, log, fetch, logVerifier, keepHead } = parts;
  const policy = readWitnessPolicy(config, logVerifier);
  if (!policy.ok) {
    throw new Fault('configuration/invalid', policy.faults.map(({ problem }) => problem).join('; '));
  }
  if (policy.value === undefined) {
    return undefined;
  }
  const { ledger, witnesses } = storage;
  const witnessing = createWitnessing({ policy: policy.value, witnesses, ledger, clock });
  const round = { witnessing, witnesses, ledger, post: createPostToWitness(fetch), clock, keepHead, tell: createTell(parts) };
  const report = (fault: unknown): void => log.fault(fault instanceof Fault ? fault.code : 'ledger/unavailable', fault, {});
  let loop: WitnessingLoop | undefined;
  return {
    witnessing,
    reports: () => loop?.reports() ?? [],
    start: () => {
      loop = runWitnessing({ ...round, sleep: systemSleep, pause: pauseMs, report });
    },
    stop: async () => loop?.stop(),
  };
}

/** Who outside sees the log, and each night what it is. */
export function createWatching(
  parts: Parameters<typeof createNodeNightly>[0],
  witnesses: NodeWitnessing | undefined,
): Pick<NodeWitnessing, 'start' | 'stop'> {
  const nightly = createNodeNightly(parts, witnesses?.witnessing);
  return {
    start: () => {
      witnesses?.start();
      nightly.start();
    },
    stop: async () => {
      await nightly.stop();
      await witnesses?.stop();
    },
  };
}
