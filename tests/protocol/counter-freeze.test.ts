// Freezing and lifting at the counter: by a registrar alone, with a reason or a document, each an entry with the officer; an order is not lifted there.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { findForms, getForm } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

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
    return officer.traveller.agent.post(form.action, { ...form.fields, ...fields });
  };
  const find = async (): Promise<Answered> => {
    const page = await officer.traveller.agent.get(`${world.issuer}/office/freeze`);
    return post(page, /\/office\/freeze$/, { number: '1000000008' });
  };
  const statusOf = (): unknown => database.rows('SELECT status FROM people WHERE id = ?', personId)[0]?.['status'];
  const entriesOf = (type: string): readonly string[] =>
    database.rows('SELECT body FROM entries WHERE type = ?', type).map((row) => String(row['body']));

  it('freezes at the person’s request, with a reason and the officer in the entry', async () => {
    const found = await find();
    expect(found.body).not.toContain('Alqahtani');
    expect(findErrorCode(await post(found, /\/close$/, { reason: 'because' }))).toBe('request/invalid');
    expect(statusOf()).toBe('active');
    const done = await post(found, /\/close$/, { reason: 'stolen' });
    expect([done.status, statusOf(), findForms(done, /\/close$/).length]).toEqual([200, 'frozen', 0]);
    expect(entriesOf('person.frozen')).toEqual([expect.stringContaining(officer.id)]);
    expect(entriesOf('person.frozen').join()).toContain('"reason":"stolen"');
  });

  it('lifts it after a document was seen, after the delay, and says until when', async () => {
    const done = await post(await find(), /\/lift$/, { evidence: 'passport' });
    expect([statusOf(), done.body.includes('data-due'), findForms(done, /\/lift$/).length]).toEqual(['frozen', true, 0]);
    expect(entriesOf('person.unfreeze_begun')).toEqual([expect.stringContaining('"evidence":"passport"')]);
  });

  it('does not lift what was ordered', async () => {
    database.run("UPDATE freezes SET authority = 'ordered', unfreeze_at = NULL");
    expect(findForms(await find(), /\/lift$/)).toEqual([]);
    const page = await officer.traveller.agent.get(`${world.issuer}/office/freeze`);
    const { fields } = getForm(page, /\/office\/freeze$/);
    const refused = await officer.traveller.agent.post(`${world.issuer}/office/freeze/lift`, {
      ...fields,
      number: '1000000008',
      evidence: 'passport',
    });
    expect(findErrorCode(refused)).toBe('freeze/ordered');
  });

  it('is the registrar’s alone', async () => {
    const auditor = await createSignedInOfficer(world, 'auditor');
    const page = await auditor.traveller.agent.get(`${world.issuer}/office/freeze`);
    expect(page.status).not.toBe(200);
  });
});
