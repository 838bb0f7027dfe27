// Freezing and lifting at the counter: by a registrar alone, with a reason or a document, each an entry with the officer; lifting, and freezing many, with
// the officer’s own passkey; an order is not lifted there.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { confirmShown } from '../support/counter.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { findForms, getForm } from '../support/visits.ts';
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

describe('the registration counter', () => {
  let world: World;
  let database: OpenDatabase;
  let officer: Officer;
  let personId = '';

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    officer = await createSignedInOfficer(world, 'registrar');
    personId = (await world.addPerson()).id;
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  const post = async (page: Answered, action: RegExp, fields: Readonly<Record<string, string>>): Promise<Answered> => {
    const form = getForm(page, action);
    return officer.traveller.agent.post(form.action, { ...form.fields, holder: 'yes', ...fields });
  };
  const find = async (): Promise<Answered> => {
    const page = await officer.traveller.agent.get(`${world.issuer}/office/freeze`);
    return post(page, /\/office\/freeze$/, { number: '1000000008' });
  };
  const statusOf = (): unknown => database.rows('SELECT status FROM people WHERE id = ?', personId)[0]?.['status'];
  const entriesOf = (type: string): readonly string[] =>
    database.rows('SELECT body FROM entries WHERE type = ?', type).map((row) => String(row['body']));

  it('freezes at the person’s request by one press, with a reason that the officer chose and the officer in the entry', async () => {
    const found = await find();
    expect(found.body).not.toContain('Alqahtani');
    for (const reason of ['', 'because']) {
      const open = await post(found, /\/close$/, { reason });
      expect([open.status, findErrorCode(open), findForms(open, /\/close$/).length]).toEqual([400, 'officer/nothing-chosen', 1]);
      expect(open.body).not.toMatch(/type="radio"[^>]*checked/);
    }
    expect(statusOf()).toBe('active');
    const done = await post(found, /\/close$/, { reason: 'stolen' });
    expect([done.status, statusOf(), findForms(done, /\/close$/).length]).toEqual([200, 'frozen', 0]);
    expect(entriesOf('person.frozen')).toEqual([expect.stringContaining(officer.id)]);
    expect(entriesOf('person.frozen').join()).toContain('"reason":"stolen"');
  });

  it('asks for a document with a picture that was compared, and keeps what was typed where something is missing', async () => {
    const found = await find();
    expect(found.body).toContain('<option value="" selected>');
    for (const [missing, changes] of [
      ['document', { ...seen, document: '' }],
      ['document', { ...seen, document: 'birth_certificate' }],
      ['face', { ...seen, face: '' }],
      ['seen', { ...seen, seen: '' }],
      ['digits', { ...seen, digits: '42' }],
      ['expiry', { ...seen, expiry: '2020-01-01' }],
    ] as const) {
      const again = await post(found, /\/lift$/, changes);
      expect([again.status, findErrorCode(again), again.body.includes(`${missing}-error`)]).toEqual([
        400,
        'proofing/evidence-incomplete',
        true,
      ]);
      expect([again.body.includes('value="Passports"'), again.body.includes('data-person')]).toEqual([true, true]);
    }
    expect(entriesOf('person.unfreeze_begun')).toEqual([]);
  });

  it('lifts nothing for a document of somebody else, nor without the word that the name is the one on it', async () => {
    const found = await find();
    const other = await post(found, /\/lift$/, { ...seen, birth: '1984-11-02' });
    expect([other.status, findErrorCode(other), other.body.includes('value="Passports"')]).toEqual([400, 'proofing/holder-differs', true]);
    const shown = await post(found, /\/lift$/, seen);
    expect(shown.body).toMatch(/سارة القحطاني[\s\S]*Sara Alqahtani/);
    const unsaid = await post(shown, /\/lift$/, { holder: '', confirmation: await confirmShown(officer.traveller, shown) });
    expect([unsaid.status, findErrorCode(unsaid)]).toEqual([400, 'officer/nothing-chosen']);
    expect(entriesOf('person.unfreeze_begun')).toEqual([]);
  });

  it('lifts nothing without the officer’s passkey over this person and this document', async () => {
    const shown = await post(await find(), /\/lift$/, seen);
    expect([shown.status, shown.body.includes('data-ceremony="freeze"')]).toEqual([200, true]);
    const confirmation = await confirmShown(officer.traveller, shown);
    for (const changes of [{}, { confirmation: 'A'.repeat(43) }, { confirmation, digits: '42AC' }]) {
      expect(findErrorCode(await post(shown, /\/lift$/, changes))).toBe('officer/unconfirmed');
    }
    expect(entriesOf('person.unfreeze_begun')).toEqual([]);
  });

  it('lifts it after a document was seen and confirmed, after the delay, and says until when', async () => {
    const shown = await post(await find(), /\/lift$/, seen);
    const looks = entriesOf('person.looked_up').length;
    const done = await post(shown, /\/lift$/, { confirmation: await confirmShown(officer.traveller, shown) });
    expect([statusOf(), done.body.includes('data-due'), findForms(done, /\/lift$/).length]).toEqual(['frozen', true, 0]);
    expect(entriesOf('person.unfreeze_begun')).toEqual([expect.stringContaining('"evidence":"passport"')]);
    expect(entriesOf('person.unfreeze_begun').join()).toContain('"methods":["vpip","pvp"]');
    expect(entriesOf('person.unfreeze_begun').join()).not.toContain('42AB');
    expect(entriesOf('person.looked_up').length).toBe(looks);
  });

  it('keeps the identity frozen where the person at the counter did not ask for its end', async () => {
    const kept = await post(await find(), /\/close$/, { reason: 'impostor' });
    expect([statusOf(), kept.body.includes('data-due'), findForms(kept, /\/lift$/).length]).toEqual(['frozen', false, 1]);
    expect(database.rows('SELECT unfreeze_at FROM freezes WHERE person_id = ?', personId)).toEqual([{ unfreeze_at: null }]);
  });

  it('does not lift what was ordered', async () => {
    database.run("UPDATE freezes SET authority = 'ordered', unfreeze_at = NULL");
    expect(findForms(await find(), /\/lift$/)).toEqual([]);
    const page = await officer.traveller.agent.get(`${world.issuer}/office/freeze`);
    const { fields } = getForm(page, /\/office\/freeze$/);
    const refused = await officer.traveller.agent.post(`${world.issuer}/office/freeze/lift`, { ...fields, number: '1000000008', ...seen });
    expect(findErrorCode(refused)).toBe('freeze/ordered');
  });

  it('freezes beneath another status at the person’s request, says so, and does not lift it there', async () => {
    const person = await world.addPerson();
    await setPersonStatus(world, person, 'suspended');
    const other = await createSignedInOfficer(world, 'registrar', 'A third officer');
    const { action, fields } = getForm(await other.traveller.agent.get(`${world.issuer}/office/freeze`), /\/office\/freeze$/);
    const number = 'test-2';
    const found = await other.traveller.agent.post(action, { ...fields, number });
    const form = getForm(found, /\/close$/);
    const done = await other.traveller.agent.post(form.action, { ...form.fields, reason: 'lost' });
    expect([done.status, findForms(done, /\/(close|lift)$/).length, done.body.includes('data-beneath')]).toEqual([200, 0, true]);
    expect((await world.storage.people.findPerson(person.id))?.status).toBe('suspended');
    expect(await world.storage.people.hasFreeze(person.id)).toBe(true);
  });

  it('asks for the officer’s passkey once they have frozen several, and freezes nobody without it', async () => {
    const other = await createSignedInOfficer(world, 'registrar', 'Another officer');
    const at = async (number: string) => {
      const { action, fields } = getForm(await other.traveller.agent.get(`${world.issuer}/office/freeze`), /\/office\/freeze$/);
      const found = await other.traveller.agent.post(action, { ...fields, number });
      const form = getForm(found, /\/close$/);
      return other.traveller.agent.post(form.action, { ...form.fields, reason: 'lost' });
    };
    const people: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      people.push((await world.addPerson()).id);
    }
    const isFrozen = async (index: number) => (await world.storage.people.findPerson(people[index] ?? ''))?.status === 'frozen';
    for (let index = 0; index < 5; index += 1) {
      expect([(await at(`test-${index + 3}`)).status, await isFrozen(index)]).toEqual([200, true]);
    }
    const isLogged = (): boolean => world.logLines.some((line) => line.includes('officer/many-freezes'));
    expect(isLogged()).toBe(false);
    const shown = await at('test-8');
    expect(isLogged()).toBe(true);
    expect([shown.body.includes('data-ceremony="freeze"'), await isFrozen(5)]).toEqual([true, false]);
    const { action, fields } = getForm(shown, /\/close$/);
    for (const changes of [{ confirmation: '' }, { confirmation: 'A'.repeat(43) }]) {
      expect(findErrorCode(await other.traveller.agent.post(action, { ...fields, ...changes }))).toBe('officer/unconfirmed');
    }
    expect(await isFrozen(5)).toBe(false);
    const confirmation = await confirmShown(other.traveller, shown);
    await other.traveller.agent.post(action, { ...fields, confirmation });
    expect(await isFrozen(5)).toBe(true);
  });

  it('is the registrar’s alone', async () => {
    const auditor = await createSignedInOfficer(world, 'auditor');
    const page = await auditor.traveller.agent.get(`${world.issuer}/office/freeze`);
    expect(page.status).not.toBe(200);
  });
});
