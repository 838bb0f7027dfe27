// Staff over HTTP: who gets to a desk, for how long, and who does not, whatever they hold.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOfficerStatus } from '../../src/domain/staff/change-status.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { beginCeremony, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createOfficer, createSignedInOfficer, inviteStaff } from '../support/staff-journey.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, createOtherBrowser, createRequest, findStep, getForm } from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const minute = 60_000;

describe('staff', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  const countEntries = (type: string): number => Number(database.rows('SELECT count(*) AS n FROM entries WHERE type = ?', type)[0]?.['n']);
  const countSessions = (): number => Number(database.count(['staff_sessions'])['staff_sessions']);
  const open = async ({ agent }: Traveller, path: string): Promise<Answered> => agent.get(`${world.issuer}${path}`);
  const isAtDesk = (page: Answered): boolean => page.status === 200 && page.body.includes('data-action="sign-out"');
  const isAtDoor = (page: Answered): boolean => page.status === 200 && findStep(page) === 'sign-in';
  const suspend = async (id: string): Promise<void> => {
    const needs = { staff: world.storage.staff, clock: world.clock, random: systemRandom };
    await changeOfficerStatus(needs, { id, status: 'suspended', actor: { kind: 'operator', ref: null } });
  };
  const answer = async ({ agent }: Traveller, begun: Awaited<ReturnType<typeof beginCeremony>>): Promise<Answered> =>
    agent.postJson(begun.verifyUrl, begun.token, begun.answer);
  const readCode = (answered: Answered): unknown => /"code":"([^"]*)"/.exec(answered.body)?.[1];

  it('come by a link that works once, sign in with the passkey made there, and leave an entry of each step', async () => {
    const before = ['officer.enrolled', 'officer.signed_in', 'officer.signed_out'].map(countEntries);
    const traveller = createTraveller(world.issuer);
    const { id, link } = await inviteStaff(world, 'auditor', 'Noura Alsalem');
    const enrolled = await enrol(traveller, link);
    expect(new URL(enrolled.url).pathname).toBe('/staff/enrolled/audit');
    expect(findErrorCode(await traveller.agent.get(link))).toBe('officer/invalid-link');
    const door = await open(traveller, '/audit');
    expect(isAtDoor(door)).toBe(true);
    const desk = await signIn(traveller, door);
    expect([new URL(desk.url).pathname, isAtDesk(desk)]).toEqual(['/audit', true]);
    expect(desk.body).toContain('Noura Alsalem');
    const { action, fields } = getForm(desk, /\/staff\/sign-out$/);
    const left = await traveller.agent.post(action, fields);
    expect(new URL(left.url).pathname).toBe('/staff/signed-out/audit');
    expect(isAtDoor(await open(traveller, '/audit'))).toBe(true);
    const after = ['officer.enrolled', 'officer.signed_in', 'officer.signed_out'].map(countEntries);
    expect(after).toEqual(before.map((count) => count + 1));
    const bodies = database.rows("SELECT body FROM entries WHERE type LIKE 'officer.%'").map((row) => String(row['body']));
    expect(bodies.filter((body) => body.includes(id)).length).toBe(4);
    expect(bodies.join('\n')).not.toContain('Noura');
  });

  it('come back to the page of the desk that they wanted', async () => {
    const { traveller } = await createOfficer(world, 'auditor', 'Deep link');
    const desk = await signIn(traveller, await open(traveller, '/audit?from=2026-01-01&lang=en'));
    expect(desk.url).toBe(`${world.issuer}/audit?from=2026-01-01`);
  });

  it('are never sent outside the desks by a sign-in', async () => {
    const { traveller } = await createOfficer(world, 'auditor', 'Led astray');
    const begun = await beginCeremony(traveller, await open(traveller, '/audit'), 'authenticate');
    const strayed = begun.verifyUrl.replace(/wanted=.*/, `wanted=${encodeURIComponent('//evil.example/audit')}`);
    expect(JSON.parse((await answer(traveller, { ...begun, verifyUrl: strayed })).body)).toEqual({ next: '/audit' });
  });

  describe('at the door', () => {
    it('a person’s passkey opens no desk, and is told nothing', async () => {
      const person = await createEnrolled(world);
      const before = countSessions();
      const refused = await answer(person, await beginCeremony(person, await open(person, '/audit'), 'authenticate'));
      expect([refused.status, readCode(refused)]).toEqual([400, 'officer/refused']);
      expect(countSessions()).toBe(before);
    });

    it('an officer’s passkey signs no person in', async () => {
      const { traveller } = await createOfficer(world, 'registrar', 'Not a person');
      const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
      const refused = await answer(traveller, await beginCeremony(traveller, page, 'authenticate'));
      expect([refused.status, readCode(refused)]).toEqual([400, 'passkey/refused']);
    });

    it('an answer to a person’s challenge is none to an officer’s, nor the other way round', async () => {
      const { traveller } = await createOfficer(world, 'registrar', 'Crossed');
      const door = await open(traveller, '/office');
      const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
      const [forStaff, forPerson] = [
        await beginCeremony(traveller, door, 'authenticate'),
        await beginCeremony(traveller, page, 'authenticate'),
      ];
      const answers = [
        await answer(traveller, { ...forStaff, answer: forPerson.answer }),
        await answer(traveller, { ...forPerson, answer: forStaff.answer }),
      ];
      expect(answers.map(readCode)).toEqual(['passkey/challenge-unknown', 'passkey/challenge-unknown']);
    });

    it('unknown, wrong and suspended get one answer', async () => {
      const suspended = await createOfficer(world, 'auditor', 'Suspended');
      await suspend(suspended.id);
      const person = await createEnrolled(world);
      const answers = await Promise.all(
        [suspended.traveller, person].map(async (traveller) => {
          const refused = await answer(traveller, await beginCeremony(traveller, await open(traveller, '/audit'), 'authenticate'));
          return refused.body.replace(/"reference":"[^"]*"/, '');
        }),
      );
      expect(new Set(answers).size).toBe(1);
    });

    it('an answer is taken once, and only from the browser in which the page was opened', async () => {
      const { traveller } = await createOfficer(world, 'auditor', 'Replayed');
      const begun = await beginCeremony(traveller, await open(traveller, '/audit'), 'authenticate');
      const other = createOtherBrowser(traveller);
      const stolen = await other.agent.postJson(begun.verifyUrl, begun.token, begun.answer);
      expect(readCode(stolen)).toBe('interaction/expired');
      await open(other, '/audit');
      expect(readCode(await other.agent.postJson(begun.verifyUrl, begun.token, begun.answer))).toBe('request/form-outdated');
      expect((await answer(traveller, begun)).status).toBe(200);
      await open(traveller, '/staff/signed-out/audit');
      expect((await answer(traveller, begun)).status).toBe(400);
      expect(countEntries('officer.signed_in')).toBeGreaterThan(0);
    });

    it('nobody signs in while the sign-in cannot be entered in the log', async () => {
      const { traveller } = await createOfficer(world, 'auditor', 'Unlogged');
      const begun = await beginCeremony(traveller, await open(traveller, '/audit'), 'authenticate');
      const before = countSessions();
      const refused = await whileInsertFails(database, 'entries', async () => answer(traveller, begun));
      expect([refused.status, readCode(refused)]).toEqual([503, 'ledger/unavailable']);
      expect(countSessions()).toBe(before);
      expect(isAtDoor(await open(traveller, '/audit'))).toBe(true);
    });
  });

  describe('a session', () => {
    it('rests for just under 30 minutes, and no longer', async () => {
      const { traveller } = await createSignedInOfficer(world, 'auditor', 'Idle');
      world.clock.advance(28 * minute);
      expect(isAtDesk(await open(traveller, '/audit'))).toBe(true);
      world.clock.advance(28 * minute);
      expect(isAtDesk(await open(traveller, '/audit'))).toBe(true);
      world.clock.advance(30 * minute);
      expect(isAtDoor(await open(traveller, '/audit'))).toBe(true);
    });

    it('ends 8 hours after the sign-in, however busy it was', async () => {
      const { traveller } = await createSignedInOfficer(world, 'auditor', 'Busy');
      for (let passed = 0; passed < 460; passed += 20) {
        world.clock.advance(20 * minute);
        expect(isAtDesk(await open(traveller, '/audit'))).toBe(true);
      }
      world.clock.advance(21 * minute);
      expect(isAtDoor(await open(traveller, '/audit'))).toBe(true);
    });

    it('is closed to a suspended officer at the next request, also to a form that is open', async () => {
      const { id, traveller } = await createSignedInOfficer(world, 'auditor', 'Soon suspended');
      const { action, fields } = getForm(await open(traveller, '/audit'), /\/staff\/sign-out$/);
      await suspend(id);
      expect(isAtDoor(await open(traveller, '/audit'))).toBe(true);
      const refused = await traveller.agent.post(action, fields);
      expect([refused.status, findErrorCode(refused)]).toEqual([401, 'officer/signed-out']);
    });

    it('takes no form from another site, and none that was printed for another session', async () => {
      const [first, second] = [
        await createSignedInOfficer(world, 'auditor', 'First'),
        await createSignedInOfficer(world, 'auditor', 'Second'),
      ];
      const { action, fields } = getForm(await open(first.traveller, '/audit'), /\/staff\/sign-out$/);
      const crossed = await first.traveller.agent.send(action, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'sec-fetch-site': 'cross-site' },
      });
      expect(crossed.status).toBe(403);
      expect(findErrorCode(await second.traveller.agent.post(action, fields))).toBe('request/form-outdated');
      expect(await Promise.all([first, second].map(async ({ traveller }) => isAtDesk(await open(traveller, '/audit'))))).toEqual([
        true,
        true,
      ]);
    });

    it('shows an officer of another role whose page it is and which is theirs', async () => {
      const { traveller } = await createSignedInOfficer(world, 'registrar', 'Wrong desk');
      const page = await open(traveller, '/audit?lang=en');
      expect([page.status, findErrorCode(page)]).toEqual([403, 'officer/other-role']);
      expect(page.body).toContain('href="/office"');
      expect(isAtDesk(await open(traveller, '/office'))).toBe(true);
    });

    it('of whoever was signed in before ends when somebody else signs in at the same browser', async () => {
      const first = await createSignedInOfficer(world, 'auditor', 'Morning shift');
      const second = await createOfficer(world, 'auditor', 'Evening shift');
      const stale = new Map(first.traveller.agent.cookies);
      first.traveller.agent.cookies.delete('staff;/');
      const door = await open(first.traveller, '/audit');
      stale.forEach((cookie, key) => first.traveller.agent.cookies.set(key, cookie));
      const shared = { ...first.traveller, authenticator: second.traveller.authenticator };
      const before = countEntries('officer.signed_out');
      await signIn(shared, door);
      expect(countEntries('officer.signed_out')).toBe(before + 1);
      expect((await open(shared, '/audit')).body).toContain('Evening shift');
    });

    it('is carried by a cookie that scripts cannot read and other sites do not send', async () => {
      const { traveller } = await createOfficer(world, 'auditor', 'Cookie');
      const begun = await beginCeremony(traveller, await open(traveller, '/audit'), 'authenticate');
      const response = await traveller.agent.send(begun.verifyUrl, {
        method: 'POST',
        body: JSON.stringify(begun.answer),
        headers: { 'content-type': 'application/json', 'x-huwiya-token': begun.token },
      });
      const cookie = response.headers.getSetCookie().find((line) => line.startsWith('staff='));
      expect(cookie).toMatch(/; path=\/; samesite=strict; httponly$/);
    });
  });

  it('get over https a cookie that no neighbour can set and no plain connection carries', async () => {
    const port = await findFreePort();
    const env = { HUWIYA_LISTEN: `127.0.0.1:${port}`, HUWIYA_TRUSTED_HOPS: '1' };
    const secure = await createWorld({ issuer: 'https://id.example', env });
    const headers = { host: 'id.example', accept: 'text/html', 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' };
    const door = await sendRaw({ port, method: 'GET', path: '/audit', headers, body: '' });
    await secure.close();
    expect([door.headers['set-cookie']].flat().join()).toMatch(
      /^__Host-staff-sign-in=[\w-]{43}; path=\/; samesite=strict; secure; httponly$/,
    );
  });

  it('remember the language that was chosen', async () => {
    const { id, traveller } = await createSignedInOfficer(world, 'auditor', 'Bilingual');
    await open(traveller, '/audit?lang=en');
    expect(await world.storage.staff.findOfficer(id)).toMatchObject({ language: 'en' });
    expect((await open(traveller, '/audit')).body).toContain('<html lang="en" dir="ltr">');
  });
});
