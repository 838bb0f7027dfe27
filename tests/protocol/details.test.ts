// The place "details": what a person reads there is everything that is held about them, and what they change there is theirs.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorldDatabase } from '../support/open-database.ts';
import { enrol, createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { findForms, getForm, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const toNames = (part: string): readonly string[] => [...part.matchAll(/data-attribute="([^"]+)"/g)].map(([, name = '']) => name);

describe('the details of a person', () => {
  let world: World;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    traveller = createTraveller(world.issuer);
    const data = { ...sampleData, 'preferred_name#ar': 'سوسو', residency_expiry: '2027-01-01' };
    await enrol(traveller, await world.invite(await world.addPerson('citizen', data)));
    await openAccountPage(traveller);
  });

  afterAll(async () => {
    await world.close();
  });

  const read = async (query = '?lang=en'): Promise<string> => {
    const page = await traveller.agent.get(`${world.issuer}/account/details${query}`);
    expect(page.status).toBe(200);
    return page.body.replace(/[\u2066-\u2069]/g, '');
  };

  it('stand under the register they came from, each masked, with where a wrong one is put right', async () => {
    const page = await read();
    const registers = page.split('data-register="').slice(1);
    expect(registers.map((part) => part.slice(0, part.indexOf('"')))).toEqual(['civil-status', 'police']);
    expect(toNames(registers[0] ?? '')).toEqual(['given_name', 'family_name', 'gender', 'birthdate', 'national_id']);
    expect(page).toContain('From Civil Status');
    expect(page).toContain('The Civil Status Department');
    expect(page).toContain('••••••0008');
    expect(page).toContain('<span class="when-open"><bdi lang="ar" dir="rtl">سارة</bdi></span>');
    expect(toNames(page.slice(page.indexOf('id="answers"')))).toEqual(expect.arrayContaining(['age_over_18', 'is_citizen']));
  });

  it('name what is the person’s own also where nothing is held yet, and say whether it was checked', async () => {
    const page = await read();
    expect(toNames(page.slice(page.indexOf('id="own"'), page.indexOf('id="language"')))).toEqual(['preferred_name']);
    const own = page.slice(page.indexOf('id="given"'), page.indexOf('data-register='));
    expect(toNames(own)).toEqual(['email', 'phone_number']);
    expect(own).toMatch(/Email <span class="attribute-form">checked<\/span>/);
    expect(own).toContain('Not on record');
  });

  it('hold the choice of language, which is kept for every later sign-in', async () => {
    const form = getForm(await traveller.agent.get(`${world.issuer}/account/details?lang=en`), /\/language$/);
    const chosen = await traveller.agent.post(form.action, { ...form.fields, language: 'ar' });
    expect(chosen.body).toContain('<html lang="ar" dir="rtl">');
    expect(chosen.body).toContain('حُفظت اللغة.');
    traveller.agent.cookies.delete('lang;/');
    expect(await read('')).toContain('<html lang="ar"');
    expect((await traveller.agent.post(form.action, { ...form.fields, language: 'fr' })).body).toContain('data-error="request/invalid"');
  });

  it('are shown to nobody who is not signed in', async () => {
    const stranger = createTraveller(world.issuer);
    const page = await stranger.agent.get(`${world.issuer}/account/details`);
    expect(page.body).toContain('data-verify-url');
    expect(findForms(page, /details/)).toEqual([]);
  });
});

describe('the preferred name', () => {
  let world: World;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    traveller = createTraveller(world.issuer);
    const person = await world.addPerson('citizen', { ...sampleData, 'preferred_name#ar': 'سوسو' });
    await enrol(traveller, await world.invite(person));
    await openAccountPage(traveller);
  });

  afterAll(async () => {
    await world.close();
  });

  const save = async (ar: string, en: string): Promise<Answered> => {
    const form = getForm(await traveller.agent.get(`${world.issuer}/account/details/name`), /\/name$/);
    return traveller.agent.post(form.action, { ...form.fields, 'name-ar': ar, 'name-en': en });
  };

  const countChanges = (): number => {
    const database = openWorldDatabase(world);
    const rows = database.rows("SELECT attributes FROM entries WHERE type = 'person.changed'");
    database.close();
    return rows.filter((row) => row['attributes'] === '["preferred_name"]').length;
  };

  it('is changed, mended and taken away by the person, each with one entry', async () => {
    const form = await traveller.agent.get(`${world.issuer}/account/details/name`);
    expect(form.body).toContain('value="سوسو"');
    const refused = await save('سارةS', 'Sara');
    expect([refused.status, /data-error="([^"]*)"/.exec(refused.body)?.[1]]).toEqual([400, 'name/not-accepted']);
    expect(refused.body).toContain('value="سارةS"');
    expect(countChanges()).toBe(0);
    const saved = await save('سوسن', 'Sara');
    expect(saved.url).toMatch(/changed=name$/);
    expect(saved.body).toContain('<bdi>سوسن</bdi>');
    expect(countChanges()).toBe(1);
    await save('سوسن', 'Sara');
    expect(countChanges()).toBe(1);
    const removed = await save('', ' ');
    expect(removed.body).not.toContain('سوسو');
    expect(removed.body).not.toContain('<bdi>سوسن</bdi>');
    expect(countChanges()).toBe(2);
  });

  it('is all that can be changed where nothing is sent: the rest is done at a counter', async () => {
    const page = await traveller.agent.get(`${world.issuer}/account/details?lang=en`);
    const offered = [...page.body.matchAll(/data-action="(change-[a-z_]+)"/g)].map(([, action]) => action);
    expect(offered).toEqual(['change-preferred_name']);
    const given = page.body.slice(page.body.indexOf('id="given"'), page.body.indexOf('data-register='));
    expect(given).toContain('changed at a registration office');
    expect(toNames(given)).toEqual(['email', 'phone_number']);
    for (const channel of ['email', 'phone', 'pager', 'constructor']) {
      expect((await traveller.agent.get(`${world.issuer}/account/details/${channel}`)).status).toBe(404);
    }
  });
});
