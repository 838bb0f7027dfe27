// From the case of an agency to the end of what it may do: one auditor proposes to suspend a service or an officer, another confirms, it stands at once, the agency is told, and
// the same two steps end it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseDesk } from '../support/audit-case.ts';
import type { CaseDesk } from '../support/audit-case.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { registerMetadata, startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { createEnrolled, getForm, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const clientId = 'mol-work-permit';
const reason = 'The log shows releases without a record since Monday.';

describe('suspending within a case', () => {
  let world: World;
  let database: OpenDatabase;
  let receiver: Receiver;
  let desk: CaseDesk;
  let agency: CaseDesk;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    receiver = await startReceiver(world.issuer, clientId);
    await registerMetadata(world, clientId, { security_events_uri: receiver.url });
    desk = await openCaseDesk(world, { basis: 'inspection', number: '1448/I/1' });
    const agencyId = (await world.storage.agencies.findService(clientId))?.agency.id ?? '';
    const officers = [desk.opener, desk.colleague] as const;
    agency = await openCaseDesk(world, { basis: 'inspection', number: '1448/I/2', scope: 'agency', agency: agencyId, officers });
  }, 60_000);

  afterAll(async () => {
    database.close();
    await receiver.close();
    await world.close();
  });

  const readEntries = (type: string): readonly string[] =>
    database.rows(`SELECT body FROM entries WHERE type = '${type}' ORDER BY rowid`).map(({ body }) => String(body));
  const ask = async (at: CaseDesk, subject: string, why = reason) =>
    at.send(at.opener, { page: `${at.url}/suspensions`, action: /\/suspensions$/, fields: { subject, reason: why } });
  const propose = async (at: CaseDesk, subject: string): Promise<string> =>
    new URL((await at.confirm(at.opener, await ask(at, subject))).url).pathname;
  const readTold = async (type: string): Promise<unknown> => {
    const isIt = () => receiver.taken.find(({ payload }) => JSON.stringify(payload).includes(type));
    await expect.poll(isIt, { timeout: 15_000, interval: 50 }).toBeDefined();
    return isIt()?.payload;
  };

  it('says what is wrong with a proposal, and proposes nothing', async () => {
    const wrong = await ask(desk, 'suspend:service:nobody', 'short');
    expect([wrong.status, [...wrong.body.matchAll(/href="#(\w+)"/g)].map(([, field]) => field)]).toEqual([
      400,
      ['main', 'subject', 'reason'],
    ]);
    const page = await desk.get(desk.opener, `${desk.url}/suspensions`);
    expect(page.body).not.toContain(`suspend:officer:${desk.colleague.id}`);
    expect(readEntries('suspension.requested')).toEqual([]);
  });

  it('stops a service for everybody with the second word, tells its agency, and ends in the same way', async () => {
    const url = await propose(desk, `suspend:service:${clientId}`);
    const traveller = await createEnrolled(world);
    expect((await obtainTokens(traveller, 'permit')).status).toBe(200);
    expect((await desk.get(desk.colleague, '/audit')).body).toContain(url);
    const own = await desk.opener.traveller.agent.post(`${world.issuer}${url}`, {
      token: getForm(await desk.get(desk.opener, `${desk.url}/suspensions`), /\/suspensions$/).fields['token'] ?? '',
      decision: 'approve',
    });
    expect([own.status, findErrorCode(own)]).toEqual([403, 'unmask/own']);
    await desk.decide(desk.colleague, url, 'approve');
    expect((await world.storage.agencies.findService(clientId))?.service.status).toBe('suspended');
    const [changed = ''] = readEntries('service.status_changed');
    expect(changed).toContain(`"ref":"${desk.colleague.id}"`);
    expect(changed).toMatch(/"case":"1448\/I\/1".*"from":"active".*"to":"suspended"/);
    expect([...readEntries('suspension.requested'), ...readEntries('suspension.approved')].join(' ')).not.toContain('since Monday');
    expect(await readTold('service-suspended')).toMatchObject({ aud: clientId, sub_id: { format: 'opaque', id: clientId } });
    const end = await propose(desk, `resume:service:${clientId}`);
    await desk.decide(desk.colleague, end, 'approve');
    expect((await world.storage.agencies.findService(clientId))?.service.status).toBe('active');
    expect(await readTold('service-resumed')).toBeDefined();
    expect((await obtainTokens(traveller, 'permit')).status).toBe(200);
  });

  it('stops an officer at their next step', async () => {
    const registrar = await createSignedInOfficer(world, 'registrar', 'Faisal Aldosari');
    const url = await propose(desk, `suspend:officer:${registrar.id}`);
    await desk.decide(desk.colleague, url, 'deny');
    expect((await world.storage.staff.findOfficer(registrar.id))?.status).toBe('active');
    await desk.decide(desk.colleague, await propose(desk, `suspend:officer:${registrar.id}`), 'approve');
    expect((await world.storage.staff.findOfficer(registrar.id))?.status).toBe('suspended');
    expect((await registrar.traveller.agent.get(`${world.issuer}/office`)).body).not.toContain('Faisal Aldosari');
    expect(readEntries('officer.status_changed').at(-1)).toContain(registrar.id);
  });

  it('reaches no further than the case: another agency’s services, a clerk of none, and nobody in a case about single people', async () => {
    const page = (await agency.get(agency.opener, `${agency.url}/suspensions`)).body;
    expect(page).toContain(`value="suspend:service:${clientId}"`);
    const listed = await world.storage.agencies.listServices();
    const reached = listed.filter(({ service }) => page.includes(`value="suspend:service:${service.clientId}"`));
    expect([...new Set(reached.map(({ agency: { id } }) => id))]).toHaveLength(1);
    expect(new Set(listed.map(({ agency: { id } }) => id)).size).toBeGreaterThan(1);
    expect((await ask(agency, `suspend:officer:${desk.colleague.id}`)).status).toBe(400);
    const officers = [desk.opener, desk.colleague] as const;
    const single = await openCaseDesk(world, { number: '1448/Q/9', scope: 'person', officers });
    expect(findErrorCode(await single.get(single.opener, `${single.url}/suspensions`))).toBe('suspension/outside');
    expect((await single.get(single.opener)).body).not.toContain('/suspensions');
  });
});
