// The developers' desk over HTTP: what a developer sees of the services of their agency, and nothing of any other.

import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { inviteOfficer } from '../../src/domain/staff/invite-officer.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Answered, UserAgent } from '../support/user-agent.ts';
import { createRequest } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('the developers’ desk', () => {
  let world: World;
  let database: OpenDatabase;
  let labour: UserAgent;
  let health: UserAgent;
  let refused: { readonly labour: string; readonly health: string };

  const createDeveloper = async (agencyId: string): Promise<UserAgent> => {
    const needs = { staff: world.storage.staff, clock: world.clock, random: systemRandom };
    const named = { role: 'developer', name: `Developer of ${agencyId}`, agencyId } as const;
    const issued = await inviteOfficer(needs, { ...named, actor: { kind: 'operator', ref: null } });
    if (!issued.ok) {
      throw new Error(issued.code);
    }
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, `${world.issuer}/staff/enrol/${issued.value.token}`);
    await signIn(traveller, await traveller.agent.get(`${world.issuer}/office`));
    return traveller.agent;
  };
  const refuse = async (place: 'permit' | 'clinic'): Promise<string> => {
    const url = new URL(createRequest(world.issuer, place).url);
    url.searchParams.set('redirect_uri', 'https://elsewhere.example/callback');
    const reference = (await fetch(url, { headers: { accept: 'text/html' } })).headers.get('x-request-id') ?? '';
    await vi.waitFor(async () => expect(await world.storage.traces.findTrace(reference, world.clock.now())).toBeDefined(), 5000);
    return reference;
  };
  const open = async (agent: UserAgent, path: string): Promise<Answered> => agent.get(`${world.issuer}${path}`);
  const looks = (): readonly string[] =>
    database
      .rows("SELECT service, body FROM entries WHERE type LIKE 'trace.%' ORDER BY rowid")
      .map(({ service, body }) => `${String(service)} ${String(body)}`);

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    [labour, health] = [await createDeveloper('mol'), await createDeveloper('moh')];
    refused = { labour: await refuse('permit'), health: await refuse('clinic') };
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  it('lists the refused requests of the own agency with rule and fix, and each look is an entry first', async () => {
    const before = looks().length;
    const page = await open(labour, '/office');
    expect([page.status, page.body.includes(`data-request="${refused.labour}"`), page.body.includes(refused.health)]).toEqual([
      200,
      true,
      false,
    ]);
    const request = await open(labour, `/office/requests?number=${refused.labour.toLowerCase().replace('-', '')}`);
    expect(new URL(request.url).pathname).toBe(`/office/requests/${refused.labour}`);
    expect(request.body).toContain('redirect-uri/unregistered');
    expect(request.body).not.toContain('elsewhere.example');
    const made = looks().slice(before);
    expect(made).toHaveLength(2);
    expect(made[0]).toContain('"count":1');
    expect(made[1]).toMatch(new RegExp(`^mol-work-permit .*${refused.labour}`));
    await whileInsertFails(database, 'entries', async () => {
      expect(findErrorCode(await open(labour, `/office/requests/${refused.labour}`))).toBe('ledger/unavailable');
      expect(findErrorCode(await open(labour, '/office'))).toBe('ledger/unavailable');
    });
  });

  test('RG-03 the number of a request of another agency is the same as none, and the look at it is in the log', async () => {
    const before = looks().length;
    const others = await open(health, `/office/requests/${refused.labour}`);
    const none = await open(health, '/office/requests/2222-2222');
    expect([others.status, findErrorCode(others)]).toEqual([404, 'trace/unknown']);
    const strip = ({ body }: Answered): string =>
      body.replaceAll(/[2-9A-Z]{4}-[2-9A-Z]{4}|<time[^>]*>|\d\d:\d\d(?::\d\d)?|token=[^"&]*|value="[^"]*"/g, '…');
    expect(strip(others)).toBe(strip(none));
    expect(findErrorCode(await open(health, '/office?service=mol-work-permit'))).toBe('agency/unknown');
    expect((await open(health, `/office/requests/${refused.health}`)).status).toBe(200);
    const made = looks().slice(before);
    expect(made[0]).toMatch(/^null .*"found":false/);
    expect(made.at(-1)).toMatch(/^moh-clinic .*"found":true/);
  });

  it('narrows by service, rule, day and kind, and refuses a filter that is none', async () => {
    const found = async (query: string): Promise<boolean> =>
      (await open(labour, `/office?${query}`)).body.includes(`data-request="${refused.labour}"`);
    const today = new Date(world.clock.now() + 3 * 3_600_000).toISOString().slice(0, 10);
    expect(await found('service=mol-work-permit&rule=redirect-uri/unregistered&kind=all')).toBe(true);
    expect(await found(`from=${today}&to=${today}`)).toBe(true);
    expect(await found('rule=pkce/missing')).toBe(false);
    expect(await found('to=2020-01-01')).toBe(false);
    for (const query of ['rule=constructor', 'from=yesterday', 'to=2026-02-30', 'kind=some', 'after=1']) {
      expect([query, findErrorCode(await open(labour, `/office?${query}`))]).toEqual([query, 'request/invalid']);
    }
    for (const number of ['', 'first', '%00', '0000-0000']) {
      expect([number, findErrorCode(await open(labour, `/office/requests?number=${number}`))]).toEqual([number, 'trace/unknown']);
    }
  });

  it('shows nothing to an account without an agency, and opens for no other role', async () => {
    const developer = await createSignedInOfficer(world, 'developer');
    const desk = await open(developer.traveller.agent, '/office');
    expect([desk.status, desk.body.includes('data-request')]).toEqual([200, false]);
    expect(findErrorCode(await open(developer.traveller.agent, `/office/requests/${refused.labour}`))).toBe('trace/unknown');
    const operator = await createSignedInOfficer(world, 'operator');
    expect((await open(operator.traveller.agent, `/office/requests/${refused.labour}`)).status).toBe(403);
    const nobody = await fetch(`${world.issuer}/office/requests/${refused.labour}`);
    expect(await nobody.text()).not.toContain('redirect-uri/unregistered');
  });
});
