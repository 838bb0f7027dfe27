// Real witnesses with real state, listening on loopback, and a policy that names them.

import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Parts } from '../../src/app.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import type { Clock } from '../../src/domain/kernel/clock.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../../src/domain/ledger/signed-note.ts';
import { runRound } from '../../src/domain/witnesses/run-witnessing.ts';
import type { WitnessReport } from '../../src/domain/witnesses/submit-checkpoint.ts';
import type { UnwitnessedSpan } from '../../src/domain/witnesses/unwitnessed-span.ts';
import { createWitnessing } from '../../src/domain/witnesses/witnessing.ts';
import type { Witnessing } from '../../src/domain/witnesses/witnessing.ts';
import { createWayOut } from '../../src/outbound/way-out.ts';
import { createPostToWitness, readWitnessPolicy } from '../../src/outbound/witnesses.ts';
import { createWitnessedHeadFile } from '../../src/storage/witnessed-head.ts';
import { createWitnessServer } from '../../src/witness/listen.ts';
import { createState, openState } from '../../src/witness/state.ts';

export type RealWitness = {
  readonly line: string;
  readonly alarms: readonly string[];
  readonly listen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type WitnessSetting = { readonly folder: string; readonly name: string; readonly log: NoteVerifier; readonly clock: Clock };

export async function createRealWitness(folder: string, name: string, log: NoteVerifier): Promise<RealWitness> {
  return createWitnessOfTime({ folder, name, log, clock: systemClock });
}

/** Of a log that lives at another time than this one. */
export async function createWitnessOfTime({ folder, name, log, clock }: WitnessSetting): Promise<RealWitness> {
  mkdirSync(folder, { recursive: true });
  const signer = { name: `${name}.example`, key: generateKeyPairSync('ed25519').privateKey };
  createState(folder, toVerifier(signer, 'witness').keyId);
  const alarms: string[] = [];
  let port = 0;
  let stop: (() => Promise<void>) | undefined;
  const listen = async (): Promise<void> => {
    const state = openState(folder);
    const server: Server = createWitnessServer({ clock, signer, logs: [log], state, alarm: (line) => alarms.push(line) });
    await new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    stop = async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      state.close();
    };
  };
  await listen();
  return {
    line: `witness ${name} ${toVerifierText(toVerifier(signer, 'witness'), 'witness')} http://127.0.0.1:${port}`,
    alarms,
    listen,
    close: async () => {
      await stop?.();
      stop = undefined;
    },
  };
}

/** The parts of an installation whose operator set these witnesses. */
export function withWitnesses(parts: Parts, folder: string, lines: readonly string[]): Parts {
  const policyFile = join(folder, 'witnesses.policy');
  writeFileSync(policyFile, `${lines.join('\n')}\n`);
  return { ...parts, config: { ...parts.config, witnesses: { policyFile, headFile: `${policyFile}.head` } } };
}

export type Round = { readonly reports: readonly WitnessReport[]; readonly span: UnwitnessedSpan; readonly witnessing: Witnessing };

/** What a node does every fifteen seconds. `later` moves its clock on. */
export async function runOneRound({ config, storage }: Parts, log: NoteVerifier, later = 0): Promise<Round> {
  const policy = readWitnessPolicy(config, log);
  if (!policy.ok || policy.value === undefined || config.witnesses === undefined) {
    throw new TypeError('no witnesses are set');
  }
  const clock = { now: () => Date.now() + later };
  const { ledger, witnesses } = storage;
  const witnessing = createWitnessing({ policy: policy.value, witnesses, ledger, clock });
  const file = createWitnessedHeadFile(config.witnesses.headFile);
  let seen: UnwitnessedSpan | undefined;
  const reports = await runRound({
    witnessing,
    witnesses,
    ledger,
    clock,
    post: createPostToWitness(createWayOut(config)),
    keepHead: ({ text }) => file.write(text),
    tell: (_reports, span) => {
      seen = span;
    },
  });
  if (seen === undefined) {
    throw new TypeError('the round said nothing');
  }
  return { reports, span: seen, witnessing };
}
