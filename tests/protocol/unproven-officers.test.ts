// Officers whose passkey is older than the metadata: nobody vouches for it, so it opens the desk, and confirms nothing that opens or shows an identity (ADR-0069).

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCaseDesk } from '../support/audit-case.ts';
import { findErrorCode } from '../support/case-world.ts';
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

test('auditors read with any passkey, and unmask only with one that the metadata vouch for', async () => {
  await vouchForModel(world.storage);
  const desk = await openCaseDesk(world);
  expect((await desk.get(desk.opener)).status).toBe(200);
  const asked = { pseudonym: 'P-000000000000', reason: 'A complaint that names this release.', minutes: '60', court: '', tell: '' };
  await expect(desk.ask(asked).then(async (page) => desk.confirm(desk.opener, page))).rejects.toThrow('officer/passkey-outdated');
  const [opener, colleague] = [await createAttestedOfficer(world, 'auditor', 'One'), await createAttestedOfficer(world, 'auditor', 'Two')];
  const attested = await openCaseDesk(world, { number: 'C-2', officers: [opener, colleague] });
  const nobody = await attested.confirm(attested.opener, await attested.ask(asked));
  expect(findErrorCode(nobody)).toBe('unmask/pseudonym-unknown');
});
