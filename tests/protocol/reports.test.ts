// A report (C7): from one entry in the person's own words to a case number, an answer at the auditor's desk, and back; sealed, and nowhere in the log.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { isFoundIn } from '../support/find-secret.ts';
import { openWorldDatabase, readDatabaseFiles } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const words = 'It was my neighbour Khalid who signed in, and the ministry got my birthday.';
const answer = 'We asked the ministry. It deleted what it had received.';
const plain = (page: Answered): string => page.body.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

describe('a report', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;
  let other: Traveller;
  let auditor: Traveller;
  let caseNumber = '';

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    [traveller, other] = [await createEnrolled(world), await createEnrolled(world)];
    for (const person of [traveller, other]) {
      const { body } = await obtainTokens(person, 'permit');
      await fetchUserInfo(world.issuer, body['access_token']);
      await openAccountPage(person);
      await person.agent.get(`${world.issuer}/account?lang=en`);
    }
    await readLog(world);
    auditor = (await createSignedInOfficer(world, 'auditor')).traveller;
    await auditor.agent.get(`${world.issuer}/audit?lang=en`);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const open = async (path: string, who = traveller): Promise<Answered> => who.agent.get(`${world.issuer}${path}`);

  it('is written from one entry, keeps the words of a form that lacks something, and gets a case number', async () => {
    const activity = await open('/account/activity?kind=shared');
    const [, entryUrl = ''] = /href="(\/account\/activity\/[0-9a-f-]{36})"/.exec(activity.body) ?? [];
    const [, reportUrl = ''] = /href="(\/account\/report\?entry=[^"]+)"/.exec((await open(entryUrl)).body) ?? [];
    const form = getForm(await open(reportUrl), /\/account\/reports$/);
    const lacking = await traveller.agent.post(form.action, { ...form.fields, words });
    expect(lacking.status).toBe(400);
    expect(lacking.body).toContain(words);
    const sent = await traveller.agent.post(form.action, { ...form.fields, category: 'not-me', words });
    expect(new URL(sent.url).pathname).toBe('/account/reports');
    [, caseNumber = ''] = /(C-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(sent.body) ?? [];
    expect(plain(sent)).toContain(words);
    expect(plain(sent)).toContain('An auditor will answer');
    const again = await traveller.agent.post(form.action, { ...form.fields, category: 'not-me', words });
    expect(again.body.match(/C-[0-9A-Z]{4}-[0-9A-Z]{4}/g)).toEqual([caseNumber]);
    expect((await open('/account/reports', other)).body).not.toContain(caseNumber);
    expect(findErrorCode(await open(reportUrl, other))).toBe('account/entry-unknown');
  });

  it('can be written from the page of a service; not about a service that the person never used', async () => {
    expect((await open('/account/services/mol-work-permit')).body).toContain('/account/report?service=mol-work-permit');
    expect((await open('/account/report?service=mol-work-permit')).status).toBe(200);
    expect(findErrorCode(await open('/account/report?service=moh-clinic'))).toBe('consent/not-found');
  });

  it('stands at the auditor’s desk with words, service and entry, and without any name; opening it is an entry', async () => {
    expect((await open('/audit/reports', auditor)).body).toContain(caseNumber);
    const page = await open(`/audit/reports/${caseNumber}`, auditor);
    expect(plain(page)).toContain(words);
    expect(page.body).toMatch(/href="\/audit\/entries\/\d+"/);
    expect(page.body).not.toMatch(/Sara|Alqahtani|1000000008/);
    const entries = await readLog(world);
    expect(entries.filter(({ type, body }) => type === 'record.viewed' && body.includes(caseNumber))).toHaveLength(1);
    expect(findErrorCode(await open('/audit/reports/C-0000-0000', auditor))).toBe('report/unknown');
    expect((await open('/audit/reports', traveller)).body).not.toContain(caseNumber);
  });

  it('is answered once, and the person reads the answer', async () => {
    const form = getForm(await open(`/audit/reports/${caseNumber}`, auditor), /\/audit\/reports\/C-/);
    expect((await auditor.agent.post(form.action, { ...form.fields, answer: ' ' })).status).toBe(400);
    const answered = await auditor.agent.post(form.action, { ...form.fields, answer });
    expect([answered.status, new URL(answered.url).pathname]).toEqual([200, '/audit/reports']);
    expect(findErrorCode(await auditor.agent.post(form.action, { ...form.fields, answer: 'Something else.' }))).toBe('report/answered');
    expect(plain(await open('/account/reports'))).toContain(answer);
    const types = (await readLog(world)).filter(({ type }) => type.startsWith('complaint.')).map(({ type }) => type);
    expect(types).toEqual(['complaint.opened', 'complaint.closed']);
  });

  it('leaves its words in no log line, no entry and no byte of the database', () => {
    const files = readDatabaseFiles(world);
    for (const text of [words, answer]) {
      expect(files.filter(({ bytes }) => isFoundIn(bytes, text)).map(({ name }) => name)).toEqual([]);
      expect(world.logLines.filter((line) => line.includes(text.slice(0, 20)))).toEqual([]);
    }
  });
});
