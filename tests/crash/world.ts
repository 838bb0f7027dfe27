// An installation that lives through many seeds: its files and its people stay, its process is killed again and again.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { enrol } from '../support/person-journey.ts';
import { toEnvironment } from '../support/only-node.ts';
import type { Environment } from '../support/command.ts';
import { registerMetadata } from '../support/receiver.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { places } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { createBrowser, createCitizen } from './citizen.ts';
import type { Citizen, Cutting } from './citizen.ts';
import { createLogWatch } from './log-watch.ts';
import type { LogWatch } from './log-watch.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import type { Store } from './plan.ts';
import type { PostgresPlace, Ways } from './postgres-place.ts';

export type CrashWorld = {
  readonly store: Store;
  readonly issuer: string;
  readonly folder: string;
  /** Of SQLite; empty on PostgreSQL. */
  readonly file: string;
  readonly url: string;
  /** The server that it is on, and the wire to it; undefined on SQLite. */
  readonly server: PostgresPlace | undefined;
  readonly environment: Environment;
  readonly people: readonly Citizen[];
  readonly cutting: Cutting;
  readonly receiver: Receiver;
  readonly log: LogWatch;
  readonly close: () => Promise<void>;
};

const population = 5;

// Every request of every seed comes from one address.
const limits = 'ceremony.ipv4=50000,request.ipv4=50000,request.client=20000,sign-in.ipv4=2000';

async function enrolPeople(world: World, cutting: Cutting): Promise<readonly Citizen[]> {
  const people: Citizen[] = [];
  for (let count = 1; count <= population; count += 1) {
    const traveller = createBrowser(world.issuer, createSoftwareAuthenticator(), cutting);
    const person = await world.addPerson();
    await enrol(traveller, await world.invite(person));
    people.push(createCitizen(person.id, `person ${count}`, traveller));
  }
  return people;
}

const env = { HUWIYA_LIMITS: limits, HUWIYA_LOG_LEVEL: 'warn' };

type Reach = { readonly database: Pick<CrashWorld, 'store' | 'file' | 'url' | 'server'>; readonly settings: Environment };

function toReach({ config }: World, server: PostgresPlace | undefined, ways: Ways | undefined): Reach {
  if (config.database.kind === 'sqlite' || ways === undefined) {
    const file = config.database.kind === 'sqlite' ? config.database.path : '';
    return { database: { store: 'sqlite', file, url: '', server: undefined }, settings: {} };
  }
  return { database: { store: 'postgres', file: '', url: ways.url, server }, settings: { HUWIYA_DATABASE: ways.reach } };
}

/** On SQLite, or in a fresh database of the server. */
export async function createCrashWorld(server?: PostgresPlace): Promise<CrashWorld> {
  const ways = await server?.createDatabase();
  const world = await createWorld({ env, ...(ways === undefined ? {} : { database: ways.url }) });
  const receiver = await startReceiver();
  const cutting: Cutting = { cutAfter: () => undefined };
  for (const { clientId } of Object.values(places)) {
    await registerMetadata(world, clientId, { backchannel_logout_uri: receiver.url });
  }
  const people = await enrolPeople(world, cutting);
  await world.node.stop();
  const { database, settings } = toReach(world, server, ways);
  return {
    ...database,
    issuer: world.issuer,
    folder: world.folder,
    environment: { ...toEnvironment(world), ...env, ...settings, HUWIYA_VERIFY_HOUR: 'off' },
    people,
    cutting,
    receiver,
    log: createLogWatch(world.issuer),
    close: async () => {
      await receiver.close();
      rmSync(world.folder, { recursive: true, force: true });
    },
  };
}

export const toTraceFile = ({ folder }: CrashWorld): string => join(folder, 'trace.txt');
