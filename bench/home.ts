// `npm run bench -- home`: how long the own page of one person with years of use takes to answer. 5,000 consents at 500 services and 200,000 releases,
// numbered in the log, read over HTTP with a signed-in session, everything on one machine.

import Database from 'better-sqlite3';
import { createLogSigner } from '../src/domain/ledger/checkpoint.ts';
import { sealEvent } from '../src/domain/ledger/event.ts';
import type { Purpose } from '../src/domain/agencies/agency.ts';
import type { StoredPerson } from '../src/domain/people/person.ts';
import { sequenceAll } from '../src/domain/ledger/sequence.ts';
import { grantConsent } from '../src/domain/consent/grant-consent.ts';
import { createUuid, systemRandom } from '../src/domain/kernel/ids.ts';
import type { UserAgent } from '../tests/support/user-agent.ts';
import { openAccountPage, createEnrolledPerson } from '../tests/support/visits.ts';
import { createWorld } from '../tests/support/world.ts';
import type { World } from '../tests/support/world.ts';
import { createRegistry, toAgencyChanges } from './registry.ts';

type HomeOptions = { readonly consents: number; readonly releases: number; readonly rounds: number };

const purposesEach = 10;
const attributes = ['given_name', 'family_name', 'birthdate', 'email'];
const yearMs = 365 * 24 * 60 * 60 * 1000;

async function addConsent(world: World, person: StoredPerson, purpose: Purpose): Promise<string> {
  const registered = await world.storage.agencies.findService(purpose.clientId);
  if (registered === undefined) {
    throw new Error('the service is not there');
  }
  const needs = { ...world.storage, clock: world.clock, random: systemRandom, issuer: world.issuer, signer: toSigner(world) };
  const expression = { method: 'button', acr: 'urn:huwiya:loa:substantial', amr: ['hwk', 'user'], authTime: 1 } as const;
  const context = { person, registered, purpose, subject: createUuid(systemRandom, 1), notice: null, expression };
  const asked = { attributes: purpose.attributes, overAsked: [] };
  const granted = await grantConsent(needs, context, { asked, chosen: [], language: 'ar', shownVersion: null });
  if (!granted.ok) {
    throw new Error(granted.code);
  }
  return granted.value.consent.id;
}

async function addConsents(world: World, personId: string, count: number): Promise<readonly string[]> {
  const registry = toAgencyChanges(createRegistry(Math.ceil(count / purposesEach)));
  const purposes = registry.purposes.flatMap((purpose) =>
    Array.from({ length: purposesEach }, (_, index) => ({ ...purpose, id: `${purpose.id}-${index}`, isDefault: index === 0 })),
  );
  await world.storage.agencies.saveChanges({ ...registry, purposes });
  const person = await world.storage.people.findPerson(personId);
  if (person === undefined) {
    throw new Error('the person is not there');
  }
  const made: string[] = [];
  const wanted = purposes.slice(0, count);
  for (let from = 0; from < wanted.length; from += 100) {
    made.push(...(await Promise.all(wanted.slice(from, from + 100).map(async (purpose) => addConsent(world, person, purpose)))));
  }
  return made;
}

function toSigner(world: World) {
  return { issuer: world.issuer, authority: world.config.authority, key: world.keys.receipt.privateKey, kid: world.keys.receipt.kid };
}

/** Releases spread over three years, each with one entering of a service: as they are written, one row and its opening, and numbered afterwards. */
async function addReleases(
  world: World,
  personId: string,
  asked: { readonly records: readonly string[]; readonly count: number },
): Promise<void> {
  const { database: setting } = world.config;
  const database = new Database(setting.kind === 'sqlite' ? setting.path : '', { timeout: 60_000 });
  const now = world.clock.now();
  const insertEntry = database.prepare(
    'INSERT INTO entries (id, type, at, service, purpose, attributes, body, commitment) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertSecret = database.prepare('INSERT INTO entry_secrets (entry_id, person_ref, salt) VALUES (?, ?, ?)');
  const names = JSON.stringify(attributes);
  const write = database.transaction(() => {
    attributes.forEach((name) => database.prepare('INSERT OR IGNORE INTO entry_attributes VALUES (?, ?)').run(names, name));
    for (let index = 0; index < asked.count; index += 1) {
      const at = now - 3 * yearMs + Math.floor((index / asked.count) * 3 * yearMs);
      const service = `service-${String(index % Math.ceil(asked.records.length / purposesEach)).padStart(5, '0')}`;
      const record = asked.records[index % asked.records.length] ?? null;
      const draft = {
        type: 'data.released',
        personRef: personId,
        actor: { kind: 'service', ref: null },
        service,
        purpose: 'measurement-0',
      } as const;
      const event = sealEvent({ clock: { now: () => at }, random: systemRandom }, { ...draft, purposeVersion: 1, record, attributes });
      insertEntry.run(event.id, event.type, event.at, event.service, event.purpose, names, event.body, event.commitment);
      insertSecret.run(event.id, personId, event.salt);
    }
  });
  write();
  database.close();
  await sequenceAll({
    store: world.storage.ledger,
    clock: world.clock,
    signer: createLogSigner(world.issuer, world.keys.checkpoint.privateKey),
  });
}

const pages: readonly (readonly [name: string, path: string])[] = [
  ['by agency', '/account'],
  ['by agency, a name searched', '/account?q=00042'],
  ['by agency, one state', '/account?state=valid'],
  ['one service', '/account/services/service-00042'],
  ['by detail', '/account/attributes'],
  ['one detail', '/account/attributes/email'],
  ['by time', '/account/activity'],
  ['by time, one service', '/account/activity?service=service-00042'],
  ['by time, a detail never shared', '/account/activity?attribute=gender'],
  ['by time, your decisions', '/account/activity?kind=decided'],
  ['by time, more than a year ago', '/account/activity?period=older'],
  ['receipts', '/account/receipts'],
  ['reports', '/account/reports'],
];

const warmUp = 5;

function toPercentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0).toFixed(1);
}

type Asked = { readonly get: UserAgent['get']; readonly url: string; readonly rounds: number };

async function readPage({ get, url }: Asked): Promise<number> {
  const before = performance.now();
  const page = await get(url);
  if (page.status !== 200) {
    throw new Error(`${url} answered ${page.status}`);
  }
  return performance.now() - before;
}

async function measurePage(asked: Asked): Promise<string> {
  for (let round = 0; round < warmUp; round += 1) {
    await readPage(asked);
  }
  const cpu = process.cpuUsage();
  const times: number[] = [];
  for (let round = 0; round < asked.rounds; round += 1) {
    times.push(await readPage(asked));
  }
  const { user, system } = process.cpuUsage(cpu);
  const sorted = times.toSorted((one, other) => one - other);
  return `${toPercentile(sorted, 0.5)} | ${toPercentile(sorted, 0.99)} | ${((user + system) / 1000 / asked.rounds).toFixed(1)}`;
}

export async function measureHome(options: HomeOptions = { consents: 5000, releases: 200_000, rounds: 40 }): Promise<void> {
  const world = await createWorld();
  try {
    const { traveller, person } = await createEnrolledPerson(world);
    const records = await addConsents(world, person.id, options.consents);
    await addReleases(world, person.id, { records, count: options.releases });
    await openAccountPage(traveller);
    console.log(
      `One person with ${records.length} consents and ${options.releases} releases; ${options.rounds} requests a page, one after the other.`,
    );
    console.log('| Page | median, ms | p99, ms | CPU, ms, client included |\n| --- | --- | --- | --- |');
    for (const [name, path] of pages) {
      console.log(
        `| ${name} | ${await measurePage({ get: traveller.agent.get, url: `${world.issuer}${path}`, rounds: options.rounds })} |`,
      );
    }
  } finally {
    await world.close();
  }
}
