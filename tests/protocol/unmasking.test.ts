// From a pseudonym to a person: found by their own receipt or by a registrar, asked for by one auditor, agreed to by another, shown to the first, and seen by the person, at
// once or after the day that a court set.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { expireUnmaskings } from '../../src/domain/audit/use-unmask.ts';
import { openCaseDesk, toCaseDay } from '../support/audit-case.ts';
import type { CaseDesk } from '../support/audit-case.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { days, minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { readLog } from '../support/read-log.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { createEnrolledPerson, getForm, goThrough, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const [family, number] = ['Alqahtani', '1000000008'] as const;

describe('unmasking', () => {
  let world: World;
  let database: OpenDatabase;
  let time: ShiftedTime;
  let desk: CaseDesk;
  let person: Traveller;
  let personId: string;
  let receipt: string;
  let pseudonym: string;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld();
    database = openWorldDatabase(world);
    const created = await createEnrolledPerson(world);
    person = created.traveller;
    personId = created.person.id;
    await obtainTokens(person, 'permit', { attributes: ['email'] });
    receipt = String(database.rows(`SELECT jws FROM consent_versions WHERE person_id = '${personId}'`)[0]?.['jws']);
    desk = await openCaseDesk(world);
  }, 60_000);

  afterAll(async () => {
    time.restore();
    database.close();
    await world.close();
  });

  const countEntries = (type: string): number =>
    Number(database.rows(`SELECT count(*) AS n FROM entries WHERE type = '${type}'`)[0]?.['n']);
  const readPayload = (type: string): unknown => {
    const [row] = database.rows(`SELECT body FROM entries WHERE type = '${type}' ORDER BY rowid DESC LIMIT 1`);
    const body: unknown = JSON.parse(String(row?.['body']));
    return body;
  };
  const openActivity = async (path = '/account/activity'): Promise<string> => {
    await openAccountPage(person);
    return (await goThrough(person, await person.agent.get(`${world.issuer}${path}`))).body;
  };
  const asked = (changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    pseudonym,
    reason: 'The complaint names one release that nobody else can explain.',
    minutes: '60',
    court: '',
    tell: '',
    ...changes,
  });
  const askAndConfirm = async (changes: Readonly<Record<string, string>> = {}): Promise<string> => {
    const page = await desk.confirm(desk.opener, await desk.ask(asked(changes)));
    return new URL(page.url).pathname;
  };
  const show = async (officer: CaseDesk['opener'], url: string) => {
    const token = getForm(await desk.get(desk.opener, url), /\/show$/).fields['token'] ?? '';
    return officer.traveller.agent.post(`${world.issuer}${url}/show`, { token });
  };

  it('finds nobody by a receipt that we did not sign, or that was changed', async () => {
    const [header, payload = '', signature] = receipt.split('.');
    const changed = Buffer.from(payload, 'base64url').toString().replace('mol-work-permit', 'moh-clinic');
    for (const text of ['nothing', [header, Buffer.from(changed).toString('base64url'), signature].join('.')]) {
      expect(await desk.findByReceipt(text)).toBe('');
    }
    expect(countEntries('audit.person_found')).toBe(0);
  });

  it('finds the complainant by their own receipt, under a pseudonym, and the person sees it', async () => {
    expect(await openActivity()).not.toContain('1448/Q/77');
    pseudonym = await desk.findByReceipt(JSON.stringify({ format: 'huwiya-receipt/1', receipt }));
    expect(pseudonym).toMatch(/^P-[0-9A-Z]{12}$/);
    expect(readPayload('audit.person_found')).toMatchObject({ payload: { case: '1448/Q/77', way: 'receipt' } });
    const page = await desk.get(desk.colleague, `${desk.url}/people`);
    expect([page.body.includes(pseudonym), page.body.includes(family), page.body.includes(number)]).toEqual([true, false, false]);
    expect(await openActivity()).toContain('1448/Q/77');
  });

  it('finds by the code of a registrar who has the person before them: once, for its case, and not by the number', async () => {
    const registrar = await createSignedInOfficer(world, 'registrar');
    const other = await openCaseDesk(world, { number: 'OTHER-1', names: ['Huda Alqarni', 'Saad Aldosari'] });
    const make = async (fields: Readonly<Record<string, string>>) =>
      desk.send(registrar, { page: '/office/audit-codes', action: /audit-codes$/, fields });
    expect((await make({ number, case: 'OTHER-1' })).status).toBe(400);
    const sheet = await make({ number, case: 'OTHER-1', present: 'yes' });
    const code = /data-code>([^<]*)</.exec(sheet.body)?.[1] ?? '';
    expect(readPayload('person.looked_up')).toMatchObject({ payload: { found: true, case: 'OTHER-1' } });
    const give = async ({ opener, url, send }: CaseDesk, text: string) =>
      send(opener, { page: `${url}/people`, action: /\/people$/, fields: { receipt: '', code: text } });
    const byCode = async (one: CaseDesk, text: string) => {
      const token = getForm(await one.get(one.opener, `${one.url}/people`), /\/people$/).fields['token'] ?? '';
      return one.opener.traveller.agent.post(`${world.issuer}${one.url}/people`, { token, code: text });
    };
    expect((await give(other, code)).status).toBeGreaterThanOrEqual(400);
    expect(findErrorCode(await byCode(desk, code))).toBe('audit/code-unknown');
    expect(findErrorCode(await byCode(other, number))).toBe('audit/code-unknown');
    const found = await byCode(other, code);
    expect([found.status, /P-[0-9A-Z]{12}/.test(found.body), found.body.includes(pseudonym)]).toEqual([200, true, false]);
    expect(findErrorCode(await byCode(other, code))).toBe('audit/code-unknown');
    expect(await openActivity()).toContain('OTHER-1');
  });

  it('asks for the officer’s passkey before anything is asked, and shows nobody', async () => {
    const page = await desk.ask(asked());
    expect([page.status, page.body.includes('data-ceremony'), countEntries('unmask.requested')]).toEqual([200, true, 0]);
    expect((await desk.ask(asked({ pseudonym: 'P-000000000000' }))).body).toContain('data-ceremony');
    const nobody = await desk.confirm(desk.opener, await desk.ask(asked({ pseudonym: 'P-000000000000' })));
    expect(findErrorCode(nobody)).toBe('unmask/pseudonym-unknown');
  });

  it('one person alone is refused: neither deciding what they asked, nor seeing before another agreed', async () => {
    const url = await askAndConfirm();
    expect(readPayload('unmask.requested')).toMatchObject({ payload: { case: '1448/Q/77', minutes: 60, tell_at: null } });
    expect(JSON.stringify(readPayload('unmask.requested'))).not.toContain(pseudonym);
    const token = getForm(await desk.get(desk.opener, `${desk.url}/unmask`), /\/unmask$/).fields['token'] ?? '';
    const own = await desk.opener.traveller.agent.post(`${world.issuer}${url}`, { token, decision: 'approve' });
    expect([own.status, findErrorCode(own)]).toEqual([403, 'unmask/own']);
    const early = await desk.opener.traveller.agent.post(`${world.issuer}${url}/show`, { token });
    expect([early.status, findErrorCode(early), countEntries('unmask.used')]).toEqual([410, 'unmask/over', 0]);
    const denied = await desk.decide(desk.colleague, url, 'deny');
    expect([denied.status, countEntries('unmask.denied')]).toEqual([200, 1]);
    const late = await desk.opener.traveller.agent.post(`${world.issuer}${url}/show`, { token });
    expect(findErrorCode(late)).toBe('unmask/over');
  });

  it('shows name and number to who asked, after another agreed; each showing is an entry, and the person is told', async () => {
    const url = await askAndConfirm();
    expect((await desk.decide(desk.colleague, url, 'approve')).status).toBe(200);
    const foreign = await show(desk.colleague, url);
    expect(foreign.status).toBeGreaterThanOrEqual(400);
    const shown = await show(desk.opener, url);
    expect([shown.status, shown.body.includes(family), shown.body.includes(number), shown.body.includes('sara@example.test')]).toEqual([
      200,
      true,
      true,
      false,
    ]);
    await show(desk.opener, url);
    expect(countEntries('unmask.used')).toBe(2);
    await readLog(world);
    const lines = (await desk.get(desk.opener, '/audit/questions/looks-and-unmaskings/file.jsonl')).body.split('\n');
    const used = lines.filter((line) => line.includes('"unmask.used"') && line.includes('"entry"'));
    expect(used.map((line) => line.includes(`"approver":"officer ${desk.colleague.id}"`))).toEqual([true, true]);
    expect(await openActivity()).toMatch(/saw your name and number|اطّلع مدقق/);
    const notices = database.rows(`SELECT kind FROM security_notices WHERE person_id = '${personId}' AND kind = 'unmasked'`);
    expect(notices).toHaveLength(2);
  });

  it('cannot be used once its time has passed, and ends with an entry', async () => {
    const url = await askAndConfirm({ minutes: '15' });
    await desk.decide(desk.colleague, url, 'approve');
    const token = getForm(await desk.get(desk.opener, url), /\/show$/).fields['token'] ?? '';
    time.advance(minutes(16));
    const late = await desk.opener.traveller.agent.post(`${world.issuer}${url}/show`, { token });
    expect(findErrorCode(late)).toBe('unmask/over');
    const needs = { clock: world.clock, random: systemRandom, unmaskings: world.storage.unmaskings };
    await expireUnmaskings(needs);
    expect(readPayload('unmask.expired')).toMatchObject({ payload: { case: '1448/Q/77', uses: 0 } });
  });

  it('keeps it from the person until the day that a court set, on every page and file; then they are told, and for good', async () => {
    const told = countEntries('unmask.used');
    const tell = toCaseDay(world.clock.now() + days(10));
    const url = await askAndConfirm({ court: 'ORDER-9', tell });
    await desk.decide(desk.colleague, url, 'approve');
    await show(desk.opener, url);
    expect(countEntries('unmask.used')).toBe(told + 1);
    const hidden = String(database.rows("SELECT id FROM entries WHERE type = 'unmask.used' ORDER BY rowid DESC LIMIT 1")[0]?.['id']);
    const isKnown = async (): Promise<readonly boolean[]> => [
      (await openActivity()).includes(hidden),
      !(await openActivity(`/account/activity/${hidden}`)).includes('account/entry-unknown'),
      (await openActivity('/account/take.json')).includes(hidden),
      database.rows(`SELECT id FROM security_notices WHERE id = '${hidden}'`).length > 0,
    ];
    expect(await isKnown()).toEqual([false, false, false, false]);
    expect(await world.storage.unmaskings.tellDue(world.clock.now())).toBe(0);
    expect(await world.storage.unmaskings.tellDue(world.clock.now() + days(11))).toBe(3);
    expect(await isKnown()).toEqual([true, true, true, true]);
  });
});
