// What every store of staff promises.

import { describe, expect, it } from 'vitest';
import type { Officer, OfficerInvitation, OfficerPasskey } from '../../src/domain/staff/officer.ts';
import type { StaffSession } from '../../src/domain/staff/session.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, later, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const day = 24 * 60 * 60 * 1000;

const createOfficer = (changes: Partial<Officer> = {}): Officer => ({
  id: createName(),
  name: createName(),
  role: 'auditor',
  agencyId: null,
  status: 'active',
  language: null,
  handle: createName(),
  createdAt: now,
  ...changes,
});

const createInvitation = (officerId: string): OfficerInvitation => ({
  digest: createName(),
  officerId,
  createdAt: now,
  expiresAt: later,
});

const toOfficerPasskey = (officerId: string, changes: Partial<OfficerPasskey> = {}): OfficerPasskey => {
  const { personId: _person, ceiling: _ceiling, ...held } = createPasskey('');
  return { ...held, officerId, endedAt: null, endReason: null, ...changes };
};

const createSession = (officerId: string, changes: Partial<StaffSession> = {}): StaffSession => ({
  digest: createName(),
  officerId,
  startedAt: now,
  lastSeenAt: now,
  expiresAt: now + day,
  ...changes,
});

const at = { now: now + 1, idleSince: now - 1 };

export function describeStaffStore(get: () => OpenedDatabase): void {
  const invite = async (officer: Officer, invitation = createInvitation(officer.id)): Promise<string> =>
    get().storage.staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
  const register = async (passkey: OfficerPasskey, invitationDigest: string, time = now): Promise<string> =>
    get().storage.staff.savePasskey({ passkey, invitationDigest, now: time, event: createEvent('officer.enrolled') });
  const enrol = async (officer = createOfficer()): Promise<{ readonly officer: Officer; readonly passkey: OfficerPasskey }> => {
    const invitation = createInvitation(officer.id);
    const passkey = toOfficerPasskey(officer.id);
    expect([await invite(officer, invitation), await register(passkey, invitation.digest)]).toEqual(['saved', 'saved']);
    return { officer, passkey };
  };
  const start = async (session: StaffSession, passkeyId: string, counter = 0): Promise<boolean> =>
    get().storage.staff.startSession({
      use: { passkeyId, counter, isBackedUp: true },
      session,
      event: createEvent('officer.signed_in'),
    });
  const suspend = async (officerId: string, status: Officer['status'] = 'suspended'): Promise<string> =>
    get().storage.staff.saveStatus({ officerId, status, event: createEvent('officer.status_changed') });

  describe('officers', () => {
    it('come with their first invitation and its event, and are found by name, role and agency while they are active', async () => {
      const { staff } = get().storage;
      const officer = createOfficer();
      const before = await countEntries(get());
      expect(await invite(officer)).toBe('saved');
      expect(await countEntries(get())).toBe(before + 1);
      expect(await staff.findOfficer(officer.id)).toEqual(officer);
      expect(await staff.findActiveOfficer(officer)).toEqual({ ...officer, passkeyCount: 0, passkeys: [] });
      expect(await staff.findActiveOfficer({ ...officer, role: 'operator' })).toBeUndefined();
      await suspend(officer.id);
      expect(await staff.findActiveOfficer(officer)).toBeUndefined();
      expect((await staff.listOfficers()).find(({ id }) => id === officer.id)).toEqual({
        ...officer,
        status: 'suspended',
        passkeyCount: 0,
        passkeys: [],
      });
    });

    it('are one account however many invitations of one name arrive at once', async () => {
      const name = createName();
      const outcomes = await Promise.all(Array.from({ length: 8 }, async () => invite(createOfficer({ name }))));
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect((await get().storage.staff.listOfficers()).filter((officer) => officer.name === name)).toHaveLength(1);
    });

    it('keep the language they chose', async () => {
      const officer = createOfficer();
      await invite(officer);
      await get().storage.staff.saveLanguage(officer.id, 'en');
      expect(await get().storage.staff.findOfficer(officer.id)).toEqual({ ...officer, language: 'en' });
    });

    it('do not become active beside another of their name, role and agency', async () => {
      const first = createOfficer();
      await invite(first);
      await suspend(first.id);
      const second = createOfficer({ name: first.name });
      expect(await invite(second)).toBe('saved');
      const before = await countEntries(get());
      expect(await suspend(first.id, 'active')).toBe('officer/enrolled');
      expect(await countEntries(get())).toBe(before);
      expect(await get().storage.staff.findOfficer(first.id)).toMatchObject({ status: 'suspended' });
    });
  });

  describe('namesakes', () => {
    it('who become active at the same moment are one active officer, and the other is refused in words', async () => {
      for (let round = 0; round < 8; round += 1) {
        const first = createOfficer();
        const second = createOfficer({ name: first.name });
        for (const officer of [first, second]) {
          await invite(officer);
          await suspend(officer.id);
        }
        const before = await countEntries(get());
        const outcomes = await Promise.all([suspend(first.id, 'active'), suspend(second.id, 'active')]);
        expect(outcomes.toSorted()).toEqual(['officer/enrolled', 'saved']);
        expect(await countEntries(get())).toBe(before + 1);
      }
    });
  });

  describe('invitations of officers', () => {
    it('replace each other, expire, and are not told apart by reading', async () => {
      const { staff } = get().storage;
      const officer = createOfficer();
      const [older, newer] = [createInvitation(officer.id), createInvitation(officer.id)];
      await invite(officer, older);
      await invite(officer, newer);
      expect(await staff.findInvitation(older.digest, now)).toBeUndefined();
      expect(await staff.findInvitation(newer.digest, now)).toEqual(newer);
      expect(await staff.findInvitation(newer.digest, later)).toBeUndefined();
    });

    it('are refused once there is a passkey, and once the officer is suspended', async () => {
      const { officer } = await enrol();
      const waiting = createOfficer();
      await invite(waiting);
      await suspend(waiting.id);
      const before = await countEntries(get());
      expect([await invite(officer), await invite(waiting)]).toEqual(['officer/enrolled', 'officer/enrolled']);
      expect(await countEntries(get())).toBe(before);
    });

    it('are used up with the passkey and its event in one act, once, also when used many times at once', async () => {
      const officer = createOfficer();
      const invitation = createInvitation(officer.id);
      await invite(officer, invitation);
      const before = await countEntries(get());
      const outcomes = await Promise.all(Array.from({ length: 8 }, async () => register(toOfficerPasskey(officer.id), invitation.digest)));
      expect(outcomes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'officer/invalid-link'), 'saved']);
      expect(await countEntries(get())).toBe(before + 1);
      expect(await get().storage.staff.findActiveOfficer(officer)).toMatchObject({ passkeyCount: 1 });
    });

    it('register nothing when they are late, of somebody else, of a suspended officer, or when the credential id exists', async () => {
      const { passkey } = await enrol();
      const [officer, other] = [createOfficer(), createOfficer()];
      const invitation = createInvitation(officer.id);
      await invite(officer, invitation);
      await invite(other);
      const before = await countEntries(get());
      expect(await register(toOfficerPasskey(officer.id), invitation.digest, later)).toBe('officer/invalid-link');
      expect(await register(toOfficerPasskey(other.id), invitation.digest)).toBe('officer/invalid-link');
      expect(await register({ ...passkey, officerId: officer.id }, invitation.digest)).toBe('passkey/already-registered');
      expect(await get().storage.staff.findInvitation(invitation.digest, now)).toEqual(invitation);
      expect(await countEntries(get())).toBe(before);
      await suspend(officer.id);
      expect(await register(toOfficerPasskey(officer.id), invitation.digest)).toBe('officer/invalid-link');
      expect(await get().storage.staff.findPasskey(passkey.id)).toEqual(passkey);
    });
  });

  describeSessions(get, { enrol, start, suspend });
}

type Steps = {
  readonly enrol: () => Promise<{ readonly officer: Officer; readonly passkey: OfficerPasskey }>;
  readonly start: (session: StaffSession, passkeyId: string, counter?: number) => Promise<boolean>;
  readonly suspend: (officerId: string, status?: Officer['status']) => Promise<string>;
};

function describeSessions(get: () => OpenedDatabase, { enrol, start, suspend }: Steps): void {
  const find = async (session: StaffSession, when = at): Promise<string | undefined> =>
    (await get().storage.staff.findSession(session.digest, when))?.officer.id;
  const end = async (session: StaffSession): Promise<void> =>
    get().storage.staff.endSession({ digest: session.digest, at: now, event: createEvent('officer.signed_out') });

  describe('sessions of officers', () => {
    it('begin with the counter and the event in one act, and not at all with a counter that stands still', async () => {
      const { officer, passkey } = await enrol();
      const [session, copied] = [createSession(officer.id), createSession(officer.id)];
      const before = await countEntries(get());
      expect(await start(session, passkey.id, 5)).toBe(true);
      expect(await start(copied, passkey.id, 5)).toBe(false);
      expect(await countEntries(get())).toBe(before + 1);
      const { standing, isBackupEligible, endedAt, endReason } = passkey;
      expect(await get().storage.staff.findSession(session.digest, at)).toEqual({
        officer,
        session,
        passkey: { standing, isBackupEligible, endedAt, endReason },
      });
      expect(await find(copied)).toBeUndefined();
      expect(await get().storage.staff.findPasskey(passkey.id)).toEqual({ ...passkey, counter: 5, isBackedUp: true, lastUsedAt: now });
    });

    it('stand beside further uses of the same passkey, each counted, of an active officer alone', async () => {
      const { officer, passkey } = await enrol();
      const { staff } = get().storage;
      const use = async (counter: number, officerId = officer.id): Promise<boolean> =>
        staff.saveUse({ passkeyId: passkey.id, officerId, counter, isBackedUp: true, at: now });
      expect(await staff.listPasskeys(officer.id)).toEqual([passkey]);
      expect([await use(5), await use(5), await use(6, createOfficer().id), await use(6)]).toEqual([true, false, false, true]);
      await suspend(officer.id);
      expect([await use(7), (await staff.findPasskey(passkey.id))?.counter]).toEqual([false, 6]);
    });

    it('begin with nobody else’s passkey', async () => {
      const [first, second] = [await enrol(), await enrol()];
      expect(await start(createSession(first.officer.id), second.passkey.id)).toBe(false);
    });

    it('are found until they were idle, until their end, and not a moment longer', async () => {
      const { officer, passkey } = await enrol();
      const session = createSession(officer.id);
      await start(session, passkey.id);
      expect(await find(session, { now: now + day - 1, idleSince: now - 1 })).toBe(officer.id);
      expect(await find(session, { now: now + day, idleSince: now - 1 })).toBeUndefined();
      expect(await find(session, { now: now + 1, idleSince: now })).toBeUndefined();
      await get().storage.staff.saveLastSeen(session.digest, now + 10);
      await get().storage.staff.saveLastSeen(session.digest, now + 5);
      expect(await find(session, { now: now + 11, idleSince: now + 9 })).toBe(officer.id);
    });

    it('end once, with one event, and stay ended', async () => {
      const { officer, passkey } = await enrol();
      const session = createSession(officer.id);
      await start(session, passkey.id);
      const before = await countEntries(get());
      await Promise.all([end(session), end(session), end(session)]);
      await get().storage.staff.saveLastSeen(session.digest, now + 10);
      expect(await find(session)).toBeUndefined();
      expect(await countEntries(get())).toBe(before + 1);
    });

    it('end with the suspension of the officer, and do not come back with the officer', async () => {
      const { officer, passkey } = await enrol();
      const session = createSession(officer.id);
      await start(session, passkey.id);
      await suspend(officer.id);
      expect(await find(session)).toBeUndefined();
      expect(await start(createSession(officer.id), passkey.id)).toBe(false);
      expect(await suspend(officer.id, 'active')).toBe('saved');
      expect(await find(session)).toBeUndefined();
      expect(await start(createSession(officer.id), passkey.id)).toBe(true);
    });

    it('leave nothing open when the suspension comes at the same moment', async () => {
      const { officer, passkey } = await enrol();
      const sessions = Array.from({ length: 6 }, () => createSession(officer.id));
      await Promise.all([...sessions.map(async (session) => start(session, passkey.id)), suspend(officer.id)]);
      await suspend(officer.id, 'active');
      expect(await Promise.all(sessions.map(async (session) => find(session)))).toEqual(sessions.map(() => undefined));
    });

    it('and links are removed a day after they were over, others stay', async () => {
      const { officer, passkey } = await enrol();
      const [over, open] = [createSession(officer.id, { expiresAt: now }), createSession(officer.id, { expiresAt: now + 3 * day })];
      await start(over, passkey.id);
      await start(open, passkey.id);
      for (let left = 1; left > 0;) {
        left = await get().storage.removeExpired(now + day + 1);
      }
      const rows = await get().engine.read({ text: 'SELECT digest FROM staff_sessions WHERE officer_id = ?', values: [officer.id] });
      expect(rows.map((row) => row['digest'])).toEqual([open.digest]);
    });
  });
}
