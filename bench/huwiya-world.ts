// What Huwiya starts from: people who enrolled, signed in and decided over HTTP with a software authenticator, in a database that the measured node then opens.

import { rmSync } from 'node:fs';
import { allow, createAuthorization, createTraveller, enrol, signIn } from '../tests/support/person-journey.ts';
import type { Traveller } from '../tests/support/person-journey.ts';
import { createSoftwareAuthenticator } from '../tests/support/software-authenticator.ts';
import type { Answered } from '../tests/support/user-agent.ts';
import { createWorld } from '../tests/support/world.ts';
import type { World, WorldSettings } from '../tests/support/world.ts';
import { createFirstVisits } from './first-visits.ts';
import { toAgencyChanges } from './registry.ts';
import type { BenchService, Registry } from './registry.ts';
import { enginePaths } from './target.ts';
import type { Entered, Entering, Target, Visit } from './target.ts';

export type HuwiyaWorld = {
  readonly target: Target;
  readonly settingsFile: string;
  readonly databaseFile: string;
  readonly folder: string;
  readonly remove: () => void;
};

async function decideAt(traveller: Traveller, service: BenchService, arrive: (url: string) => Promise<Answered>): Promise<void> {
  const asked = createAuthorization(traveller.issuer, { clientId: service.clientId, redirectUri: service.redirectUri });
  const page = await arrive(asked.url);
  const callback = await allow(traveller, page);
  if (!callback.url.startsWith(`${service.redirectUri}?code=`)) {
    throw new Error(`no consent could be given at ${service.clientId}: ${callback.status} ${callback.url}`);
  }
}

function toCookie(traveller: Traveller): string {
  return [...traveller.agent.cookies.values()]
    .filter(({ path, name }) => path === '/' && name !== 'lang')
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

type Prepared = { readonly traveller: Traveller; readonly visits: readonly Omit<Visit, 'person'>[] };

async function prepareVisits(world: World, services: readonly BenchService[]): Promise<Prepared> {
  // Without a counter, as passkeys in the cloud are: several browsers of one person may sign in at once.
  const traveller = createTraveller(world.issuer, createSoftwareAuthenticator({ counterStep: 0 }));
  await enrol(traveller, await world.invite(await world.addPerson()));
  for (const [index, service] of services.entries()) {
    const arrive = async (url: string): Promise<Answered> => {
      const page = await traveller.agent.get(url);
      return index === 0 ? signIn(traveller, page) : page;
    };
    await decideAt(traveller, service, arrive);
  }
  const cookie = toCookie(traveller);
  return { traveller, visits: services.map((service) => ({ service, cookie })) };
}

/** At a new browser, with the passkey of the person. */
async function enter(traveller: Traveller, { service, extra }: Entering): Promise<Entered> {
  const fresh = createTraveller(traveller.issuer, traveller.authenticator);
  const asked = createAuthorization(fresh.issuer, { clientId: service.clientId, redirectUri: service.redirectUri, extra });
  const decided = await allow(fresh, await signIn(fresh, await fresh.agent.get(asked.url)));
  return { callback: decided.url, verifier: asked.verifier };
}

function getTraveller(prepared: readonly Prepared[], person: number): Traveller {
  const found = prepared[person];
  if (found === undefined) {
    throw new RangeError('there is no such person');
  }
  return found.traveller;
}

export type HuwiyaAsked = {
  readonly settings?: WorldSettings;
  /** What else is done over HTTP before the measured node starts. */
  readonly prepare?: (world: World) => Promise<void>;
};

export async function createHuwiyaWorld(
  registry: Registry,
  visitedBy: readonly (readonly BenchService[])[],
  { settings = {}, prepare }: HuwiyaAsked = {},
): Promise<HuwiyaWorld> {
  const world = await createWorld(settings);
  await world.storage.agencies.saveChanges(toAgencyChanges(registry));
  const prepared: Prepared[] = [];
  for (const services of visitedBy) {
    prepared.push(await prepareVisits(world, services));
  }
  await prepare?.(world);
  await world.node.stop();
  const { database } = world.config;
  return {
    target: {
      name: 'huwiya',
      paths: enginePaths,
      issuer: world.issuer,
      scope: 'openid',
      visits: prepared.flatMap(({ visits }, person) => visits.map((visit) => ({ ...visit, person }))),
      people: prepared.length,
      nextFirst: createFirstVisits(registry, prepared.length),
      publicServices: registry.publicServices,
      programs: registry.programs,
      enter: async (entering) => enter(getTraveller(prepared, entering.person), entering),
    },
    settingsFile: world.settingsFile,
    databaseFile: database.kind === 'sqlite' ? database.path : '',
    folder: world.folder,
    remove: () => rmSync(world.folder, { recursive: true, force: true }),
  };
}
