// What a counter hands out: for whom, at whose word, and how often (security contract 2.7).

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { confirmShown, createCounter, isHandOver, toHandOver } from '../support/counter.ts';
import type { Changes } from '../support/counter.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { sendRaw, toPort } from '../support/raw-request.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { asBrowser, createPost } from '../support/two-doors.ts';
import { readAttribute } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import { sampleData } from '../support/world.ts';
import { getForm } from '../support/visits.ts';

describe('a code from the counter', () => {
  let at: CaseWorld;
  let officer: Officer;
  let counter: ReturnType<typeof createCounter>;
  let person: StoredPerson;
  let number = '';

  const addPerson = async (): Promise<void> => {
    person = await at.world.addPerson();
    number = z.string().parse(getPersonalData({ dataKey: at.world.keys.data.encryption }, person)['id']);
  };
  beforeAll(async () => {
    at = await createCaseWorld();
    officer = await createSignedInOfficer(at.world, 'registrar');
    counter = createCounter(at.world, officer);
  });
  afterAll(async () => at.close());
  beforeEach(addPerson);

  const send = async ({ action, fields }: ReturnType<typeof toHandOver>, changes: Changes): Promise<Answered> =>
    officer.traveller.agent.post(action, { ...fields, ...changes });
  const expectUnconfirmed = async (work: () => Promise<Answered>): Promise<void> => {
    const before = at.database.rows('SELECT count(*) AS n FROM invitations');
    const page = await at.changesNothing(work);
    expect([page.status, findErrorCode(page), at.database.rows('SELECT count(*) AS n FROM invitations')]).toEqual([
      409,
      'officer/unconfirmed',
      before,
    ]);
  };
  const findCeilings = async (): Promise<readonly string[]> =>
    (await at.world.storage.passkeys.listPasskeys(person.id)).map(({ ceiling }) => ceiling);

  test('EN-04 there is none before the officer’s own passkey, which sees what it confirms, and one after, once', async () => {
    const found = await counter.find(number);
    const shown = await at.changesNothing(async () => counter.giveEvidence(found));
    expect([shown.status, isHandOver(shown)]).toEqual([200, true]);
    for (const word of [number, 'وزارة الداخلية', 'SAU', '08', 'سارة القحطاني', 'Sara Alqahtani']) {
      expect(shown.body).toContain(word);
    }
    const sent = toHandOver(shown);
    await expectUnconfirmed(async () => send(sent, {}));
    await expectUnconfirmed(async () => send(sent, { confirmation: 'A'.repeat(43) }));
    const confirmation = await confirmShown(officer.traveller, shown);
    expect((await send(sent, { confirmation })).body).toContain('data-code');
    await expectUnconfirmed(async () => send(sent, { confirmation }));
  });

  const passport = { document: 'passport', digits: '42AB', seen: 'vpip', face: 'yes' };
  const countMade = () => ['proofings', 'invitations'].map((table) => at.database.rows(`SELECT count(*) AS n FROM ${table}`));
  const readDiffering = (): readonly string[] =>
    at.database.rows("SELECT body FROM entries WHERE type = 'person.document_differed'").map(({ body }) => String(body));

  test.each([
    ['a passport of somebody who was born on another day', { ...passport, birth: '1990-05-18' }],
    ['a national card of another number', { document: 'idcard', digits: '0016', seen: 'vpip', face: 'yes' }],
  ])('EN-04 a genuine document of somebody else enrols nobody under this number: %s', async (_what, changes) => {
    const [made, tries] = [countMade(), readDiffering().length];
    const refused = await counter.handOver(await counter.find(number), changes);
    expect([refused.status, findErrorCode(refused), countMade()]).toEqual([400, 'proofing/holder-differs', made]);
    expect(refused.body).toContain('value="وزارة الداخلية"');
    const entries = readDiffering().slice(tries);
    expect(entries).toEqual([expect.stringContaining(officer.id)]);
    expect(entries.join()).not.toMatch(/1990|0016|42AB/);
  });

  test('EN-04 an officer finds no day of birth by asking: three tries for one person, and then a wait', async () => {
    const found = await counter.find(number);
    for (const birth of ['1990-01-01', '1990-01-02', '1990-01-03']) {
      expect(findErrorCode(await counter.giveEvidence(found, { ...passport, birth }))).toBe('proofing/holder-differs');
    }
    const fourth = await counter.giveEvidence(found, passport);
    expect([fourth.status, findErrorCode(fourth)]).toEqual([429, 'limit/reached']);
    const other = await createSignedInOfficer(at.world, 'registrar', 'Other counter');
    const elsewhere = createCounter(at.world, other);
    expect(isHandOver(await elsewhere.giveEvidence(await elsewhere.find(number), passport))).toBe(true);
    await addPerson();
    expect(isHandOver(await counter.giveEvidence(await counter.find(number), passport))).toBe(true);
    at.world.clock.advance(20 * 60_000 + 1000);
    expect(isHandOver(await counter.giveEvidence(found, passport))).toBe(true);
  });

  test('EN-04 the whole name stands before the officer’s passkey alone, and nothing comes without the word that it is the one', async () => {
    const found = await counter.find(number);
    expect(found.body).not.toMatch(/القحطاني|Alqahtani/);
    const shown = await counter.giveEvidence(found, passport);
    expect(shown.body).toMatch(/سارة القحطاني[\s\S]*Sara Alqahtani[\s\S]*id="holder"/);
    expect(shown.body).not.toMatch(/id="holder"[^>]*checked/);
    const confirmation = await confirmShown(officer.traveller, shown);
    const made = countMade();
    for (const holder of ['', 'no']) {
      const unsaid = await send(toHandOver(shown), { confirmation, holder });
      expect([unsaid.status, findErrorCode(unsaid), countMade()]).toEqual([400, 'officer/nothing-chosen', made]);
    }
    const sheet = await send(toHandOver(shown), { confirmation });
    expect([sheet.body.includes('data-code'), sheet.body.includes('القحطاني')]).toEqual([true, false]);
  });

  test('EN-04 where the registry holds no day of birth, the name alone is compared', async () => {
    const { birthdate: _, ...unborn } = sampleData;
    person = await at.world.addPerson('citizen', unborn);
    number = z.string().parse(getPersonalData({ dataKey: at.world.keys.data.encryption }, person)['id']);
    expect(isHandOver(await counter.giveEvidence(await counter.find(number), { ...passport, birth: '' }))).toBe(true);
    await addPerson();
    const missing = await counter.giveEvidence(await counter.find(number), { ...passport, birth: '' });
    expect([missing.status, findErrorCode(missing), missing.body.includes('birth-error')]).toEqual([
      400,
      'proofing/evidence-incomplete',
      true,
    ]);
  });

  test.each([
    ['another end of the document', { digits: '008' }],
    ['another issuer', { issuer: 'أخرى' }],
    ['a chip that was not read', { seen: 'vcrypt' }],
    ['a face that was not compared', { face: '' }],
  ])('EN-04 a confirmation serves no other evidence: %s', async (_what, changes) => {
    const shown = await counter.giveEvidence(await counter.find(number));
    const confirmation = await confirmShown(officer.traveller, shown);
    expect(confirmation).toMatch(/^[\w-]{43}$/);
    await expectUnconfirmed(async () => send(toHandOver(shown), { confirmation, ...changes }));
  });

  test('EN-04 nor another person, nor the same after five minutes', async () => {
    const shown = await counter.giveEvidence(await counter.find(number));
    const confirmation = await confirmShown(officer.traveller, shown);
    expect(confirmation).toMatch(/^[\w-]{43}$/);
    await addPerson();
    const looked = getForm(await counter.find(number), /\/office\/people\/evidence$/).fields['looked'] ?? '';
    await expectUnconfirmed(async () => send(toHandOver(shown), { confirmation, number, looked }));
    const late = await counter.giveEvidence(await counter.find(number));
    const kept = await confirmShown(officer.traveller, late);
    at.world.clock.advance(5 * 60_000 + 1000);
    await expectUnconfirmed(async () => send(toHandOver(late), { confirmation: kept }));
  });

  test('EN-04 at a desk that somebody left open, nobody confirms without the passkey of its officer', async () => {
    const other = await createSignedInOfficer(at.world, 'registrar', 'Next counter');
    const shown = await counter.giveEvidence(await counter.find(number));
    const toUrl = (name: string): string => new URL(readAttribute(shown.body, name), at.issuer).href;
    const token = readAttribute(shown.body, 'data-token');
    const { agent } = officer.traveller;
    /** An authenticator that answers although it was not asked. */
    const answerAs = async ({ authenticator }: Officer['traveller']): Promise<string> => {
      const begun = z
        .object({ ceremony: z.string(), options: z.record(z.string(), z.unknown()) })
        .parse(JSON.parse((await agent.postJson(toUrl('data-options-url'), token, {})).body));
      const response = authenticator.authenticate({ ...begun.options, allowCredentials: [] }, at.issuer);
      return (await agent.postJson(toUrl('data-verify-url'), token, { ceremony: begun.ceremony, response })).body;
    };
    const citizen = createTraveller(at.issuer);
    await enrol(citizen, await at.world.invite(await at.world.addPerson()));
    await at.changesNothing(async () => {
      expect(await answerAs(other.traveller)).toContain('officer/refused');
      expect(await answerAs(citizen)).toContain('officer/refused');
      // The page of one session is nothing in another, and one that was not shown is nothing at all.
      expect((await other.traveller.agent.postJson(toUrl('data-options-url'), token, {})).status).toBe(409);
      expect((await agent.postJson(toUrl('data-options-url'), 'x', {})).status).toBe(409);
    });
    expect(await answerAs(officer.traveller)).toMatch(/"confirmation":"[\w-]{43}"/);
  });

  test('EN-05 flags that are sent along make it no stronger', async () => {
    const flags = { verified: 'true', assurance: '3', ceiling: 'high', isHigh: 'true', assurance_level: 'high', trust_framework: 'eidas' };
    const sheet = await counter.handOver(await counter.find(number), { seen: 'vpip', face: '', ...flags });
    const citizen = createTraveller(at.issuer);
    const page = await citizen.agent.get(counter.readLink(sheet));
    const answer = { ceremony: 'x', response: {}, ceiling: 'high', verified: true };
    expect(page.body).not.toContain('data-made-by="operator"');
    const posted = await citizen.agent.postJson(`${counter.readLink(sheet)}/verify`, readAttribute(page.body, 'data-token'), answer);
    expect([posted.status, posted.body.includes('request/invalid')]).toEqual([400, true]);
    await enrol(citizen, counter.readLink(sheet));
    expect(await findCeilings()).toEqual(['substantial']);
    const entries = at.database.rows("SELECT body FROM entries WHERE type = 'person.proofed' ORDER BY rowid DESC LIMIT 1");
    expect(String(entries[0]?.['body'])).toMatch(/"assurance_level":"substantial"[\s\S]*"trust_framework":"urn:huwiya:proofing"/);
  });

  test('EN-07 the sheet names the configured issuer, whatever host the request names', async () => {
    const shown = await counter.giveEvidence(await counter.find(number));
    const { action, fields } = toHandOver(shown);
    const confirmation = await confirmShown(officer.traveller, shown);
    const shot = asBrowser(officer.traveller.agent, createPost(at.issuer, new URL(action).pathname, { ...fields, confirmation }));
    const port = toPort(at.issuer);
    const asEvil = await sendRaw({ ...shot, port, headers: { ...shot.headers, host: 'evil.example' } });
    expect([asEvil.status >= 400, asEvil.body.includes('data-code')]).toEqual([true, false]);
    const forwarded = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', origin: at.issuer };
    const sheet = await sendRaw({ ...shot, port, headers: { ...shot.headers, ...forwarded } });
    expect([sheet.status, sheet.body.includes('evil.example'), sheet.body.includes(`${at.issuer.replace('http://', '')}/enrol`)]).toEqual([
      200,
      false,
      true,
    ]);
  });

  test('EN-13 one person has one account, however the number is written, and nobody whose passkeys have ended a second one', async () => {
    const arabic = number.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
    await enrol(createTraveller(at.issuer), counter.readLink(await counter.handOver(await counter.find(` ${arabic}\u200E`))));
    const [passkey] = await at.world.storage.passkeys.listPasskeys(person.id);
    const found = [await counter.find(number), await counter.find(arabic)].map(({ body }) => body.includes('/office/people/evidence'));
    expect([passkey?.personId, found]).toEqual([person.id, [false, false]]);
    at.database.run(`UPDATE passkeys SET ended_at = 1, end_reason = 'removed' WHERE person_id = '${person.id}'`);
    expect((await counter.find(number)).body).not.toContain('/office/people/evidence');
  });
});
