// What every store promises of notices about a person's access: they follow entries, none is buried, and "this wasn't me" is one case, however often it is said.

import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createFormerAddress } from '../../src/domain/declared/former-address.ts';
import { createUuid, systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { beginUnfreeze } from '../../src/domain/protection/begin-unfreeze.ts';
import { noteCase } from '../../src/domain/protection/case.ts';
import { disownAct } from '../../src/domain/protection/disown-act.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { liftDue } from '../../src/domain/protection/lift-freezes.ts';
import { makeFreezeCode } from '../../src/domain/protection/make-freeze-code.ts';
import { aloneADay, disownableMs, isDisownable } from '../../src/domain/protection/notice.ts';
import type { SecurityNotice } from '../../src/domain/protection/notice.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createProtectionScene, hour, person } from '../support/protection-scene.ts';
import { createEvent, createName, createPasskey, now } from '../support/store-samples.ts';

export function describeSecurityNotices(get: () => OpenedDatabase): void {
  const { time, toNeeds, read, findStatus, typesOf, noticesOf, eventsTold, createMember, createBusy, byPerson } =
    createProtectionScene(get);

  /** A moment after the one before. */
  const signIn = (personRef: string, passkeyId: string, device: string) => ({
    ...sealEvent({ clock: { now: () => (time.at += 1) }, random: systemRandom }, { type: 'session.started', personRef, actor: person }),
    seenOn: { passkeyId, device },
  });

  describe('notices', () => {
    it('tell of a sign-in on a new kind of device or with a new passkey, and of no other, with one letter each', async () => {
      const id = await createMember();
      const seen = [
        ['one', 'chrome/android'],
        ['one', 'chrome/android'],
        ['one', 'firefox/linux'],
        ['two', 'firefox/linux'],
        ['two', 'chrome/android'],
      ] as const;
      for (const [passkey, device] of seen) {
        await get().append([signIn(id, passkey, device)]);
      }
      expect((await noticesOf(id)).map(({ device }) => device).toReversed()).toEqual(['chrome/android', 'firefox/linux', 'firefox/linux']);
      const letters = await read("SELECT body FROM outbox WHERE person_id = ? AND topic = 'notice'", id);
      expect(letters.map((row) => String(row['body'])).toSorted()).toEqual(
        (await noticesOf(id)).map((notice) => JSON.stringify({ notice: notice.id })).toSorted(),
      );
      time.at = now + 91 * 24 * hour;
      await get().append([signIn(id, 'two', 'chrome/android')]);
      expect(await noticesOf(id)).toHaveLength(4);
      time.at = now;
    });

    it('tell once of the first passkey of somebody and of its first use where it was made, and of every other passkey and place', async () => {
      const id = await createMember();
      const add = async (device: string): Promise<string> => {
        const passkey = createPasskey(id);
        const sealed = sealEvent(
          { clock: { now: () => (time.at += 1) }, random: systemRandom },
          { type: 'passkey.registered', personRef: id, actor: person },
        );
        const event = { ...sealed, seenOn: { passkeyId: passkey.id, device } };
        expect(await get().storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event })).toBe('saved');
        return passkey.id;
      };
      const told = async () => (await noticesOf(id)).map(({ kind, device }) => [kind, device]);
      const first = await add('chrome/android');
      await get().append([signIn(id, first, 'chrome/android')]);
      expect(await told()).toEqual([['enrolled', 'chrome/android']]);
      expect(await read("SELECT id FROM outbox WHERE person_id = ? AND topic = 'notice'", id)).toHaveLength(1);
      const ended = { personId: id, ids: [first], reason: 'removed', at: now, keepsOne: false, events: [] } as const;
      await get().storage.passkeys.endPasskeys({ ...ended, sealSessionEnd: () => createEvent('session.ended', { personRef: id }) });
      const second = await add('safari/iphone');
      await get().append([signIn(id, second, 'safari/iphone'), signIn(id, second, 'chrome/android')]);
      expect(await told()).toEqual([
        ['new-device', 'safari/iphone'],
        ['passkey-added', 'safari/iphone'],
        ['enrolled', 'chrome/android'],
      ]);
    });

    it('are folded when one kind comes too often, so that nobody is buried under letters', async () => {
      const id = await createMember();
      for (let count = 0; count < 20; count += 1) {
        await get().append([signIn(id, `passkey ${count}`, 'chrome/android')]);
      }
      const notices = await noticesOf(id);
      expect(notices).toHaveLength(aloneADay);
      expect(notices.map(({ count }) => count).toSorted((one, other) => other - one)).toEqual([15, 1, 1, 1, 1, 1]);
      expect(await read("SELECT id FROM outbox WHERE person_id = ? AND topic = 'notice'", id)).toHaveLength(aloneADay);
    });

    it('tell of an enrolment link for somebody who has a passkey or had one, and of no first one', async () => {
      const { id } = await createBusy();
      const kinds = async (personId: string) => (await noticesOf(personId)).map(({ kind }) => kind).filter((kind) => kind === 'link-made');
      await get().append([createEvent('person.invited', { personRef: id })]);
      const ended = { personId: id, ids: null, reason: 'recovered', at: now, keepsOne: false, events: [] } as const;
      await get().storage.passkeys.endPasskeys({ ...ended, sealSessionEnd: () => createEvent('session.ended', { personRef: id }) });
      await get().append([createEvent('person.invited', { personRef: id })]);
      const first = await createMember();
      await get().append([createEvent('person.invited', { personRef: first })]);
      expect([await kinds(id), await kinds(first)]).toEqual([['link-made', 'link-made'], []]);
    });

    it('come in pages, the newest first, and stay with their person', async () => {
      const [id, other] = [await createMember(), await createMember()];
      await get().append(['a/', 'b/', 'c/'].map((device) => signIn(id, 'one', device)));
      await get().append([signIn(other, 'one', 'd/')]);
      const { protection } = get().storage;
      const first = await protection.readNotices(id, { after: null, limit: 2 });
      const second = await protection.readNotices(id, { after: first.next, limit: 2 });
      expect([...first.notices, ...second.notices].map(({ device }) => device)).toEqual(['c/', 'b/', 'a/']);
      expect([second.next, await protection.countNotices(id, now - hour)]).toEqual([null, 3]);
    });

    it('keep nothing of somebody whose account is closed', async () => {
      const id = await createMember();
      await get().append([signIn(id, 'one', 'chrome/android')]);
      await freezePerson(toNeeds(), byPerson(id));
      await makeFreezeCode(toNeeds(), id);
      const erasure = { personId: id, handle: createName(), registryDigest: createName(), event: createEvent('person.erased') };
      expect(await get().storage.erasures.erasePerson(erasure)).toBe('erased');
      await get().append([signIn(id, 'one', 'chrome/android')]);
      for (const table of ['freezes', 'freeze_codes', 'security_notices', 'known_devices', 'former_addresses']) {
        expect(await read(`SELECT person_id FROM ${table} WHERE person_id = ?`, id)).toEqual([]);
      }
      expect(await read("SELECT id FROM outbox WHERE person_id = ? AND topic = 'notice'", id)).toEqual([]);
    });
  });

  describe('a proven address that was replaced', () => {
    const dataKey = createSecretKey(Buffer.alloc(32, 7));

    /** The id under which the address before is kept. */
    const replaceAddress = async (personId: string): Promise<string> => {
      const at = (time.at += 1);
      const former = createFormerAddress({ random: systemRandom, dataKey }, { personId, email: `${at}@example.test`, replacedAt: at });
      const { declared: held } = (await get().storage.people.findPerson(personId)) ?? {};
      const changed = {
        type: 'person.changed',
        personRef: personId,
        actor: person,
        attributes: ['email'],
        payload: { proof: 'code' },
      } as const;
      const event = sealEvent({ clock: { now: () => at }, random: systemRandom }, changed);
      const declared = { wrappedKey: createName(), ciphertext: createName() };
      const saved = { personId, expected: held?.ciphertext ?? null, declared, proven: null, event, messages: [], former };
      expect(await get().storage.declared.saveDeclared(saved)).toBe('saved');
      return former.id;
    };

    const lettersTo = async (former: string) =>
      read("SELECT id FROM outbox WHERE topic = 'notice' AND body LIKE ?", `%"former":"${former}"%`);

    it('hears that a recovery has begun, which the addresses of now learn by a letter of its own', async () => {
      const id = await createMember();
      const former = await replaceAddress(id);
      const event = sealEvent(
        { clock: { now: () => time.at + 8 * 24 * hour }, random: systemRandom },
        { type: 'recovery.begun', personRef: id, actor: person },
      );
      await get().append([event]);
      const letters = await read("SELECT body FROM outbox WHERE topic = 'notice' AND id LIKE ?", `${event.id}%`);
      expect(letters.map(({ body }) => body)).toEqual([JSON.stringify({ notice: event.id, former })]);
    });

    it('hears that it was replaced, however many were before it, and nobody’s hears of everything without an end', async () => {
      const id = await createMember();
      const replaced: string[] = [];
      for (let count = 0; count < aloneADay + 4; count += 1) {
        replaced.push(await replaceAddress(id));
      }
      const told: number[] = [];
      for (const former of replaced) {
        told.push((await lettersTo(former)).length);
      }
      expect(told).toEqual([6, 5, 4, 1, 1, 1, 1, 1, 1, 1]);
      expect(await noticesOf(id)).toHaveLength(aloneADay);
    });
  });

  describe('"this wasn’t me"', () => {
    const createNotice = async (id: string): Promise<SecurityNotice> => {
      await get().append([signIn(id, createUuid(systemRandom, time.at), 'chrome/android')]);
      const [newest] = await noticesOf(id);
      if (newest === undefined) {
        throw new Error('no notice');
      }
      return newest;
    };

    it('freezes and opens one case, however often and from however many places it is said', async () => {
      const { id } = await createBusy();
      const notice = await createNotice(id);
      const said = await Promise.all(Array.from({ length: 8 }, async () => disownAct(toNeeds(), notice)));
      const cases = new Set(said.map((outcome) => (outcome.ok ? outcome.value.caseNumber : outcome.code)));
      expect(said.filter((outcome) => outcome.ok && outcome.value.isNew)).toHaveLength(1);
      expect([...cases]).toEqual([expect.stringMatching(/^C-[0-9A-Z]{4}-[0-9A-Z]{4}$/)]);
      expect(await findStatus(id)).toBe('frozen');
      const types = await typesOf(id);
      expect(['person.frozen', 'person.disowned'].map((type) => types.filter((known) => known === type).length)).toEqual([1, 1]);
      expect((await eventsTold(id)).toSorted()).toEqual(['account-disabled', 'account-disabled', 'session-revoked']);
      expect(await get().storage.protection.findNotice(notice.id)).toMatchObject({
        caseNumber: [...cases][0],
        disownedAt: expect.any(Number),
      });
    });

    it('opens a case that officers find, note what they did, and close once', async () => {
      const id = await createMember();
      const notice = await createNotice(id);
      const said = await disownAct(toNeeds(), notice);
      const caseNumber = said.ok ? said.value.caseNumber : said.code;
      const { protection } = get().storage;
      const isListed = async (isOpen: boolean): Promise<boolean> =>
        (await protection.readCases({ isOpen, after: null, limit: 500 })).cases.some((found) => found.caseNumber === caseNumber);
      expect([await isListed(true), await isListed(false)]).toEqual([true, false]);
      const place = { personId: id, caseNumber };
      expect(await noteCase(toNeeds(), place, { officerId: 'o', step: 'spoke', isEnd: false })).toBe(true);
      const end = { officerId: 'o', step: 'devices', isEnd: true } as const;
      const ends = await Promise.all(Array.from({ length: 6 }, async () => noteCase(toNeeds(), place, end)));
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect(await noteCase(toNeeds(), place, { ...end, isEnd: false })).toBe(false);
      expect([await isListed(true), await isListed(false)]).toEqual([false, true]);
      expect((await typesOf(id)).filter((type) => type.startsWith('case.')).toSorted()).toEqual(['case.closed', 'case.noted']);
      expect(await findStatus(id)).toBe('frozen');
    });

    it('lists open cases from the one that waits longest, in pages', async () => {
      const { protection } = get().storage;
      for (const later of [3, 2, 1]) {
        time.at = now + later * hour;
        await disownAct(toNeeds(), await createNotice(await createMember()));
      }
      time.at = now;
      const first = await protection.readCases({ isOpen: true, after: null, limit: 2 });
      const second = await protection.readCases({ isOpen: true, after: first.next, limit: 500 });
      const times = [...first.cases, ...second.cases].map(({ disownedAt }) => Number(disownedAt));
      expect([first.cases.length, times]).toEqual([2, times.toSorted((one, other) => one - other)]);
      expect(new Set([...first.cases, ...second.cases].map(({ id }) => id)).size).toBe(times.length);
    });

    it('stops the lifting of a freeze that waits, and that is how it is cancelled', async () => {
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person });
      const notice = (await noticesOf(id)).find(({ kind }) => kind === 'unfreeze-begun');
      expect(notice && (await disownAct(toNeeds(), notice))).toMatchObject({ ok: true, value: { isNew: true } });
      time.at = now + 48 * hour;
      expect([await liftDue(toNeeds()), await findStatus(id)]).toEqual([0, 'frozen']);
      time.at = now;
    });

    it('comes too late after two weeks', async () => {
      const id = await createMember();
      const notice = await createNotice(id);
      time.at = notice.at + disownableMs;
      expect([isDisownable(notice, time.at), isDisownable(notice, time.at - 1)]).toEqual([false, true]);
      expect(await disownAct(toNeeds(), notice)).toMatchObject({ ok: false, code: 'notice/link-invalid' });
      expect(await findStatus(id)).toBe('active');
      time.at = now;
    });
  });
}
