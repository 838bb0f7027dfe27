// The place "details": what a person reads there is everything that is held about them, and what they change there is theirs.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrol, createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { findForms, getForm, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

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

  const toNames = (part: string): readonly string[] => [...part.matchAll(/data-attribute="([^"]+)"/g)].map(([, name = '']) => name);

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
    const own = page.slice(page.indexOf('id="own"'), page.indexOf('id="language"'));
    expect(toNames(own)).toEqual(['preferred_name', 'email', 'phone_number']);
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
