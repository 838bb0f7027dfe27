// AL-16: an auditor reads what their mandate covers, and nothing beside it, on every page and by every interface.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { inviteOfficer } from '../../src/domain/staff/invite-officer.ts';
import { findErrorCode } from '../support/case-world.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { createEnrolledPerson, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createSampleDuty } from '../support/store-samples.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

/** Of one auditor at once. */
const looks = 25;

describe('the mandate of an auditor', () => {
  let world: World;
  let own: Traveller;
  let wide: Traveller;
  let agencyId: string;
  let citizen: Traveller;
  let personId: string;

  beforeAll(async () => {
    world = await createWorld({ env: { HUWIYA_LIMITS: `audit-look.officer=${looks}` } });
    const { traveller: person, person: stored } = await createEnrolledPerson(world);
    personId = stored.id;
    await obtainTokens(person, 'permit');
    await obtainTokens(person, 'clinic');
    citizen = person;
    agencyId = (await world.storage.agencies.findService('moh-clinic'))?.agency.id ?? '';
    const needs = { staff: world.storage.staff, clock: world.clock, random: systemRandom };
    const issued = await inviteOfficer(needs, { role: 'auditor', name: 'Huda', agencyId, actor: { kind: 'operator', ref: null } });
    own = createTraveller(world.issuer);
    await enrol(own, `${world.issuer}/staff/enrol/${issued.ok ? issued.value.token : ''}`);
    await signIn(own, await own.agent.get(`${world.issuer}/audit`));
    wide = (await createSignedInOfficer(world, 'auditor', 'Noura')).traveller;
  }, 60_000);

  afterAll(async () => {
    await world.close();
  });

  const get = async ({ agent }: Traveller, path: string): Promise<{ readonly status: number; readonly body: string }> => {
    const accept = path.includes('/api/') ? 'application/json' : 'text/html';
    const answer = await agent.send(`${world.issuer}${path}`, { headers: { accept } });
    return { status: answer.status, body: await answer.text() };
  };

  it('AL-16 another ministry is refused at the desk, in files and by the interface, and is there for an auditor of all', async () => {
    const entries = await readLog(world);
    const index = entries.findIndex(({ service, type }) => service === 'mol-work-permit' && type === 'consent.given');
    for (const path of ['/audit/entries', '/audit/entries.csv', '/audit/entries.jsonl', '/audit/api/v1/entries']) {
      const asked = `${path}?service=mol-work-permit`;
      expect([path, (await get(own, asked)).status, (await get(wide, asked)).status]).toEqual([path, 403, 200]);
    }
    for (const path of [`/audit/entries/${index}`, `/audit/entries/${index}/proof.json`, `/audit/api/v1/entries/${index}`]) {
      expect([path, (await get(own, path)).status, (await get(wide, path)).status]).toEqual([path, 403, 200]);
    }
    expect(findErrorCode(await get(own, `/audit/entries/${index}`))).toBe('audit/mandate');
  });

  it('AL-16 a search without a service gives the own agency alone', async () => {
    for (const path of ['/audit/entries.jsonl?order=newest-first', '/audit/api/v1/entries']) {
      const [narrow, all] = [(await get(own, path)).body, (await get(wide, path)).body];
      expect([path, narrow.includes('mol-work-permit'), narrow.includes('moh-clinic'), all.includes('mol-work-permit')]).toEqual([
        path,
        false,
        true,
        true,
      ]);
    }
  });

  it('AL-16 no case over all agencies or another one, and no citizen by name or number', async () => {
    const token = /name="token" value="([^"]*)"/.exec((await get(own, '/audit/cases/new')).body)?.[1] ?? '';
    const ends = new Date(world.clock.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    const draft = { token, number: 'M-1', authority: 'Ministry of Health', basis: 'inspection', agency: '', from: '', to: '', ends };
    const post = async (fields: Readonly<Record<string, string>>) => own.agent.post(`${world.issuer}/audit/cases`, { ...draft, ...fields });
    const other = (await world.storage.agencies.findService('mol-work-permit'))?.agency.id ?? '';
    expect((await post({ scope: 'all' })).status).toBe(400);
    expect((await post({ scope: 'agency', agency: other })).status).toBe(400);
    for (const number of ['1000000008', '1000-000-008', '21000000008', '١٠٠٠٠٠٠٠٠٨']) {
      expect([number, (await post({ scope: 'agency', agency: agencyId, number })).status]).toEqual([number, 400]);
    }
    expect((await post({ scope: 'agency', agency: agencyId })).status).toBe(200);
    for (const query of ['person=1000000008', 'name=Sara', 'q=Alqahtani']) {
      expect([query, (await get(wide, `/audit/entries?${query}`)).status]).toEqual([query, 400]);
    }
  });

  it('AL-16 reports and late answers of another agency are neither listed nor opened, and do not fill the page', async () => {
    await openAccountPage(citizen);
    for (const service of ['mol-work-permit', 'moh-clinic']) {
      const form = getForm(await citizen.agent.get(`${world.issuer}/account/report?service=${service}`), /\/account\/reports$/);
      await citizen.agent.post(form.action, { ...form.fields, category: 'not-me', words: `Words about ${service}.` });
      const duty = createSampleDuty({ personId, clientId: service, purposeId: service, dueAt: world.clock.now() - 1 });
      await world.storage.duties.saveRequest({ duty, outbox: [], events: [] });
    }
    const toUrls = ({ body }: { readonly body: string }) => [...new Set(body.match(/\/audit\/reports\/C-[0-9A-Z]{4}-[0-9A-Z]{4}/g))];
    const [narrow, all] = [toUrls(await get(own, '/audit/reports')), toUrls(await get(wide, '/audit/reports'))];
    expect([narrow.length, all.length]).toEqual([1, 2]);
    for (const url of all) {
      const answer = await get(own, url);
      expect([url, answer.status, findErrorCode(answer)]).toEqual([
        url,
        ...(narrow.includes(url) ? [200, undefined] : [403, 'audit/mandate']),
      ]);
    }
    for (const path of ['/audit/duties', '/audit/api/v1/duties']) {
      const [one, other] = [(await get(own, path)).body, (await get(wide, path)).body];
      const seen = [one.includes('mol-work-permit'), one.includes('moh-clinic'), other.includes('mol-work-permit')];
      expect([path, ...seen]).toEqual([path, false, true, true]);
    }
    const first = await world.storage.reports.readOpenReports({ after: null, limit: 1, services: ['moh-clinic'] });
    expect([first.reports.length, first.next]).toEqual([1, null]);
  });

  it('AL-16 nobody reads the log by a program in an open session: looks beyond what a person reads are refused', async () => {
    const busy = (await createSignedInOfficer(world, 'auditor', 'Busy')).traveller;
    const before = (await readLog(world)).length;
    const statuses: number[] = [];
    for (let look = 0; look <= looks; look += 1) {
      statuses.push((await get(busy, '/audit/entries/0')).status);
    }
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([looks, 429]);
    expect(findErrorCode(await get(busy, '/audit/entries/0'))).toBe('audit/too-many-looks');
    expect((await readLog(world)).length - before).toBeLessThanOrEqual(looks + 2);
    expect((await get(wide, '/audit/reports')).status).toBe(200);
  });
});
