// An expert of a court: appointed to one case by an operator, reads it until their day, and opens nothing else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { inviteOfficer } from '../../src/domain/staff/invite-officer.ts';
import { listRoutes } from '../../src/web/routes.ts';
import { openCaseDesk } from '../support/audit-case.ts';
import type { CaseDesk } from '../support/audit-case.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { days, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createEnrolledPerson, getForm, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('an expert of a court', () => {
  let world: World;
  let time: ShiftedTime;
  let desk: CaseDesk;
  let other: CaseDesk;
  let expert: Traveller;
  let expertId: string;
  let pseudonym: string;
  let wasProlonged: boolean;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld();
    const { traveller, person } = await createEnrolledPerson(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    const database = openWorldDatabase(world);
    const receipt = String(database.rows(`SELECT jws FROM consent_versions WHERE person_id = '${person.id}'`)[0]?.['jws']);
    database.close();
    desk = await openCaseDesk(world, { number: '1448/Q/1' });
    other = await openCaseDesk(world, { number: '1448/Q/2', officers: [desk.opener, desk.colleague] });
    pseudonym = await desk.findByReceipt(receipt);
    const caseId = desk.url.split('/').at(-1) ?? '';
    const appointment = { caseId, caseNumber: '1448/Q/1', endsAt: world.clock.now() + days(10) };
    const needs = { staff: world.storage.staff, clock: world.clock, random: systemRandom };
    const actor = { kind: 'operator', ref: null } as const;
    const asked = { role: 'expert', name: 'Dr. Amal Alzahrani', agencyId: null, actor } as const;
    const issued = await inviteOfficer(needs, { ...asked, appointment });
    wasProlonged = (await inviteOfficer(needs, { ...asked, appointment: { ...appointment, endsAt: appointment.endsAt + 1 } })).ok;
    if (!issued.ok) {
      throw new Error(issued.code);
    }
    expertId = issued.value.officerId;
    expert = createTraveller(world.issuer);
    await enrol(expert, `${world.issuer}/staff/enrol/${issued.value.token}`);
    await signIn(expert, await expert.agent.get(`${world.issuer}/audit`));
  }, 60_000);

  afterAll(async () => {
    time.restore();
    await world.close();
  });

  const get = async (path: string) => expert.agent.get(`${world.issuer}${path}`);

  it('comes to their case and reads its questions and entries, each look an entry in their name', async () => {
    const home = await get('/audit');
    expect([home.status, new URL(home.url).pathname]).toEqual([200, desk.url]);
    expect(home.body).not.toMatch(/data-action="(?:add|close|part-unmask|part-exports)"|href="\/audit\/entries"/);
    const answer = await get(`${desk.url}/questions/shared-about-person?ask=1&person=${pseudonym}`);
    expect(answer.body).toContain(pseudonym);
    expect(answer.body).not.toMatch(/data-action="(?:download-csv|pack|keep)"/);
    expect((await get(`${desk.url}/entries?ask=1&person=${pseudonym}`)).status).toBe(200);
    const log = await readLog(world);
    const looks = log.filter(({ type, body }) => type.startsWith('record.') && body.includes(`"ref":"${expertId}"`));
    // The first was the page after the sign-in.
    expect(looks).toHaveLength(4);
    const [appointed] = log.filter(({ type }) => type === 'audit.expert_appointed');
    expect(appointed?.body).toMatch(new RegExp(`"kind":"operator".*"case":"1448/Q/1".*"officer":"${expertId}"`));
  });

  it('opens nothing else: no other page or address of any desk, no other case, no program’s address, and sends nothing', async () => {
    const read = /^\/audit\/cases\/:case(?:\/(?:questions|entries)(?:\/:\w+(?:\/proof\.json)?)?)?$/;
    const opened: string[] = [];
    for (const [method, path] of listRoutes().filter(([, each]) => /^\/(?:audit|office)/.test(each) && each !== '/audit')) {
      const own = path.replace('/cases/:case', desk.url.replace('/audit', '')).replaceAll(/[:*]\w+/g, '1');
      const foreign = path.replace('/cases/:case', other.url.replace('/audit', '')).replaceAll(/[:*]\w+/g, '1');
      for (const each of read.test(path) ? [foreign] : [own, foreign]) {
        const url = `${world.issuer}${each}`;
        const sent = method === 'get' ? {} : { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) };
        const { status } = await expert.agent.send(url, sent);
        opened.push(...(status < (method === 'get' ? 300 : 400) ? [`${method} ${each}`] : []));
      }
    }
    expect([...new Set(opened)]).toEqual(['get /audit/api/v1/openapi.json']);
    expect(findErrorCode(await get(`${desk.url}/unmask`))).toBe('officer/beyond-appointment');
    expect(findErrorCode(await get(other.url))).toBe('officer/beyond-appointment');
  });

  it('cannot be made a member, and closes nothing', async () => {
    const token = getForm(await desk.get(desk.opener, `${desk.url}/people`), /\/people$/).fields['token'] ?? '';
    const added = await desk.opener.traveller.agent.post(`${world.issuer}${desk.url}/members`, { token, member: expertId });
    expect(findErrorCode(added)).toBe('audit/member-unfit');
    expect((await desk.get(desk.opener)).body).not.toContain(`value="${expertId}"`);
  });

  it('reads no more after their day, which asking again does not move', async () => {
    expect(wasProlonged).toBe(false);
    time.advance(days(11));
    await signIn(expert, await get('/audit'));
    const late = await get(desk.url);
    expect([late.status, findErrorCode(late)]).toEqual([403, 'officer/appointment-over']);
  });
});
