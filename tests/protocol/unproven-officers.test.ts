// A registrar whose passkey is older than the metadata: nobody vouches for it, so it opens the desk, and confirms nothing that opens an identity (ADR-0069).

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCounter } from '../support/counter.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createAttestedOfficer, createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { vouchForModel } from '../support/vouched-model.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

let world: World;
let database: OpenDatabase;

beforeAll(async () => {
  world = await createWorld();
  database = openWorldDatabase(world);
});

afterAll(async () => {
  database.close();
  await world.close();
});

const handOver = async (officer: Officer, number: string): Promise<string> => {
  const counter = createCounter(world, officer);
  return counter.readLink(await counter.handOver(await counter.find(number)));
};
const madeSoFar = (): number => database.rows('SELECT digest FROM invitations').length;

test('hands over codes before the first import, and from then on only with a passkey that the metadata vouch for', async () => {
  const earlier = await createSignedInOfficer(world, 'registrar', 'Earlier');
  for (const _person of [1, 2, 3]) {
    await world.addPerson();
  }
  expect(await handOver(earlier, '1000000008')).toContain('/enrol');
  await vouchForModel(world.storage);
  const before = madeSoFar();
  expect((await createCounter(world, earlier).find('test-2')).body).toContain('data-person');
  await expect(handOver(earlier, 'test-2')).rejects.toThrow('officer/passkey-outdated');
  expect(madeSoFar()).toBe(before);
  expect(await handOver(await createAttestedOfficer(world, 'registrar', 'Later'), 'test-3')).toContain('/enrol');
});
