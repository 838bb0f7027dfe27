// What Huwiya starts from: people who enrolled, signed in and decided over HTTP with a software authenticator, in a database that the measured node then opens.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { allow, createAuthorization, createTraveller, enrol, signIn } from '../tests/support/person-journey.ts';
import type { Traveller } from '../tests/support/person-journey.ts';
import type { Answered } from '../tests/support/user-agent.ts';
import { createWorld } from '../tests/support/world.ts';
import type { World } from '../tests/support/world.ts';
import { toAgencyChanges } from './registry.ts';
import type { BenchService, Registry } from './registry.ts';
import type { Target, Visit } from './target.ts';

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

async function prepareVisits(world: World, services: readonly BenchService[]): Promise<readonly Visit[]> {
  const traveller = createTraveller(world.issuer);
  await enrol(traveller, await world.invite(await world.addPerson()));
  for (const [index, service] of services.entries()) {
    const arrive = async (url: string): Promise<Answered> => {
      const page = await traveller.agent.get(url);
      return index === 0 ? signIn(traveller, page) : page;
    };
    await decideAt(traveller, service, arrive);
  }
  const cookie = toCookie(traveller);
  return services.map((service) => ({ service, cookie }));
}

export async function createHuwiyaWorld(registry: Registry, visitedBy: readonly (readonly BenchService[])[]): Promise<HuwiyaWorld> {
  const world = await createWorld();
  await world.storage.agencies.saveChanges(toAgencyChanges(registry));
  const visits: Visit[] = [];
  for (const services of visitedBy) {
    visits.push(...(await prepareVisits(world, services)));
  }
  await world.node.stop();
  const { database } = world.config;
  return {
    target: { name: 'huwiya', issuer: world.issuer, scope: 'openid', visits },
    settingsFile: join(world.folder, 'node', 'huwiya.env'),
    databaseFile: database.kind === 'sqlite' ? database.path : '',
    folder: world.folder,
    remove: () => rmSync(world.folder, { recursive: true, force: true }),
  };
}
