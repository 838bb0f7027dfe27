// What a person is told of their access, by letter and on the page, and "it was not me": from a letter, without a sign-in, once.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { findErrorCode } from '../support/case-world.ts';
import { mailEnv, readLetters } from '../support/mailbox.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { accept, registerMetadata, startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createUserAgent } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import { askSilently, findStep, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const clientId = 'mol-work-permit';
const claimNames = ['aud', 'events', 'iat', 'iss', 'jti', 'sub_id', 'txn'];
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const poll = { timeout: 15_000, interval: 50 };

describe('notices about a person’s access', () => {
  let world: World;
  let database: OpenDatabase;
  let receiver: Receiver;
  let count = 0;

  beforeAll(async () => {
    world = await createWorld({ env: mailEnv });
    database = openWorldDatabase(world);
    receiver = await startReceiver(world.issuer, clientId);
    await registerMetadata(world, clientId, { security_events_uri: receiver.url });
    receiver.answer(accept);
  });

  afterAll(async () => {
    await receiver.close();
    database.close();
    await world.close();
  });

  type Sara = { readonly traveller: Traveller; readonly id: string; readonly email: string };

  const createSara = async (changes: Readonly<Record<string, boolean>> = {}): Promise<Sara> => {
    count += 1;
    const email = `alert-${count}@example.test`;
    const traveller = createTraveller(world.issuer);
    const person = await world.addPerson('citizen', { ...sampleData, email, email_verified: true, ...changes });
    await world.storage.people.saveLanguage(person.id, 'en');
    await enrol(traveller, await world.invite(person));
    return { traveller, id: person.id, email };
  };

  const open = async ({ traveller }: Pick<Sara, 'traveller'>, path: string): Promise<Answered> =>
    traveller.agent.get(`${world.issuer}${path}`);
  const kindsOn = (page: Answered): readonly string[] => [...page.body.matchAll(/data-notice="([a-z-]+)"/g)].map(([, kind = '']) => kind);
  const findLink = (text: string): string => /https?:\/\/\S+\/not-me\/\S+/.exec(text)?.[0] ?? '';
  const statusOf = (id: string): unknown => database.rows('SELECT status FROM people WHERE id = ?', id)[0]?.['status'];
  const stranger = () => createUserAgent(world.issuer);
  const sayNotMe = async (link: string): Promise<Answered> => {
    const agent = stranger();
    const form = getForm(await agent.get(link), /\/not-me\//);
    return agent.post(form.action, form.fields);
  };
  /** The letter about this kind, when it has come. */
  const waitFor = async ({ email }: Sara, subject: RegExp) => {
    await expect
      .poll(() => readLetters(world).filter((letter) => letter.to === email && subject.test(letter.subject)).length, poll)
      .toBe(1);
    const letter = readLetters(world).find(({ to, subject: told }) => to === email && subject.test(told));
    if (letter === undefined) {
      throw new Error('no letter');
    }
    return letter;
  };

  /** The person's own passkey, in a browser of another kind. */
  const onIphone = ({ traveller }: Sara): Traveller => {
    const headersOf = (init: RequestInit): Headers => new Headers([...new Headers(init.headers), ['user-agent', iphone]]);
    return { ...traveller, agent: createUserAgent(world.issuer, (url, init) => fetch(url, { ...init, headers: headersOf(init) })) };
  };

  it('come for the enrolment, a new device and a first sharing, and hold no name, service, detail or number', async () => {
    const sara = await createSara();
    await obtainTokens(sara.traveller, 'permit');
    await openAccountPage(onIphone(sara));
    const letters = await Promise.all(
      [/first passkey was made/, /new device/, /first time/].map(async (subject) => waitFor(sara, subject)),
    );
    for (const { subject, text, html, headers } of letters) {
      const words = `${subject}\n${text}\n${html}`;
      expect(words).not.toMatch(/Sara|سارة|Alqahtani|1000000008|[Pp]ermit|Labour|given_name|birth/);
      expect(new Set(words.match(/https?:\/\/[^\s"<]+/g))).toEqual(new Set([findLink(text)]));
      expect(headers.get('auto-submitted')).toBe('auto-generated');
    }
    await openAccountPage(sara.traveller);
    expect(kindsOn(await open(sara, '/account/notices')).toSorted()).toEqual(['enrolled', 'first-sharing', 'new-device']);
    expect((await open(sara, '/account')).body).toContain('/account/notices');
    // The way back leads to where the passkeys and the sessions are.
    expect((await open(sara, '/account/notices')).body).toMatch(/<main[\s\S]*href="\/account\/security"/);
    const again = createTraveller(world.issuer, sara.traveller.authenticator);
    await openAccountPage(again);
    expect(kindsOn(await open({ traveller: again }, '/account/notices'))).toHaveLength(3);
  });

  it('are one quiet letter for somebody new, who is told of the sign-in there no second time; of every other passkey, device or person they are told', async () => {
    const sara = await createSara();
    const letter = await waitFor(sara, /first passkey was made/);
    expect(letter.text).toContain('You sign in with it from now on');
    expect(findLink(letter.text)).toContain('/not-me/');
    await openAccountPage(sara.traveller);
    await openAccountPage({ ...sara.traveller, agent: createUserAgent(world.issuer) });
    expect(kindsOn(await open(sara, '/account/notices'))).toEqual(['enrolled']);
    await openAccountPage(onIphone(sara));
    expect(kindsOn(await open(sara, '/account/notices'))).toEqual(['new-device', 'enrolled']);
    const other = createTraveller(world.issuer);
    await enrol(other, await world.invite(await getPerson(sara.id)));
    await openAccountPage(other);
    expect(kindsOn(await open(sara, '/account/notices'))).toEqual(['new-device', 'passkey-added', 'link-made', 'new-device', 'enrolled']);
  });

  it('go to no address that nobody proved, and wait in the outbox without one', async () => {
    const sara = await createSara({ email_verified: false });
    await expect
      .poll(
        () => database.rows("SELECT id FROM outbox WHERE topic = 'notice' AND person_id = ? AND state = 'waiting'", sara.id).length,
        poll,
      )
      .toBe(0);
    expect(readLetters(world).filter(({ to }) => to === sara.email)).toEqual([]);
    const bodies = database.rows("SELECT body FROM outbox WHERE topic = 'notice'").map((row) => String(row['body']));
    expect(bodies.every((body) => !body.includes('@'))).toBe(true);
  });

  it('are written with their act or the act does not happen', async () => {
    const sara = await createSara();
    const before = database.rows('SELECT id FROM entries').length;
    await whileInsertFails(database, 'security_notices', async () => {
      await obtainTokens(onIphone(sara), 'permit').catch(() => undefined);
    });
    expect(database.rows('SELECT id FROM entries')).toHaveLength(before);
  });

  it('lead to a page that asks for nothing and changes nothing until it is pressed; then everything is closed and agencies are told', async () => {
    const sara = await createSara();
    const { body } = await obtainTokens(sara.traveller, 'permit');
    await openAccountPage(sara.traveller);
    const link = findLink((await waitFor(sara, /first passkey was made/)).text);
    const shown = await stranger().get(link);
    await stranger().get(link);
    expect([shown.status, statusOf(sara.id), shown.body.includes('data-verify-url')]).toEqual([200, 'active', false]);
    expect(shown.body).not.toMatch(/Sara|Alqahtani|1000000008/);
    const before = receiver.taken.length;
    const done = await sayNotMe(link);
    const [caseNumber] = /C-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(done.body) ?? [];
    expect([done.status, statusOf(sara.id), typeof caseNumber]).toEqual([200, 'frozen', 'string']);
    expect(done.body).toMatch(/href="\/recover"[\s\S]*href="\/unfreeze"/);
    expect((await fetchUserInfo(world.issuer, body['access_token'])).status).toBe(401);
    expect(findStep(await open(sara, '/account'))).toBe('sign-in');
    expect((await askSilently(sara.traveller, 'permit')).get('error')).toBe('login_required');
    await expect.poll(() => receiver.taken.length - before, poll).toBe(2);
    const told = receiver.taken.slice(before).map(({ payload }) => Object.entries(payload['events'] ?? {})[0]);
    expect(told.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      [expect.stringMatching(/caep\/event-type\/session-revoked$/), { event_timestamp: expect.any(Number), initiating_entity: 'user' }],
      [expect.stringMatching(/risc\/event-type\/account-disabled$/), { reason: 'hijacking' }],
    ]);
    const payloads = receiver.taken.slice(before).map(({ payload }) => payload);
    // Shared Signals 1.0 §4.1: neither `sub` nor `exp`; one `txn` for what one act caused; the subject of this service and no other.
    const [{ txn } = { txn: '' }] = payloads;
    expect(payloads.map((payload) => Object.keys(payload).toSorted())).toEqual([claimNames, claimNames]);
    expect(payloads).toEqual([expect.objectContaining({ txn }), expect.objectContaining({ txn })]);
    expect(payloads[0]?.['sub_id']).toEqual({ format: 'iss_sub', iss: world.issuer, sub: expect.any(String) });
    expect((await stranger().get(link)).body).toContain(String(caseNumber));
    const entries = database.rows("SELECT body FROM entries WHERE type = 'person.disowned'").map((row) => String(row['body']));
    expect(entries.filter((entry) => entry.includes(String(caseNumber)))).toHaveLength(1);
  });

  it('EN-08 a link that an operator alone makes for somebody who is enrolled reaches no more than substantial, and the person is told when it is made and when it is used', async () => {
    const sara = await createSara();
    const person = await getPerson(sara.id);
    const link = await world.invite(person);
    expect((await waitFor(sara, /operator of Huwiya made a link/)).text).toContain('/not-me/');
    const stranger = createTraveller(world.issuer);
    await enrol(stranger, link);
    await expect
      .poll(() => readLetters(world).filter(({ to, subject }) => to === sara.email && /passkey was added/.test(subject)).length, poll)
      .toBe(1);
    const passkeys = await world.storage.passkeys.listPasskeys(sara.id);
    expect(passkeys.map(({ ceiling }) => ceiling)).toEqual(['substantial', 'substantial']);
    await openAccountPage(sara.traveller);
    expect(kindsOn(await open(sara, '/account/notices'))).toContain('link-made');
    await expect
      .poll(async () => (await open(sara, '/account/activity?lang=en')).body, poll)
      .toContain('The operator of Huwiya made a link for one more passkey in your name');
  });

  it('EN-08 that link is dead once the person says that it was not them, and nobody who is frozen is invited', async () => {
    const sara = await createSara();
    const person = await getPerson(sara.id);
    const link = await world.invite(person);
    await sayNotMe(findLink((await waitFor(sara, /operator of Huwiya made a link/)).text));
    expect([statusOf(sara.id), findErrorCode(await stranger().get(link))]).toEqual(['frozen', 'enrolment/invalid-link']);
    await expect(world.invite(person)).rejects.toThrow('person/unknown');
  });

  it('tell nobody of a first link: whoever never had a passkey has nothing to lose yet', async () => {
    const email = 'first-link@example.test';
    const person = await world.addPerson('citizen', { ...sampleData, email, email_verified: true });
    await world.invite(person);
    await world.invite(person);
    expect(database.rows('SELECT id FROM security_notices WHERE person_id = ?', person.id)).toEqual([]);
  });

  const getPerson = async (id: string): Promise<StoredPerson> => {
    const person = await world.storage.people.findPerson(id);
    if (person === undefined) {
      throw new Error('no such person');
    }
    return person;
  };

  it('open a case at the counter that names nobody in its list, records each look, and is closed with a word that its person reads', async () => {
    const sara = await createSara();
    const done = await sayNotMe(findLink((await waitFor(sara, /first passkey was made/)).text));
    const [caseNumber = ''] = /C-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(done.body) ?? [];
    const { traveller } = await createSignedInOfficer(world, 'registrar');
    const list = await traveller.agent.get(`${world.issuer}/office/cases`);
    expect(list.body).toContain(caseNumber);
    expect(list.body).not.toMatch(/Alqahtani|القحطاني/);
    const page = await traveller.agent.get(`${world.issuer}/office/cases/${caseNumber}`);
    const looks = database.rows("SELECT body FROM entries WHERE type = 'person.looked_up'").map((row) => String(row['body']));
    expect(looks.filter((body) => body.includes(caseNumber))).toHaveLength(1);
    const form = getForm(page, /\/office\/cases\//);
    const send = async (fields: Readonly<Record<string, string>>) => traveller.agent.post(form.action, { ...form.fields, ...fields });
    expect(page.body).not.toMatch(/type="radio"[^>]*checked/);
    for (const step of ['', 'anything']) {
      const open = await send({ step, act: 'close' });
      expect([open.status, findErrorCode(open), open.body.includes('data-action="close-case"')]).toEqual([
        400,
        'officer/nothing-chosen',
        true,
      ]);
    }
    expect(findErrorCode(await send({ step: 'spoke', act: 'erase' }))).toBe('request/invalid');
    expect((await send({ step: 'spoke', act: 'note' })).body).toMatch(/data-step="spoke"/);
    const closed = await send({ step: 'devices', act: 'close' });
    // An auditor reads the number of a case in entries under a pseudonym: it leads a registrar to nobody once the case is over.
    expect([page.body.includes('•'), closed.body.includes('•')]).toEqual([true, false]);
    expect([closed.body.match(/data-step="/g)?.length, closed.body.includes('data-action="close-case"')]).toEqual([2, false]);
    await send({ step: 'authority', act: 'note' });
    const entries = database.rows("SELECT type FROM entries WHERE type LIKE 'case.%' AND body LIKE ?", `%${caseNumber}%`);
    expect(entries.map(({ type }) => String(type)).toSorted()).toEqual(['case.closed', 'case.noted']);
    expect((await traveller.agent.get(`${world.issuer}/office/cases`)).body).not.toContain(caseNumber);
    expect((await traveller.agent.get(`${world.issuer}/office/cases?state=closed`)).body).toContain(caseNumber);
    const other = await createSignedInOfficer(world, 'approver');
    expect((await other.traveller.agent.get(`${world.issuer}/office/cases`)).status).toBe(403);
    expect(statusOf(sara.id)).toBe('frozen');
  });

  it('EN-12 opening the link of a letter, however often and by whatever opens links, changes nothing', async () => {
    const sara = await createSara();
    const link = findLink((await waitFor(sara, /first passkey was made/)).text);
    const before = database.rows('SELECT id FROM entries').length;
    const statuses = await Promise.all(Array.from({ length: 4 }, async () => (await stranger().get(link)).status));
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect([database.rows('SELECT id FROM entries').length, statusOf(sara.id)]).toEqual([before, 'active']);
  });

  it('refuse a link that was altered, and a press without the form of its own page', async () => {
    const sara = await createSara();
    const link = findLink((await waitFor(sara, /first passkey was made/)).text);
    const altered = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(findErrorCode(await stranger().get(altered))).toBe('notice/link-invalid');
    expect(findErrorCode(await stranger().post(link, { token: 'x' }))).toBe('request/form-outdated');
    expect(statusOf(sara.id)).toBe('active');
  });
});
