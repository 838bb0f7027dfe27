// Telling people of a breach: the extent by the saved question, a list that one auditor asks for and another agrees to, a file with what is needed to tell somebody, and
// everybody on it told by us.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { expireBreachLists } from '../../src/domain/audit/breach/take-list.ts';
import { openCaseDesk, toCaseDay } from '../support/audit-case.ts';
import type { CaseDesk } from '../support/audit-case.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createEnrolled, getForm, goThrough, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('telling people of a breach', () => {
  let world: World;
  let database: OpenDatabase;
  let time: ShiftedTime;
  let desk: CaseDesk;
  let person: Traveller;
  let personId: string;
  let today: string;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld();
    database = openWorldDatabase(world);
    const registered = await world.addPerson('citizen', { ...sampleData, phone_number: '+966500000000' });
    person = createTraveller(world.issuer);
    await enrol(person, await world.invite(registered));
    personId = registered.id;
    const tokens = await obtainTokens(person, 'permit', { attributes: ['email'] });
    await fetchUserInfo(world.issuer, tokens.body['access_token']);
    const other = await obtainTokens(await createEnrolled(world), 'clinic');
    await fetchUserInfo(world.issuer, other.body['access_token']);
    await readLog(world);
    today = toCaseDay(world.clock.now());
    desk = await openCaseDesk(world, { basis: 'breach', number: '1448/B/1' });
  }, 60_000);

  afterAll(async () => {
    time.restore();
    database.close();
    await world.close();
  });

  const countEntries = (type: string): number =>
    Number(database.rows(`SELECT count(*) AS n FROM entries WHERE type = '${type}'`)[0]?.['n']);
  const toFields = (changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
    const reason = 'The service reported that its database was copied.';
    return { service: 'mol-work-permit', from: today, to: today, reason, minutes: '60', ...changes };
  };
  const ask = async (changes: Readonly<Record<string, string>> = {}) =>
    desk.send(desk.opener, { page: `${desk.url}/breach`, action: /\/breach$/, fields: toFields(changes) });
  const askAndConfirm = async (changes: Readonly<Record<string, string>> = {}): Promise<string> =>
    new URL((await desk.confirm(desk.opener, await ask(changes))).url).pathname;
  const fetchFile = async (officer: CaseDesk['opener'], url: string) => {
    const token = getForm(await desk.get(officer, `${desk.url}/people`), /\/people$/).fields['token'] ?? '';
    return officer.traveller.agent.post(`${world.issuer}${url}/file`, { token });
  };

  it('leads from the extent of the breach to the list', async () => {
    const asked = `ask=1&service=mol-work-permit&from=${today}&to=${today}`;
    const answer = await desk.get(desk.opener, `${desk.url}/questions/breach-scope?${asked}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(new RegExp(`${desk.url}/breach\\?service=mol-work-permit&amp;from=${today}&amp;to=${today}`));
  });

  it('says what is wrong with a request, field by field, and asks nothing', async () => {
    const wrong = await ask({ service: 'nobody', from: '2026-02-31', to: 'x', reason: 'short', minutes: '7' });
    expect([wrong.status, [...wrong.body.matchAll(/href="#(\w+)"/g)].map(([, field]) => field)]).toEqual([
      400,
      ['main', 'service', 'from', 'to', 'reason', 'minutes'],
    ]);
    const nobody = await ask({ from: '2020-01-01', to: '2020-01-02' });
    expect([nobody.status, findErrorCode(nobody), countEntries('unmask.requested')]).toEqual([404, 'breach/nobody', 0]);
  });

  it('is asked only in a case on a breach', async () => {
    const complaint = await openCaseDesk(world, { number: 'C-1', names: ['Huda Alotaibi', 'Fahad Alharbi'] });
    const page = await complaint.get(complaint.opener, `${complaint.url}/breach`);
    expect([page.status, findErrorCode(page)]).toEqual([403, 'breach/other-basis']);
    expect((await complaint.get(complaint.opener)).body).not.toContain(`${complaint.url}/breach`);
    expect((await desk.get(desk.opener)).body).toContain(`${desk.url}/breach`);
  });

  it('one person alone gets nothing: neither deciding what they asked, nor fetching before another agreed', async () => {
    const url = await askAndConfirm();
    const token = getForm(await desk.get(desk.opener, `${desk.url}/breach`), /\/breach$/).fields['token'] ?? '';
    const own = await desk.opener.traveller.agent.post(`${world.issuer}${url}`, { token, decision: 'approve' });
    expect([own.status, findErrorCode(own)]).toEqual([403, 'unmask/own']);
    const early = await fetchFile(desk.opener, url);
    expect([early.status, findErrorCode(early), countEntries('unmask.listed')]).toEqual([410, 'unmask/over', 0]);
    await desk.decide(desk.colleague, url, 'deny');
    expect(findErrorCode(await fetchFile(desk.opener, url))).toBe('unmask/over');
  });

  it('gives who asked the people of that service and time alone; each is told once, on their page and by a letter', async () => {
    const url = await askAndConfirm();
    expect((await desk.get(desk.colleague, url)).body).not.toContain('Alqahtani');
    await desk.decide(desk.colleague, url, 'approve');
    expect(findErrorCode(await fetchFile(desk.colleague, url))).toBe('unmask/over');
    const file = await fetchFile(desk.opener, url);
    const [head, ...lines] = file.body.trim().split('\r\n');
    expect([file.status, file.headers.get('huwiya-people'), head?.replace('\uFEFF', '')]).toEqual([
      200,
      '1',
      '"pseudonym","name_ar","name_en","language","email","phone_number","attributes"',
    ]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^"P-[0-9A-Z]{12}","[^"]*القحطاني[^"]*","[^"]*Alqahtani[^"]*","(?:ar|en)","sara@example.test","00966500000000",.*email.*"$/,
    );
    expect(file.body).not.toContain('1000000008');
    await fetchFile(desk.opener, url);
    expect([countEntries('unmask.used'), countEntries('unmask.listed')]).toEqual([2, 1]);
    expect(database.rows(`SELECT kind FROM security_notices WHERE person_id = '${personId}' AND kind = 'breach-listed'`)).toHaveLength(1);
    await openAccountPage(person);
    const activity = (await goThrough(person, await person.agent.get(`${world.issuer}/account/activity`))).body;
    expect(activity).toMatch(/1448\/B\/1/);
  });

  it('cannot be fetched once its time has passed, and ends with an entry', async () => {
    const url = await askAndConfirm({ minutes: '15' });
    await desk.decide(desk.colleague, url, 'approve');
    const asker = await desk.get(desk.opener, url);
    expect(asker.body).toContain('data-action="fetch"');
    time.advance(minutes(16));
    expect((await desk.get(desk.opener, url)).body).not.toContain('data-action="fetch"');
    await expireBreachLists({ clock: world.clock, random: systemRandom, breaches: world.storage.breaches });
    expect(countEntries('unmask.expired')).toBe(1);
  });
});
