// The country on its first day: an empty database, its officers, its register and its people, each by the command's own use case.

import { readConfig } from '../../src/config/read-config.ts';
import { readKeys } from '../../src/config/read-keys.ts';
import type { Config } from '../../src/config/config.ts';
import type { Keys } from '../../src/config/keys.ts';
import { toInstallationFacts } from '../../src/cli/check-installation.ts';
import { parseAttributeValues } from '../../src/domain/attributes/parse-values.ts';
import { dayMs, systemClock } from '../../src/domain/kernel/clock.ts';
import { createLogSigner } from '../../src/domain/ledger/checkpoint.ts';
import { importPeople } from '../../src/domain/people/import-people.ts';
import type { GivenLine } from '../../src/domain/people/import-people.ts';
import type { Person, StoredPerson } from '../../src/domain/people/person.ts';
import { inviteOfficer } from '../../src/domain/staff/invite-officer.ts';
import type { Role } from '../../src/domain/staff/officer.ts';
import { appendEvents } from '../../src/storage/append-events.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { createStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { createDice } from './dice.ts';
import { createPeople } from './names.ts';
import { sealAt } from './write-acts.ts';
import type { Place } from './write-acts.ts';

export type Founded = Place & { readonly config: Config; readonly keys: Keys };

function readSetup(settingsFile: string): Pick<Founded, 'config' | 'keys'> {
  const config = readConfig({ file: settingsFile, env: {} });
  const keys = config.ok ? readKeys(config.value.keysFolder) : undefined;
  if (!config.ok || keys?.ok !== true) {
    throw new RangeError(
      'the settings are not taken: --database is the address of a PostgreSQL database, such as postgres://name@host/database',
    );
  }
  return { config: config.value, keys: keys.value };
}

async function isUsed(storage: Storage): Promise<boolean> {
  const { agencies, consents, ledger, staff } = storage;
  const found = [(await agencies.listAgencies()).length, (await staff.listOfficers()).length, await consents.countRecords()];
  return (await ledger.findCheckpoint()) !== undefined || found.some((count) => count > 0);
}

/** For this one connection: more pages in memory, and fewer copies from the journal. What is committed is as durable as ever. */
async function makeRoom(engine: Engine): Promise<void> {
  if (engine.dialect === 'sqlite') {
    await engine.read({ text: 'PRAGMA cache_size=-524288', values: [] });
    await engine.read({ text: 'PRAGMA wal_autocheckpoint=65536', values: [] });
  }
}

/** Throws with what stands against it, and where the database holds anything. */
export async function openEmpty(settingsFile: string): Promise<Founded> {
  const { config, keys } = readSetup(settingsFile);
  const { database } = config;
  const engine = database.kind === 'sqlite' ? openSqlite(database.path) : openPostgres(database.url);
  const storage = createStorage(engine);
  const pending = await storage.findPendingMigrations();
  // A database of this version is looked into as it is; one of an earlier version was begun by somebody.
  const isEarlier = pending.length > 0 && !pending.some((name) => name.startsWith('0001'));
  if (isEarlier || (pending.length === 0 && (await isUsed(storage)))) {
    await storage.close();
    throw new RangeError('the database is not empty: a made-up country is never mixed with anything else');
  }
  await makeRoom(engine);
  await storage.migrate(systemClock);
  await storage.claimInstallation(toInstallationFacts({ config, keys }));
  return { config, keys, engine, storage, signer: createLogSigner(config.issuer, keys.checkpoint.privateKey) };
}

const staff: readonly (readonly [Role, number, string])[] = [
  ['approver', 4, 'مُجيز'],
  ['registrar', 12, 'موظف تسجيل'],
  ['auditor', 4, 'مدقق'],
];

export type Officers = {
  readonly approvers: readonly string[];
  readonly registrars: readonly string[];
  readonly auditors: readonly string[];
};

type Founding = { readonly seed: string; readonly startsAt: number };

/** They have no passkeys: nobody can sign in as one of them. */
export async function createOfficers({ engine, storage }: Place, { seed, startsAt }: Founding): Promise<Officers> {
  const random = createDice(seed, 'officers');
  const found: Record<string, string[]> = {};
  let at = startsAt - 3 * dayMs;
  for (const [role, count, word] of staff) {
    for (let number = 1; number <= count; number += 1) {
      at += 60_000;
      const asked = {
        name: `${word} ${number} · ${role} ${number}`,
        role,
        agencyId: null,
        actor: { kind: 'operator', ref: null },
      } as const;
      const invited = await inviteOfficer({ clock: { now: () => at }, random, staff: storage.staff }, asked);
      if (!invited.ok) {
        throw new TypeError(`no officer: ${invited.code}`);
      }
      const { officerId } = invited.value;
      const payload = { role, aaguid: 'ee882879-721c-4913-9775-3dfcce97072a', backup_eligible: false, format: 'packed' };
      const actor = { kind: 'officer', ref: officerId } as const;
      const event = sealAt(random, at + 30_000, { type: 'officer.enrolled', personRef: null, actor, payload });
      await engine.atomic(() => appendEvents(engine.tables, [event]));
      found[role] = [...(found[role] ?? []), officerId];
    }
  }
  return { approvers: found['approver'] ?? [], registrars: found['registrar'] ?? [], auditors: found['auditor'] ?? [] };
}

type Peopling = Founding & { readonly people: number; readonly progress: (done: number) => void };

function toPerson({ handle, id, kind, language, registryDigest, status }: StoredPerson): Person {
  return { handle, id, kind, language, registryDigest, status };
}

/** The registry's first import. Nobody is there yet, so nobody is looked for. */
export async function importEverybody({ keys, storage }: Founded, asked: Peopling): Promise<readonly Person[]> {
  const people: Person[] = [];
  const { seed, startsAt } = asked;
  const needs = {
    people: {
      findPersonByRegistry: async () => undefined,
      hasFreeze: async () => false,
      savePeople: async (...given: Parameters<typeof storage.people.savePeople>) => {
        people.push(...given[0].map(toPerson));
        await storage.people.savePeople(...given);
      },
    },
    dataKey: keys.data.encryption,
    lookupKey: keys.data.lookup,
    clock: { now: () => startsAt - dayMs },
    random: createDice(seed, 'people'),
    parseValues: parseAttributeValues,
    onProgress: ({ done }: { readonly done: number }) => asked.progress(done),
  };
  async function* readLines(): AsyncGenerator<GivenLine> {
    let number = 0;
    for (const given of createPeople(seed, asked.people)) {
      number += 1;
      yield { number, ok: true, given };
    }
  }
  const imported = await importPeople(needs, readLines);
  if (!imported.ok) {
    throw new TypeError(`people were refused: ${imported.badLines[0]?.reason ?? ''}`);
  }
  return people;
}
