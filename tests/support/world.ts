// A whole Huwiya for one test file: fresh keys, a fresh database, a real node that answers over HTTP, and people and services put there by the product's own use cases.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNode } from '../../src/app.ts';
import type { Node } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import type { Keys } from '../../src/config/keys.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { readKeys } from '../../src/config/read-keys.ts';
import { writeSetup } from '../../src/config/write-setup.ts';
import type { Clock } from '../../src/domain/kernel/clock.ts';
import { createUuid, systemRandom } from '../../src/domain/kernel/ids.ts';
import { createInvitation } from '../../src/domain/passkeys/create-invitation.ts';
import type { StoredPerson, PersonalData, PersonKind } from '../../src/domain/people/person.ts';
import { toRegistryDigest } from '../../src/domain/people/registry-digest.ts';
import { sealData } from '../../src/domain/people/seal-data.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { beginKeys } from './begin-keys.ts';
import { placeMigratedFile } from './migrated-file.ts';
import { findLoudLine } from './quiet-log.ts';
import { sampleServices } from './sample-services.ts';

/** A clock that tests move. */
export type MovableClock = Clock & { readonly advance: (milliseconds: number) => void };

export function createMovableClock(ahead = 0): MovableClock {
  let offset = ahead;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

export type World = {
  readonly issuer: string;
  readonly folder: string;
  readonly settingsFile: string;
  readonly config: Config;
  readonly keys: Keys;
  readonly storage: Storage;
  readonly clock: MovableClock;
  readonly node: Node;
  /** Every line the node logged. */
  readonly logLines: readonly string[];
  readonly addPerson: (kind?: PersonKind, data?: PersonalData) => Promise<StoredPerson>;
  readonly invite: (person: StoredPerson) => Promise<string>;
  /** Throws where a line of the log said what no line may say. */
  readonly close: () => Promise<void>;
};

export const sampleData: PersonalData = {
  id: '1000000008',
  national_id: '1000000008',
  'given_name#ar': 'سارة',
  'given_name#en': 'Sara',
  'family_name#ar': 'القحطاني',
  'family_name#en': 'Alqahtani',
  birthdate: '1990-05-17',
  gender: 'female',
  email: 'sara@example.test',
  email_verified: true,
};

export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function getValue<T>(checked: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly unknown[] }): T {
  if (!checked.ok) {
    throw new Error(`the world cannot be built: ${JSON.stringify(checked.faults)}`);
  }
  return checked.value;
}

export type WorldSettings = {
  readonly database?: string;
  /** Another issuer than the address the node listens at, as behind a proxy. */
  readonly issuer?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** In the place of a fresh one: a folder of `npm run seed`, and how far the clock of its country is ahead. */
  readonly country?: { readonly folder: string; readonly ahead: number };
};

const toId = (data: PersonalData): string => (typeof data['id'] === 'string' ? data['id'] : 'test-1');

type Counter = { people: number; readonly values: Set<unknown> };

async function addPersonTo(
  world: Pick<World, 'keys' | 'storage' | 'clock'>,
  counter: Counter,
  given: { readonly kind: PersonKind; readonly data: PersonalData },
): Promise<StoredPerson> {
  const now = world.clock.now();
  counter.people += 1;
  Object.values(given.data).forEach((value) => counter.values.add(value));
  const id = createUuid(systemRandom, now);
  const registryId = counter.people === 1 ? toId(given.data) : `test-${counter.people}`;
  const registryDigest = toRegistryDigest(world.keys.data.lookup, registryId);
  const person: StoredPerson = {
    id,
    kind: given.kind,
    status: 'active',
    handle: Buffer.from(systemRandom.bytes(32)).toString('base64url'),
    language: null,
    declared: null,
    registryDigest,
    sealed: sealData({ dataKey: world.keys.data.encryption, random: systemRandom }, registryDigest, { ...given.data, id: registryId }),
    createdAt: now,
    updatedAt: now,
    registryStatus: null,
  };
  await world.storage.people.savePeople([person], []);
  return person;
}

async function openDatabase(config: Config, clock: Clock): Promise<Storage> {
  if (config.database.kind === 'sqlite') {
    await placeMigratedFile(config.database.path);
  }
  const storage = openStorage(config.database, config.auditDatabase);
  await storage.migrate(clock);
  return storage;
}

type Setup = { readonly settingsFile: string; readonly keysFolder: string };

async function placeSetup({ country, issuer }: WorldSettings, folder: string): Promise<Setup> {
  if (country !== undefined) {
    return { settingsFile: join(country.folder, 'huwiya.env'), keysFolder: join(country.folder, 'keys') };
  }
  return getValue(writeSetup({ issuer: issuer ?? `http://localhost:${await findFreePort()}`, folder: join(folder, 'node') }));
}

export async function createWorld(settings: WorldSettings = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-world-'));
  const written = await placeSetup(settings, folder);
  // Clocks of tests go through many nights.
  const env = {
    HUWIYA_VERIFY_HOUR: 'off',
    ...(settings.database === undefined ? {} : { HUWIYA_DATABASE: settings.database }),
    ...settings.env,
  };
  const config = getValue(readConfig({ file: written.settingsFile, env }));
  const { issuer } = config;
  const keys = getValue(readKeys(written.keysFolder));
  const clock = createMovableClock(settings.country?.ahead);
  const storage = await openDatabase(config, clock);
  await storage.agencies.saveChanges({ ...sampleServices, endedPurposes: [], defaultPurposes: [], events: [] });
  await beginKeys(storage, keys, clock.now());
  const logLines: string[] = [];
  const node = createNode({ config, keys, storage, clock, log: createLog('info', { write: (line) => logLines.push(line) }) });
  await node.start();
  const counter: Counter = { people: 0, values: new Set() };
  const addPerson: World['addPerson'] = async (kind = 'citizen', data = sampleData) =>
    addPersonTo({ keys, storage, clock }, counter, { kind, data });
  const invite: World['invite'] = async (person) => {
    const needs = { clock, random: systemRandom, people: storage.people, passkeys: storage.passkeys, invitationLifeSeconds: 3600 };
    const outcome = await createInvitation(needs, { personId: person.id, actor: { kind: 'operator', ref: null } });
    if (!outcome.ok) {
      throw new Error(outcome.code);
    }
    return `${issuer}/enrol/${outcome.value.token}`;
  };
  const close = async (): Promise<void> => {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
    const loud = findLoudLine({ lines: logLines, values: counter.values, keys });
    if (loud !== undefined) {
      throw new Error(loud);
    }
  };
  return { issuer, folder, settingsFile: written.settingsFile, config, keys, storage, clock, node, logLines, addPerson, invite, close };
}
