// The registration counter over HTTP: one person by the exact number, as little of them as is needed, a link that works, and an entry of every step.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { findErrorCode } from '../support/case-world.ts';
import { createCounter, sampleEvidence } from '../support/counter.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { findProofing } from '../../src/domain/proofing/find-proofing.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { findForms, getForm, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Counter = ReturnType<typeof createCounter>;

describe('the registration counter', () => {
  let world: World;
  let database: OpenDatabase;
  let officer: Officer;
  let counter: Counter;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    officer = await createSignedInOfficer(world, 'registrar');
    counter = createCounter(world, officer);
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  const open: Counter['open'] = async (path) => counter.open(path);
  const find: Counter['find'] = async (typed) => counter.find(typed);
  const handOver: Counter['handOver'] = async (page, changes) => counter.handOver(page, changes);
  const readLink: Counter['readLink'] = (sheet) => counter.readLink(sheet);
  const counts = () => ['proofings', 'invitations'].map((table) => database.rows(`SELECT count(*) AS count FROM ${table}`)[0]?.['count']);
  const readEntries = (type: string): readonly string[] =>
    database.rows('SELECT body FROM entries WHERE type = ? ORDER BY rowid', type).map((row) => String(row['body']));
  const readLooks = (before: number): readonly unknown[] =>
    readEntries('person.looked_up')
      .slice(before)
      .map((body): unknown => JSON.parse(body));
  /** Of whom the newest look is. */
  const readPersonOfLastLook = (): unknown =>
    database.rows(
      "SELECT person_ref FROM entry_secrets WHERE entry_id = (SELECT id FROM entries WHERE type = 'person.looked_up' ORDER BY rowid DESC LIMIT 1)",
    )[0]?.['person_ref'];
  const hasEvidence = (page: Answered): boolean => findForms(page, /\/office\/people\/evidence$/).length > 0;

  let next = 1;
  let number = '';
  let personId = '';
  beforeEach(async () => {
    next += 1;
    number = next === 2 ? '1000000008' : `test-${next - 1}`;
    personId = (await world.addPerson()).id;
  });

  it('finds a person by the number on the document, in any digits, and shows no name, and no other detail', async () => {
    const page = await find(' ١٠٠٠٠٠٠٠٠٨ ');
    expect(page.body).toContain('data-person');
    expect(page.body).toContain('س••• ا•••••••');
    for (const hidden of ['سارة', 'القحطاني', 'Alqahtani', '1990', 'sara@', personId]) {
      expect(page.body).not.toContain(hidden);
    }
  });

  it('enters each look with the officer, and the person sees it', async () => {
    const before = readEntries('person.looked_up').length;
    await find(number);
    const looks = readEntries('person.looked_up').slice(before);
    expect(looks).toHaveLength(1);
    expect(JSON.parse(looks[0] ?? '')).toMatchObject({ actor: { kind: 'officer', ref: officer.id }, payload: { found: true } });
    const person = createTraveller(world.issuer);
    await enrol(person, readLink(await handOver(await find(number))));
    await openAccountPage(person);
    await expect
      .poll(async () => (await person.agent.get(`${world.issuer}/account/activity?lang=en`)).body, { timeout: 3000 })
      .toContain('A registration officer looked you up');
  });

  it('shows nothing while the look cannot be entered in the log', async () => {
    const page = await whileInsertFails(database, 'entries', async () => find(number));
    expect([page.status, findErrorCode(page)]).toEqual([503, 'ledger/unavailable']);
    expect(page.body).not.toContain('data-person');
  });

  it.each(['', '1000000016', '100000000', 'سارة', '%', "' OR 1=1"])(
    'finds nobody for %j, and enters the search without it',
    async (text) => {
      const before = readEntries('person.looked_up').length;
      const page = await find(text);
      expect(page.status).toBe(200);
      expect([page.body.includes('data-person'), hasEvidence(page)]).toEqual([false, false]);
      expect(readLooks(before)).toMatchObject([{ actor: { kind: 'officer', ref: officer.id }, payload: { found: false } }]);
      const [body] = readEntries('person.looked_up').slice(before);
      expect(text !== '' && body?.includes(text)).toBe(false);
      expect(readPersonOfLastLook()).toBeNull();
    },
  );

  it('does not say that nobody is found while the search cannot be entered in the log', async () => {
    const page = await whileInsertFails(database, 'entries', async () => find('1000000016'));
    expect([page.status, findErrorCode(page)]).toEqual([503, 'ledger/unavailable']);
  });

  it('enters a number that is tried through the form of the evidence, whatever becomes of it', async () => {
    const { action, fields } = getForm(await find(number), /\/office\/people\/evidence$/);
    await enrol(createTraveller(world.issuer), await world.invite(await getPerson()));
    const before = readEntries('person.looked_up').length;
    const unknown = await officer.traveller.agent.post(action, { ...fields, ...sampleEvidence, seen: 'vpip', number: '1000000016' });
    const enrolled = await officer.traveller.agent.post(action, { ...fields, ...sampleEvidence, seen: 'vpip', number });
    expect([findErrorCode(unknown), findErrorCode(enrolled)]).toEqual(['person/unknown', 'person/enrolled']);
    expect(readLooks(before)).toMatchObject([{ payload: { found: false } }, { payload: { found: true } }]);
  });

  it('hands over a code that enrols this person, in the name of the officer, with the evidence that it rests on', async () => {
    const before = readEntries('person.invited').length;
    const sheet = await handOver(await find(number));
    expect(sheet.body).toContain('<svg class="qr"');
    const invited = readEntries('person.invited').slice(before);
    expect(invited.map((body): unknown => JSON.parse(body))).toMatchObject([{ actor: { kind: 'officer', ref: officer.id } }]);
    await enrol(createTraveller(world.issuer), readLink(sheet));
    expect(await world.storage.passkeys.listPasskeys(personId)).toHaveLength(1);
    expect((await world.storage.passkeys.listPasskeys(personId)).map(({ ceiling }) => ceiling)).toEqual(['high']);
    const proofed = readEntries('person.proofed').map((body): unknown => JSON.parse(body));
    expect(proofed.at(-1)).toMatchObject({
      actor: { kind: 'officer', ref: officer.id },
      payload: {
        documents: ['idcard'],
        methods: ['vpip', 'pvp'],
        assurance_level: 'high',
        trust_framework: 'urn:huwiya:proofing',
        issuer: null,
      },
    });
    const proofing = await findProofing({ proofings: world.storage.proofings, dataKey: world.keys.data.encryption }, await getPerson());
    expect(proofing).toMatchObject({
      isHigh: true,
      by: { kind: 'officer', ref: officer.id },
      evidence: [
        { document_details: { type: 'idcard', document_number: '08', issuer: { country_code: 'SAU' }, date_of_expiry: '2099-12-31' } },
      ],
    });
  });

  it.each([
    ['a document without a picture', { document: 'birth_certificate', seen: 'vpip', face: 'yes', expiry: '' }],
    ['a face that nobody compared', { seen: 'vcrypt', face: '' }],
  ])('lets a passkey reach no more than substantial after %s', async (_what, changes) => {
    await enrol(createTraveller(world.issuer), readLink(await handOver(await find(number), changes)));
    expect((await world.storage.passkeys.listPasskeys(personId)).map(({ ceiling }) => ceiling)).toEqual(['substantial']);
  });

  it.each([
    ['nothing that was checked', { seen: '' }],
    ['a document that has expired', { seen: 'vpip', expiry: '2020-01-31' }],
    ['a day that does not exist', { seen: 'vpip', expiry: '2099-02-30' }],
    ['no end of an identity card', { seen: 'vpip', expiry: '' }],
    ['a whole number', { seen: 'vpip', digits: '1020304050' }],
    ['a card of the Gulf from elsewhere', { seen: 'vpip', document: 'gcc_idcard', country: 'FRA' }],
    ['a kind of document that does not exist', { seen: 'vpip', document: 'library_card' }],
  ])('takes no evidence with %s, and writes nothing but the look', async (_what, changes) => {
    const page = await find(number);
    const before = counts();
    const answered = await handOver(page, changes);
    expect([answered.status, findErrorCode(answered)]).toEqual([400, 'proofing/evidence-incomplete']);
    expect([counts(), hasEvidence(answered)]).toEqual([before, true]);
  });

  it('hands over nothing while the check cannot be entered in the log, and keeps no evidence of it', async () => {
    const page = await find(number);
    const refused = await whileInsertFails(database, 'entries', async () => handOver(page));
    expect([refused.status, findErrorCode(refused)]).toEqual([503, 'ledger/unavailable']);
    expect(database.rows('SELECT id FROM proofings WHERE person_id = ?', personId)).toEqual([]);
  });

  it('enters one look for a search and its evidence, and one more for a number that was not searched', async () => {
    const before = readEntries('person.looked_up').length;
    await counter.giveEvidence(await find(number));
    expect(readLooks(before)).toHaveLength(1);
    next += 1;
    await world.addPerson();
    await counter.giveEvidence(await find(number), { seen: 'vpip', face: 'yes', number: `test-${next - 1}` });
    expect(readLooks(before)).toHaveLength(3);
  });

  it('tells the person that and when their identity was checked', async () => {
    const person = createTraveller(world.issuer);
    await enrol(person, readLink(await handOver(await find(number))));
    await openAccountPage(person);
    await expect
      .poll(async () => (await person.agent.get(`${world.issuer}/account/activity?lang=en`)).body, { timeout: 3000 })
      .toContain('Your identity was checked');
    const details = (await person.agent.get(`${world.issuer}/account/details?lang=en`)).body;
    const check = details.slice(details.indexOf('data-identity-check'));
    expect(check).toMatch(
      /How your identity was checked[\s\S]*A registration officer at a counter[\s\S]*National identity card[\s\S]*ends in[\s\S]*08/,
    );
    const [entry] = database.rows("SELECT id FROM entries WHERE type = 'person.proofed' ORDER BY rowid DESC LIMIT 1");
    const url = `/account/activity/${String(entry?.['id'])}`;
    expect((await person.agent.get(`${world.issuer}${url}?lang=en`)).body).toMatch(/Checked by[\s\S]*A registration officer at a counter/);
  });

  it('hands nothing over for somebody who has a passkey, also not through a page that was open before', async () => {
    const early = await find(number);
    await enrol(createTraveller(world.issuer), await world.invite(await getPerson()));
    const refused = await handOver(early);
    expect([refused.status, findErrorCode(refused)]).toEqual([409, 'person/enrolled']);
    expect(hasEvidence(await find(number))).toBe(false);
  });

  it('hands nothing over for somebody who is not active', async () => {
    const early = await find(number);
    database.run(`UPDATE people SET status = 'frozen' WHERE id = '${personId}'`);
    expect(findErrorCode(await handOver(early))).toBe('person/unknown');
    expect(hasEvidence(await find(number))).toBe(false);
  });

  it('is for registration officers, and takes no form of another session', async () => {
    const auditor = await createSignedInOfficer(world, 'auditor');
    const { action, fields } = getForm(await open(), /\/office\/people$/);
    expect(findErrorCode(await auditor.traveller.agent.post(action, { ...fields, number }))).toBe('officer/other-role');
    const other = await createSignedInOfficer(world, 'registrar', 'Other counter');
    expect(findErrorCode(await other.traveller.agent.post(action, { ...fields, number }))).toBe('request/form-outdated');
    const operator = await createSignedInOfficer(world, 'operator');
    const desk = await operator.traveller.agent.get(`${world.issuer}/office`);
    expect([desk.status, findForms(desk, /\/office\/people$/)]).toEqual([200, []]);
  });

  it('leads back to the empty counter where an answer is opened by its address', async () => {
    await find(number);
    const page = await open('/office/people?lang=en');
    expect(page.url).toBe(`${world.issuer}/office?lang=en`);
    expect(page.body).not.toContain(number);
  });

  async function getPerson(): Promise<StoredPerson> {
    const person = await world.storage.people.findPerson(personId);
    if (person === undefined) {
      throw new Error('the person is gone');
    }
    return person;
  }
});
