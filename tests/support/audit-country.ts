// The desk of auditors on the first working days after a made-up year: a real node on the log of a country in which faults were planted, with its answer key.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { makeCountry } from '../../bench/seed/make-country.ts';
import { createNode } from '../../src/app.ts';
import type { Parts } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { readKeys } from '../../src/config/read-keys.ts';
import type { Clock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createLogSigner } from '../../src/domain/ledger/checkpoint.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../../src/domain/ledger/signed-note.ts';
import { createInvitation } from '../../src/domain/passkeys/create-invitation.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { createWitnessOfTime, runOneRound, withWitnesses } from './witness-world.ts';
import type { RealWitness } from './witness-world.ts';
import { beginKeys } from './begin-keys.ts';
import { findFreePort } from './world.ts';
import type { MovableClock } from './world.ts';

const people = 170;
/** Half past eight in the morning in Riyadh. */
const dayAfter = Date.parse('2026-01-04T05:30:00Z');

const plantingSchema = z.object({
  kind: z.string(),
  isLawful: z.boolean(),
  entries: z.array(z.int()),
  services: z.array(z.string()),
  officers: z.array(z.string()),
});
const keySchema = z.object({ plantings: z.array(plantingSchema) });

export type Planted = z.infer<typeof plantingSchema>;

export type AuditCountry = {
  readonly issuer: string;
  readonly folder: string;
  readonly settingsFile: string;
  readonly storage: Storage;
  readonly clock: MovableClock;
  /** What is wrong of this kind. */
  readonly getPlanted: (kind: string) => Planted;
  /** A link with which somebody of the country makes a passkey. */
  readonly invitePerson: (personId: string) => Promise<string>;
  readonly witnessed: Witnessed;
  readonly close: () => Promise<void>;
};

export type Witnessed = {
  /** The checkpoint that was the newest when the year ended. */
  readonly kept: string;
  /** What a node does every fifteen seconds: both witnesses are asked to cosign. */
  readonly round: () => Promise<readonly string[]>;
};

function createCountryClock(): MovableClock {
  let offset = dayAfter - Date.now();
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

function readParts(settingsFile: string, clock: MovableClock): Parts & { readonly storage: Storage } {
  const config = readConfig({ file: settingsFile, env: {} });
  const keys = config.ok ? readKeys(config.value.keysFolder) : undefined;
  if (!config.ok || keys?.ok !== true) {
    throw new Error('the country has no settings');
  }
  const log = createLog('info', { write: () => undefined });
  return { config: config.value, keys: keys.value, storage: openStorage(config.value.database), clock, log };
}

/** Two who stand outside, of whom both are enough. */
async function createWitnesses(home: string, log: NoteVerifier, clock: Clock): Promise<readonly RealWitness[]> {
  return Promise.all(['court', 'authority'].map(async (name) => createWitnessOfTime({ folder: join(home, name), name, log, clock })));
}

const toPolicy = (witnesses: readonly RealWitness[]): readonly string[] => [
  ...witnesses.map(({ line }) => line),
  'group both all court authority',
  'quorum both',
];

type Place = Pick<AuditCountry, 'clock' | 'issuer' | 'storage'>;

async function invite({ clock, issuer, storage }: Place, personId: string): Promise<string> {
  const needs = { clock, random: systemRandom, people: storage.people, passkeys: storage.passkeys, invitationLifeSeconds: 3600 };
  const outcome = await createInvitation(needs, { personId, actor: { kind: 'operator', ref: null } });
  if (!outcome.ok) {
    throw new Error(outcome.code);
  }
  return `${issuer}/enrol/${outcome.value.token}`;
}

function createAnswerKey(folder: string): AuditCountry['getPlanted'] {
  const { plantings } = keySchema.parse(JSON.parse(readFileSync(join(folder, 'anomalies.json'), 'utf8')));
  return (kind) => {
    const found = plantings.find((planting) => planting.kind === kind && !planting.isLawful);
    if (found === undefined) {
      throw new Error(`nothing of the kind ${kind} was planted`);
    }
    return found;
  };
}

export async function createAuditCountry(): Promise<AuditCountry> {
  const home = mkdtempSync(join(tmpdir(), 'huwiya-country-'));
  const folder = join(home, 'country');
  const issuer = `http://localhost:${await findFreePort()}`;
  const { settingsFile } = await makeCountry({ seed: 'audit', people, years: 1, lastYear: 2025, folder, issuer, threads: 1 });
  const clock = createCountryClock();
  const bare = readParts(settingsFile, clock);
  const { keys, storage } = bare;
  const kept = (await storage.ledger.findCheckpoint())?.text ?? '';
  await beginKeys(storage, keys, clock.now());
  const log = toVerifier(createLogSigner(issuer, keys.checkpoint.privateKey));
  const witnesses = await createWitnesses(home, log, clock);
  const parts = withWitnesses(bare, home, toPolicy(witnesses));
  const node = createNode(parts);
  await node.start();
  return {
    issuer,
    folder,
    settingsFile,
    storage,
    clock,
    getPlanted: createAnswerKey(folder),
    invitePerson: async (personId) => invite({ clock, issuer, storage }, personId),
    witnessed: {
      kept,
      round: async () => {
        const { reports } = await runOneRound(parts, log, clock.now() - Date.now());
        return reports.map(({ state }) => state);
      },
    },
    close: async () => {
      await node.stop();
      await Promise.all(witnesses.map((witness) => witness.close()));
      rmSync(home, { recursive: true, force: true });
    },
  };
}
