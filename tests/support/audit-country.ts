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
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createInvitation } from '../../src/domain/passkeys/create-invitation.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
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
const keySchema = z.object({ entries: z.int(), plantings: z.array(plantingSchema) });

export type Planted = z.infer<typeof plantingSchema>;

export type AuditCountry = {
  readonly issuer: string;
  readonly folder: string;
  readonly settingsFile: string;
  readonly storage: Storage;
  readonly clock: MovableClock;
  readonly logLines: readonly string[];
  /** How many entries the log had before anybody looked at it. */
  readonly size: number;
  /** What is wrong of this kind. */
  readonly getPlanted: (kind: string) => Planted;
  /** A link with which somebody of the country makes a passkey. */
  readonly invitePerson: (personId: string) => Promise<string>;
  readonly close: () => Promise<void>;
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

function readParts(settingsFile: string, clock: MovableClock, logLines: string[]): Parts & { readonly storage: Storage } {
  const config = readConfig({ file: settingsFile, env: {} });
  const keys = config.ok ? readKeys(config.value.keysFolder) : undefined;
  if (!config.ok || keys?.ok !== true) {
    throw new Error('the country has no settings');
  }
  const log = createLog('info', { write: (line) => logLines.push(line) });
  return { config: config.value, keys: keys.value, storage: openStorage(config.value.database), clock, log };
}

/** `adapt`: settings of a node that a country does not have by itself, such as witnesses. */
export async function createAuditCountry(
  adapt: (parts: Parts, folder: string) => Promise<Parts> = async (parts) => parts,
): Promise<AuditCountry> {
  const home = mkdtempSync(join(tmpdir(), 'huwiya-country-'));
  const folder = join(home, 'country');
  const issuer = `http://localhost:${await findFreePort()}`;
  const made = await makeCountry({ seed: 'audit', people, years: 1, lastYear: 2025, folder, issuer, threads: 1 });
  const key = keySchema.parse(JSON.parse(readFileSync(join(folder, 'anomalies.json'), 'utf8')));
  const clock = createCountryClock();
  const logLines: string[] = [];
  const parts = readParts(made.settingsFile, clock, logLines);
  const { keys, storage } = parts;
  await beginKeys(storage, keys, clock.now());
  const node = createNode(await adapt(parts, home));
  await node.start();
  return {
    issuer,
    folder,
    settingsFile: made.settingsFile,
    storage,
    clock,
    logLines,
    size: made.entries,
    getPlanted: (kind) => {
      const found = key.plantings.find((planting) => planting.kind === kind && !planting.isLawful);
      if (found === undefined) {
        throw new Error(`nothing of the kind ${kind} was planted`);
      }
      return found;
    },
    invitePerson: async (personId) => {
      const needs = { clock, random: systemRandom, people: storage.people, passkeys: storage.passkeys, invitationLifeSeconds: 3600 };
      const outcome = await createInvitation(needs, { personId, actor: { kind: 'operator', ref: null } });
      if (!outcome.ok) {
        throw new Error(outcome.code);
      }
      return `${issuer}/enrol/${outcome.value.token}`;
    },
    close: async () => {
      await node.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
