// What the tour of the demo tells of one person: checked and let in at the counter, closed off with one press, and let in again before two officers; and the agency knows them
// under the same identifier all the while.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmRecovery, createCounter, readCode } from '../support/counter.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { bindPasskey, giveCode } from '../support/recovery-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { createRequest, findStep, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const seen = {
  document: 'passport',
  issuer: 'Passports',
  country: 'SAU',
  digits: '42AB',
  expiry: '2099-01-01',
  birth: '1990-05-17',
  seen: 'vpip',
  face: 'yes',
};
const number = '1000000008';

describe('the story of the tour', () => {
  let world: World;
  let one: Officer;
  let two: Officer;

  beforeAll(async () => {
    world = await createWorld();
    one = await createSignedInOfficer(world, 'registrar', 'First officer');
    two = await createSignedInOfficer(world, 'registrar', 'Second officer');
  });
  afterAll(async () => {
    await world.close();
  });

  const recover = async ({ traveller }: Officer, path: string, fields: Readonly<Record<string, string>>): Promise<Answered> => {
    const { agent } = traveller;
    const form = getForm(await agent.get(`${world.issuer}${path}`), /\/office\/recoveries(?:\/[\w-]+\/approve)?$/);
    return confirmRecovery(traveller, await agent.post(form.action, { ...form.fields, ...fields }));
  };

  test('goes from the counter through “it was not me” to a recovery that ends the freeze, and nobody becomes somebody else', async () => {
    const person = await world.addPerson();
    const counter = createCounter(world, one);
    const maria = createTraveller(world.issuer);
    await enrol(maria, `${world.issuer}/enrol/${readCode(await counter.handOver(await counter.find(number)))}`);
    const before = await obtainTokens(maria, 'clinic');
    const sub = (await fetchUserInfo(world.issuer, before.body['access_token'])).body['sub'];

    await openAccountPage(maria);
    const notices = await maria.agent.get(`${world.issuer}/account/notices`);
    const asked = await maria.agent.get(new URL(/href="([^"]*not-me[^"]*)"/.exec(notices.body)?.[1] ?? 'nowhere', world.issuer).href);
    const form = getForm(asked, /not-me/);
    const closed = await maria.agent.post(form.action, form.fields);
    const [caseNumber = ''] = /C-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(closed.body) ?? [];
    const status = async () => (await world.storage.people.findPerson(person.id))?.status;
    expect([await status(), caseNumber]).toEqual(['frozen', expect.stringMatching(/^C-/)]);
    expect(findStep(await maria.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    expect((await fetchUserInfo(world.issuer, before.body['access_token'])).status).toBe(401);
    expect((await two.traveller.agent.get(`${world.issuer}/office/cases`)).body).toContain(caseNumber);

    const opened = await recover(one, '/office/recoveries', { ...seen, number });
    const path = /\/office\/recoveries\/[\w-]{36}/.exec(opened.body)?.[0] ?? '';
    const sheet = await recover(two, path, seen);
    const back = createTraveller(world.issuer);
    expect((await bindPasskey(back, await giveCode(back, readCode(sheet)))).status).toBe(200);
    expect(await status()).toBe('active');
    const again = await obtainTokens(back, 'clinic');
    expect((await fetchUserInfo(world.issuer, again.body['access_token'])).body['sub']).toBe(sub);
    expect(findStep(await createTraveller(world.issuer).agent.get(createRequest(world.issuer, 'clinic').url))).toBe('sign-in');
  });
});
