import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOfficersInvite } from '../../../src/cli/officers-invite.ts';
import { runOfficersList } from '../../../src/cli/officers-list.ts';
import { runOfficersStatus } from '../../../src/cli/officers-status.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { openCaseScene } from '../../contracts/case-scene.ts';
import { createEvent, createName, createPasskey } from '../../support/store-samples.ts';
import { toDigest } from '../../../src/domain/kernel/ids.ts';

const database = createSqliteDatabase();
let opened: OpenedDatabase;
let captured: CapturedContext;

beforeAll(async () => {
  opened = await database.open();
  captured = createCapturedContext(opened.storage);
});
afterAll(async () => {
  await opened.close();
  await database.stop();
});

type Issued = { readonly url: string; readonly expires_at: string; readonly id: string };

async function invite(name: string, role: 'auditor' | 'registrar' = 'auditor'): Promise<Issued> {
  expect(await runOfficersInvite(captured.context, { role, name, agencyId: null, json: true })).toBe(0);
  const issued: Issued = JSON.parse(captured.takeOut());
  return issued;
}

/** As if the link had been opened and a passkey created; says its id. */
async function enrol({ url, id }: Issued): Promise<string> {
  const { personId: _person, ...held } = createPasskey('');
  const passkeyId = createName();
  const saved = await opened.storage.staff.savePasskey({
    passkey: { ...held, id: passkeyId, officerId: id, endedAt: null, endReason: null },
    invitationDigest: toDigest(url.slice(url.lastIndexOf('/') + 1)),
    now: Date.now(),
    event: createEvent('officer.enrolled'),
  });
  expect(saved).toBe('saved');
  return passkeyId;
}

test('an officer who has not enrolled gets a fresh link, and the command says that the earlier one ended', async () => {
  const first = await invite('Noura Alsalem');
  expect(first.url).toMatch(/\/staff\/enrol\/[A-Za-z0-9_-]{43}$/);
  const again = await invite('  Noura   Alsalem ');
  expect(again.id).toBe(first.id);
  expect(again.url).not.toBe(first.url);
  expect(await runOfficersInvite(captured.context, { role: 'auditor', name: 'Noura Alsalem', agencyId: null, json: false })).toBe(0);
  expect(captured.takeOut()).toMatch(
    new RegExp(`^http.*\nworks once, until .*Z\nauditor ${first.id}, invited before: the earlier link no longer works\n$`),
  );
});

test('another role of the same name is another account', async () => {
  const [auditor, registrar] = [await invite('Two Roles'), await invite('Two Roles', 'registrar')];
  expect(auditor.id).not.toBe(registrar.id);
});

test('an enrolled officer gets no second link; once suspended, the name gets a new account', async () => {
  const first = await invite('Khalid Alomari');
  await enrol(first);
  expect(await runOfficersInvite(captured.context, { role: 'auditor', name: 'Khalid Alomari', agencyId: null, json: true })).toBe(1);
  expect(captured.takeErr()).toMatch(/officer\/enrolled.*Suspend that account first/);
  expect(await runOfficersStatus(captured.context, { id: first.id, status: 'suspended', json: false })).toBe(0);
  expect(captured.takeOut()).toBe('active → suspended\n');
  expect((await invite('Khalid Alomari')).id).not.toBe(first.id);
  expect(await runOfficersStatus(captured.context, { id: first.id, status: 'active', json: false })).toBe(1);
  expect(captured.takeErr()).toContain('officer/enrolled');
});

test('what cannot be an officer is refused with its reason', async () => {
  const asked = { role: 'auditor', name: 'Somebody', agencyId: null, json: false } as const;
  expect(await runOfficersInvite(captured.context, { ...asked, name: ' \u200B ' })).toBe(2);
  expect(await runOfficersInvite(captured.context, { ...asked, name: 'x'.repeat(81) })).toBe(2);
  expect(await runOfficersInvite(captured.context, { ...asked, agencyId: 'nobody' })).toBe(1);
  expect(await runOfficersInvite(captured.context, { ...asked, role: 'developer' })).toBe(2);
  expect(await runOfficersStatus(captured.context, { id: 'nobody', status: 'suspended', json: false })).toBe(1);
  expect(await runOfficersStatus(captured.context, { id: 'nobody', status: 'asleep', json: false })).toBe(2);
  const lines = captured.takeErr().trim().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[2]).toContain('agency/unknown');
  expect(captured.takeOut()).toBe('');
});

test('the list names everybody with role, status and passkeys', async () => {
  expect(await runOfficersList(captured.context, { json: true })).toBe(0);
  const listed: unknown = JSON.parse(captured.takeOut());
  expect(listed).toMatchObject({
    officers: expect.arrayContaining([
      expect.objectContaining({
        name: 'Khalid Alomari',
        status: 'suspended',
        passkeys: 1,
        fitness: ['unproven'],
        role: 'auditor',
        agency: null,
      }),
      expect.objectContaining({ name: 'Noura Alsalem', status: 'active', passkeys: 0, fitness: [] }),
    ]),
  });
  expect(await runOfficersList(captured.context, { json: false })).toBe(0);
  expect(captured.takeOut()).toMatch(/^ID +ROLE +AGENCY +STATUS +PASSKEYS +FITNESS +NAME\n/);
});

test('the list says of a suspended officer that the passkey turned out to be copied', async () => {
  const issued = await invite('Copied Key', 'registrar');
  const passkeyId = await enrol(issued);
  const suspended = { officerId: issued.id, passkeyId, reason: 'copied', event: createEvent('officer.status_changed') } as const;
  expect(await opened.storage.staff.suspendForPasskey(suspended)).toBe(true);
  expect(await runOfficersList(captured.context, { json: false })).toBe(0);
  expect(captured.takeOut()).toMatch(/ registrar +- +suspended +1 +copied +Copied Key\n/);
});

test('an expert is invited for one case that goes on and to a day; nobody else is', async () => {
  const { opened: found } = await openCaseScene(opened, 'court_order');
  const expert = { role: 'expert', name: 'Amal Alzahrani', agencyId: null, json: true } as const;
  const of = { caseNumber: found.number, until: '2026-12-31' };
  expect(await runOfficersInvite(captured.context, expert)).toBe(2);
  expect(await runOfficersInvite(captured.context, { ...expert, ...of, role: 'auditor' })).toBe(2);
  expect(await runOfficersInvite(captured.context, { ...expert, ...of, until: '2026-02-31' })).toBe(2);
  expect(await runOfficersInvite(captured.context, { ...expert, ...of, until: '2020-01-01' })).toBe(1);
  expect(await runOfficersInvite(captured.context, { ...expert, ...of, caseNumber: 'none' })).toBe(1);
  captured.takeOut();
  expect(
    await runOfficersInvite(captured.context, { ...expert, ...of, until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) }),
  ).toBe(0);
  const issued: Issued = JSON.parse(captured.takeOut());
  expect((await opened.storage.staff.findAppointment(issued.id))?.caseId).toBe(found.id);
});
