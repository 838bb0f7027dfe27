// What a purpose says beyond its text, as people and services meet it: the ground by kind of person, and answers in place of values.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import type { PersonKind } from '../../src/domain/people/person.ts';
import { createTraveller, enrol, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { sampleServices } from '../support/sample-services.ts';
import { createLogSigner } from '../../src/domain/ledger/checkpoint.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { noChanges } from '../support/store-samples.ts';
import { fetchUserInfo } from '../support/service.ts';
import { askSilently, createRequest, findReceipts, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const why = { ar: 'لإصدار التصريح باسمك.', en: 'To issue the permit in your name.' };
const law = { type: 'public_task', lawRef: { ar: 'نظام العمل، المادة 51', en: 'Labour Law, article 51' } } as const;

describe('a purpose with a law for citizens', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    const purposes = sampleServices.purposes
      .filter(({ id }) => id === 'permit-renewal')
      .map((purpose): Purpose => ({
        ...purpose,
        version: 2,
        basisByKind: { citizen: law },
        attributes: [
          { name: 'given_name', necessity: 'required', why },
          { name: 'name_match', necessity: 'required', why },
          { name: 'email', necessity: 'optional', why },
        ],
      }));
    await world.storage.agencies.saveChanges({
      ...sampleServices,
      agencies: [],
      services: [],
      purposes,
      endedPurposes: [],
      defaultPurposes: [],
      events: [],
    });
  });

  afterAll(async () => {
    await world.close();
  });

  async function createOf(kind: PersonKind): Promise<Traveller> {
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, await world.invite(await world.addPerson(kind)));
    await openAccountPage(traveller);
    return traveller;
  }

  it('is a notice that names the law to a citizen, in the language of the page', async () => {
    const citizen = await createOf('citizen');
    const page = await citizen.agent.get(createRequest(world.issuer, 'permit', { ui_locales: 'en' }).url);
    expect(page.body).toContain('Labour Law, article 51');
    expect(page.body).not.toContain('data-action="allow"');
    const inArabic = await citizen.agent.get(createRequest(world.issuer, 'permit', { ui_locales: 'ar' }).url);
    expect(inArabic.body).toContain('نظام العمل، المادة 51');
    const { body } = await obtainTokens(citizen, 'permit');
    expect((await fetchUserInfo(world.issuer, body['access_token'])).status).toBe(200);
  });

  it('takes no choice from a citizen, who was shown none, says none in the receipt, and asks nothing at the next visit', async () => {
    const citizen = await createOf('citizen');
    const page = await citizen.agent.get(createRequest(world.issuer, 'permit').url);
    const choosing = await submit(citizen, page, { decision: 'continue', attribute: 'email' });
    expect(choosing.body).toContain('data-error="consent/attribute-not-offered"');
    const { body } = await obtainTokens(citizen, 'permit');
    expect((await fetchUserInfo(world.issuer, body['access_token'])).body).not.toHaveProperty('email');
    const [file = ''] = await findReceipts(citizen);
    const [, payload = ''] = String(toObject(file)['receipt']).split('.');
    const said = Buffer.from(payload, 'base64url').toString();
    expect([...said.matchAll(/"decision":"(\w+)".*?"name":"(\w+)"/g)].map(([, ...told]) => told.join(' '))).toEqual([
      'notified given_name',
      'notified name_match',
    ]);
    expect((await askSilently(citizen, 'permit')).get('code')).not.toBeNull();
  });

  it('is a choice to a visitor, and both are served', async () => {
    const visitor = await createOf('visitor');
    const page = await visitor.agent.get(createRequest(world.issuer, 'permit').url);
    expect(page.body).toContain('data-action="allow"');
    expect(page.body).not.toContain('المادة 51');
    const { body } = await obtainTokens(visitor, 'permit');
    expect((await fetchUserInfo(world.issuer, body['access_token'])).body).toHaveProperty('given_name');
  });

  it('stays consent in what was released before, also for a visitor who became a citizen and reads other words today', async () => {
    const person = await world.addPerson('visitor');
    const visitor = createTraveller(world.issuer);
    await enrol(visitor, await world.invite(person));
    const { body } = await obtainTokens(visitor, 'permit');
    await fetchUserInfo(world.issuer, body['access_token']);
    await sequenceAll({
      store: world.storage.ledger,
      clock: world.clock,
      signer: createLogSigner(world.issuer, world.keys.checkpoint.privateKey),
    });
    await world.storage.people.savePeople([{ ...person, kind: 'citizen' }], []);
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const other = { ar: 'غرض بكلمات أخرى', en: 'A purpose in other words' };
    const purposes = (registered?.purposes ?? []).map((purpose) => ({ ...purpose, version: purpose.version + 1, text: other }));
    await world.storage.agencies.saveChanges({ ...noChanges, purposes });
    const home = await openAccountPage(visitor);
    const activity = await visitor.agent.get(`${world.issuer}/account/activity`);
    const links = [...activity.body.matchAll(/href="(\/account\/activity\/[^"]+)"/g)].map(([, url = '']) => url);
    const pages = await Promise.all(links.map(async (url) => visitor.agent.get(new URL(url, world.issuer).href)));
    expect(pages.length).toBeGreaterThan(1);
    const said = [home, activity, ...pages].map(({ body: text }) => /المادة 51|غرض بكلمات أخرى/.exec(text)?.[0] ?? null);
    expect(new Set(said)).toEqual(new Set([null]));
    expect([home, activity].map((page) => page.body.includes('تجديد تصريح العمل'))).toEqual([true, true]);
    expect(pages.filter((page) => page.body.includes('بموافقتك.')).length).toBeGreaterThan(1);
    const restored = (registered?.purposes ?? []).map((purpose) => ({ ...purpose, version: purpose.version + 2 }));
    await world.storage.agencies.saveChanges({ ...noChanges, purposes: restored });
  });

  it('tells a service whether the name it holds is the right one, and never the name', async () => {
    const visitor = await createOf('visitor');
    const ask = async (value: string): Promise<unknown> => {
      const claims = JSON.stringify({ userinfo: { name_match: { value } } });
      const { body } = await obtainTokens(visitor, 'permit', { extra: { claims } });
      const { sub: _sub, ...said } = (await fetchUserInfo(world.issuer, body['access_token'])).body;
      return said;
    };
    expect(await ask('SARA ALQAHTANI')).toEqual({ name_match: true });
    expect(await ask('Nora Alharbi')).toEqual({ name_match: false });
    expect(world.logLines.join('\n')).not.toMatch(/alharbi/i);
  });
});
