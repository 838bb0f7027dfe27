// What every store promises of freezes and freeze codes: closing is one act and closes everything, opening waits, and each thing that serves once has one winner.

import { describe, expect, it } from 'vitest';
import { evidenceSchema } from '../../src/domain/proofing/evidence.ts';
import { beginUnfreeze } from '../../src/domain/protection/begin-unfreeze.ts';
import { freezeByCode } from '../../src/domain/protection/freeze-by-code.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { keepFrozen } from '../../src/domain/protection/keep-frozen.ts';
import { liftByOrder, liftDue, liftIfDue } from '../../src/domain/protection/lift-freezes.ts';
import { makeFreezeCode } from '../../src/domain/protection/make-freeze-code.ts';
import type { PersonStatus } from '../../src/domain/people/person.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createProtectionScene, hour, operator, person } from '../support/protection-scene.ts';
import { createEvent, createPasskey, createSession, now, saveSession } from '../support/store-samples.ts';
import { createStatusSaid } from '../support/status-said.ts';

const checks = ['vpip', 'pvp'].map((method) => ({ check_method: method, organization: 'Office', time: '2026-01-01T00:00:00Z' }));
const seenInPresence = evidenceSchema.parse({
  type: 'document',
  document_details: { type: 'passport', document_number: '42AB', issuer: { name: 'Passports', country_code: 'SAU' } },
  check_details: checks,
});

export function describeProtectionStore(get: () => OpenedDatabase): void {
  const { time, toNeeds, read, findStatus, typesOf, noticesOf, eventsTold, createMember, createBusy, byPerson } =
    createProtectionScene(get);

  describe('a freeze', () => {
    it('ends sessions, tokens, links and ceremonies for good, and tells the services that know the person, in one act', async () => {
      const { id, uid } = await createBusy();
      expect(await freezePerson(toNeeds(), byPerson(id))).toBe('frozen');
      expect(await findStatus(id)).toBe('frozen');
      const left = await Promise.all([
        read('SELECT uid FROM sessions WHERE person_id = ? AND ended_at IS NULL', id),
        read('SELECT key FROM artefacts WHERE person_id = ? AND ended_at IS NULL', id),
        read('SELECT digest FROM invitations WHERE person_id = ? AND used_at IS NULL', id),
        read('SELECT id FROM ceremonies WHERE person_id = ?', id),
      ]);
      expect(left.map((rows) => rows.length)).toEqual([0, 0, 0, 0]);
      expect(await eventsTold(id)).toEqual(['account-disabled', 'account-disabled']);
      expect((await typesOf(id)).toSorted()).toEqual(['consent.given', 'person.frozen', 'session.ended', 'set.queued', 'set.queued']);
      expect((await noticesOf(id)).map(({ kind }) => kind).toSorted()).toEqual(['first-sharing', 'frozen']);
      await liftByOrder(toNeeds(), id);
      expect(await findStatus(id)).toBe('active');
      expect(await get().storage.engine.findSessionByUid(uid, now, now - hour)).toBeUndefined();
      expect((await eventsTold(id)).toSorted()).toEqual(['account-disabled', 'account-disabled', 'account-enabled', 'account-enabled']);
    });

    it('of what is frozen is no change and no entry; many at once are one', async () => {
      const id = await createMember();
      const answers = await Promise.all(Array.from({ length: 8 }, async () => freezePerson(toNeeds(), byPerson(id))));
      expect(answers.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'already'), 'frozen']);
      expect(await typesOf(id)).toEqual(['person.frozen']);
    });

    it('leaves no way to add a passkey or to sign in, also where that was under way', async () => {
      const { passkeys, engine } = get().storage;
      const id = await createMember();
      const passkey = createPasskey(id);
      await passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered') });
      await freezePerson(toNeeds(), byPerson(id));
      const late = { passkey: createPasskey(id), invitationDigest: null, now, event: createEvent('passkey.registered') };
      expect(await passkeys.savePasskey(late)).toBe('enrolment/offer-ended');
      const session = createSession(id, { passkeyId: passkey.id });
      expect(await engine.commit([saveSession(session, null, true)], now)).toMatchObject({ ok: false, failure: 'session-ended' });
      expect(await passkeys.listPasskeys(id)).toHaveLength(1);
    });
  });

  describe('lifting a freeze', () => {
    it('waits for the delay, is an act with an entry, and asked twice does not begin anew', async () => {
      time.at = now;
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      const asked = { personId: id, by: 'passkey', actor: person } as const;
      expect(await beginUnfreeze(toNeeds(), asked)).toMatchObject({ ok: true, value: { dueAt: now + 24 * hour } });
      time.at = now + 23 * hour;
      expect(await beginUnfreeze(toNeeds(), asked)).toMatchObject({ ok: true, value: { dueAt: now + 24 * hour } });
      expect([await liftIfDue(toNeeds(), id), await findStatus(id)]).toEqual([false, 'frozen']);
      time.at = now + 24 * hour;
      const lifted = await Promise.all([liftDue(toNeeds()), liftIfDue(toNeeds(), id), liftIfDue(toNeeds(), id)]);
      expect(lifted.map(Number).reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(await findStatus(id)).toBe('active');
      expect((await typesOf(id)).toSorted()).toEqual(['person.frozen', 'person.unfreeze_begun', 'person.unfrozen']);
      time.at = now;
    });

    it('is not the person’s where an operator ordered it, before or during the delay', async () => {
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      const atCounter = { personId: id, by: 'counter', actor: { kind: 'officer', ref: 'o' } } as const;
      expect(await beginUnfreeze(toNeeds(), atCounter)).toMatchObject({ code: 'proofing/evidence-incomplete' });
      expect(await beginUnfreeze(toNeeds(), { ...atCounter, evidence: seenInPresence })).toMatchObject({ ok: true });
      expect(await freezePerson(toNeeds(), { personId: id, how: 'command', authority: 'ordered', actor: operator })).toBe('frozen');
      time.at = now + 48 * hour;
      expect([await liftIfDue(toNeeds(), id), await liftDue(toNeeds()), await findStatus(id)]).toEqual([false, 0, 'frozen']);
      expect(await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person })).toMatchObject({ code: 'freeze/ordered' });
      expect([await liftByOrder(toNeeds(), id), await findStatus(id)]).toEqual([true, 'active']);
      expect(await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person })).toMatchObject({ code: 'freeze/none' });
      time.at = now;
    });

    it('is not the person’s where the status came by an order', async () => {
      const id = await createMember();
      await get().storage.people.saveStatus(id, 'frozen', createStatusSaid());
      expect(await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person })).toMatchObject({ code: 'freeze/ordered' });
      await get().storage.people.saveStatus(id, 'active', createStatusSaid());
      expect(await get().storage.protection.findFreezes(id)).toEqual([]);
    });

    it.each(['suspended', 'deceased', 'emigrated'] as const)('is none of what lays %s above it and takes it back', async (above) => {
      const { people, protection } = get().storage;
      const id = await createMember();
      const turn = async (from: PersonStatus, to: PersonStatus) => people.turnStatus({ personId: id, from, to, ...createStatusSaid() });
      const conflict = { code: 'store/conflict' };
      await freezePerson(toNeeds(), byPerson(id));
      const frozen = await protection.findFreezes(id);
      await expect(turn('frozen', 'active')).rejects.toMatchObject(conflict);
      await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person });
      await turn('frozen', above);
      time.at = now + 48 * hour;
      expect([await liftIfDue(toNeeds(), id), await liftDue(toNeeds()), await findStatus(id)]).toEqual([false, 0, above]);
      await expect(turn(above, 'active')).rejects.toMatchObject(conflict);
      await expect(people.saveStatus(id, 'active', createStatusSaid())).rejects.toMatchObject(conflict);
      await turn(above, 'frozen');
      expect([await findStatus(id), await people.hasFreeze(id)]).toEqual(['frozen', true]);
      expect(await protection.findFreezes(id)).toMatchObject(frozen.map(({ id: of, authority }) => ({ id: of, authority })));
      expect([await liftIfDue(toNeeds(), id), await findStatus(id), await people.hasFreeze(id)]).toEqual([true, 'active', false]);
      await turn('active', above);
      await expect(turn(above, 'frozen')).rejects.toMatchObject(conflict);
      await turn(above, 'active');
      time.at = now;
    });

    it('never waits less than a day, whatever the settings say', async () => {
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      const hasty = { ...toNeeds(), unfreezeDelayMs: 1 };
      expect(await beginUnfreeze(hasty, { personId: id, by: 'passkey', actor: person })).toMatchObject({
        value: { dueAt: now + 24 * hour },
      });
      await liftByOrder(toNeeds(), id);
    });

    it('that waits ends at one press of whoever began it, and a press that comes after its end closes nothing', async () => {
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      const begin = async (): Promise<string> => {
        const begun = await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person });
        return begun.ok ? begun.value.freezeId : begun.code;
      };
      await Promise.all([keepFrozen(toNeeds(), await begin()), keepFrozen(toNeeds(), await begin())]);
      expect((await toNeeds().protection.findFreezes(id)).map(({ unfreezeAt }) => unfreezeAt)).toEqual([null]);
      const freezeId = await begin();
      time.at = now + 24 * hour;
      expect(await liftIfDue(toNeeds(), id)).toBe(true);
      await keepFrozen(toNeeds(), freezeId);
      expect(await findStatus(id)).toBe('active');
      time.at = now;
    });

    it('that waits ends when somebody freezes again', async () => {
      const id = await createMember();
      const code = await makeFreezeCode(toNeeds(), id);
      await freezePerson(toNeeds(), byPerson(id));
      await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person });
      expect(await freezeByCode(toNeeds(), code)).toBe('frozen');
      time.at = now + 48 * hour;
      expect([await liftIfDue(toNeeds(), id), await findStatus(id)]).toEqual([false, 'frozen']);
      time.at = now;
    });
  });

  describe('a freeze code', () => {
    it('works once and as people type it; an older one never again', async () => {
      const id = await createMember();
      const first = await makeFreezeCode(toNeeds(), id);
      const second = await makeFreezeCode(toNeeds(), id);
      expect(await freezeByCode(toNeeds(), first)).toBe('unknown');
      expect(await findStatus(id)).toBe('active');
      const typed = ` ${second.slice(0, 4).toLowerCase()} ${second.slice(4, 9)}-${second.slice(9)}`;
      const answers = await Promise.all(Array.from({ length: 8 }, async () => freezeByCode(toNeeds(), typed)));
      expect(answers.filter((answer) => answer === 'frozen')).toHaveLength(1);
      expect([await findStatus(id), await freezeByCode(toNeeds(), second)]).toEqual(['frozen', 'unknown']);
      expect((await typesOf(id)).filter((type) => type === 'person.frozen')).toHaveLength(1);
      expect(JSON.stringify(await read('SELECT digest FROM freeze_codes WHERE person_id = ?', id))).not.toContain(second);
    });

    it('is not used up where there is nothing left to close', async () => {
      const id = await createMember();
      const code = await makeFreezeCode(toNeeds(), id);
      await freezePerson(toNeeds(), byPerson(id));
      expect(await freezeByCode(toNeeds(), code)).toBe('already');
      await liftByOrder(toNeeds(), id);
      expect([await freezeByCode(toNeeds(), code), await findStatus(id)]).toEqual(['frozen', 'frozen']);
    });
  });
}
