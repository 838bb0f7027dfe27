// What every store of passkeys promises.

import { describe, expect, it } from 'vitest';
import type { Level } from '../../src/domain/kernel/levels.ts';
import type { Ceremony } from '../../src/domain/passkeys/passkey.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, createPerson, createSession, later, now, saveSession } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

const createCeremony = (changes: Partial<Ceremony> = {}): Ceremony => ({
  id: createName(),
  challenge: createName(),
  purpose: 'sign-in',
  personId: null,
  binding: createName(),
  expiresAt: later,
  ...changes,
});

export function describePasskeysStore(get: () => OpenedDatabase): void {
  const createMember = async (): Promise<string> => {
    const person = createPerson();
    await get().storage.people.savePeople([person], []);
    return person.id;
  };
  const invite = async (personId: string): Promise<string> => {
    const digest = createName();
    await get().storage.people.saveInvitation(
      { digest, personId, createdAt: now, expiresAt: later, ceiling: 'substantial' },
      createEvent('person.invited'),
    );
    return digest;
  };
  const register = async (passkey: ReturnType<typeof createPasskey>, invitationDigest: string | null, at = now): Promise<string> =>
    get().storage.passkeys.savePasskey({ passkey, invitationDigest, now: at, event: createEvent('passkey.registered') });
  const end = async (personId: string, ids: readonly string[] | null, keepsOne = true): Promise<boolean> =>
    get().storage.passkeys.endPasskeys({
      personId,
      ids,
      reason: 'removed',
      at: later,
      keepsOne,
      events: [createEvent('person.changed')],
      sealSessionEnd: () => createEvent('session.ended'),
    });

  describe('ceremonies', () => {
    it('are taken once, with everything they were bound to', async () => {
      const { passkeys } = get().storage;
      const ceremony = createCeremony({ purpose: 'add-passkey', personId: createName() });
      await passkeys.saveCeremony(ceremony);
      expect(await passkeys.takeCeremony(ceremony.id)).toEqual(ceremony);
      expect(await passkeys.takeCeremony(ceremony.id)).toBeUndefined();
    });

    it('have one winner when many answers arrive at once', async () => {
      const { passkeys } = get().storage;
      const ceremony = createCeremony();
      await passkeys.saveCeremony(ceremony);
      const taken = await Promise.all(Array.from({ length: 32 }, async () => passkeys.takeCeremony(ceremony.id)));
      expect(taken.filter((won) => won !== undefined)).toEqual([ceremony]);
    });
  });

  describe('passkeys', () => {
    it('are found by credential id and listed for their person, oldest first', async () => {
      const { passkeys } = get().storage;
      const personId = await createMember();
      const [older, newer] = [
        createPasskey(personId, { counter: 4_000_000_000, transports: [] }),
        createPasskey(personId, { createdAt: later }),
      ];
      expect([await register(newer, null), await register(older, null)]).toEqual(['saved', 'saved']);
      expect(await passkeys.findPasskey(older.id)).toEqual(older);
      expect(await passkeys.listPasskeys(personId)).toEqual([older, newer]);
      expect(await passkeys.findPasskey(createName())).toBeUndefined();
    });

    it('use up the invitation and write the event in the same act', async () => {
      const personId = await createMember();
      const digest = await invite(personId);
      const before = await countEntries(get());
      expect(await register(createPasskey(personId), digest)).toBe('saved');
      expect(await get().storage.people.findInvitation(digest, now)).toBeUndefined();
      expect(await countEntries(get())).toBe(before + 1);
      expect(await register(createPasskey(personId), digest)).toBe('enrolment/invalid-link');
      expect(await countEntries(get())).toBe(before + 1);
    });

    it('are not registered by an invitation that expired or is for somebody else', async () => {
      const [personId, otherId] = [await createMember(), await createMember()];
      const digest = await invite(personId);
      expect(await register(createPasskey(personId), digest, later)).toBe('enrolment/invalid-link');
      expect(await register(createPasskey(otherId), digest)).toBe('enrolment/invalid-link');
      expect(await get().storage.passkeys.listPasskeys(otherId)).toEqual([]);
    });

    it('get their ceiling from the invitation that binds them, whatever they say themselves', async () => {
      const { people, passkeys } = get().storage;
      const bind = async (ceiling: Level): Promise<Level | undefined> => {
        const [personId, digest] = [await createMember(), createName()];
        await people.saveInvitation({ digest, personId, createdAt: now, expiresAt: later, ceiling }, createEvent('person.invited'));
        const passkey = createPasskey(personId, { ceiling: ceiling === 'high' ? 'substantial' : 'high' });
        expect(await register(passkey, digest)).toBe('saved');
        return (await passkeys.findPasskey(passkey.id))?.ceiling;
      };
      expect([await bind('high'), await bind('substantial')]).toEqual(['high', 'substantial']);
    });

    it('are not registered by the invitation of somebody who is not active any more', async () => {
      const { people, passkeys } = get().storage;
      const personId = await createMember();
      const digest = await invite(personId);
      await people.saveStatus(personId, 'frozen', createStatusSaid());
      expect(await register(createPasskey(personId), digest)).toBe('enrolment/invalid-link');
      await people.saveStatus(personId, 'active', createStatusSaid());
      // The link ended with the status, and does not come back with it.
      expect([await passkeys.listPasskeys(personId), await register(createPasskey(personId), digest)]).toEqual([
        [],
        'enrolment/invalid-link',
      ]);
      expect(await register(createPasskey(personId), await invite(personId))).toBe('saved');
    });

    it('leave the invitation unused when the credential id exists already', async () => {
      const [personId, otherId] = [await createMember(), await createMember()];
      const passkey = createPasskey(otherId);
      await register(passkey, null);
      const digest = await invite(personId);
      const before = await countEntries(get());
      expect(await register({ ...passkey, personId }, digest)).toBe('passkey/already-registered');
      expect(await get().storage.people.findInvitation(digest, now)).toBeDefined();
      expect(await get().storage.passkeys.findPasskey(passkey.id)).toEqual(passkey);
      expect(await countEntries(get())).toBe(before);
    });

    it('are registered once when one link is used many times at once', async () => {
      const personId = await createMember();
      const digest = await invite(personId);
      const outcomes = await Promise.all(Array.from({ length: 16 }, async () => register(createPasskey(personId), digest)));
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(await get().storage.passkeys.listPasskeys(personId)).toHaveLength(1);
    });

    it.each([
      [5, 6, true],
      [5, 5, false],
      [5, 4, false],
      [5, 0, false],
      [0, 1, true],
      [0, 0, true],
      [4_000_000_000, 4_000_000_001, true],
    ])('with a counter at %i take a use at %i: %s', async (stored, used, isSaved) => {
      const { passkeys } = get().storage;
      const passkey = createPasskey(await createMember(), { counter: stored });
      await register(passkey, null);
      expect(await passkeys.saveUse({ id: passkey.id, counter: used, isBackedUp: true, at: later })).toBe(isSaved);
      const after = isSaved ? { ...passkey, counter: used, isBackedUp: true, lastUsedAt: later } : passkey;
      expect(await passkeys.findPasskey(passkey.id)).toEqual(after);
    });

    it('that end open nothing any more, keep their id, and take the sessions that were begun with them along', async () => {
      const { passkeys, engine } = get().storage;
      const personId = await createMember();
      const [lost, kept] = [createPasskey(personId), createPasskey(personId)];
      await Promise.all([register(lost, null), register(kept, null)]);
      const [begun, other] = [createSession(personId, { passkeyId: lost.id }), createSession(personId, { passkeyId: kept.id })];
      await engine.commit([saveSession(begun, null, true), saveSession(other, null, true)], now);
      const before = await countEntries(get());
      expect(await end(personId, [lost.id])).toBe(true);
      expect(await countEntries(get())).toBe(before + 2);
      expect([await passkeys.findPasskey(lost.id), await passkeys.listPasskeys(personId)]).toEqual([undefined, [kept]]);
      expect(await passkeys.saveUse({ id: lost.id, counter: 9, isBackedUp: false, at: later })).toBe(false);
      expect(await register({ ...lost, personId: await createMember() }, null)).toBe('passkey/already-registered');
      expect((await engine.listSessions(personId, now, now)).map(({ uid }) => uid)).toEqual([other.uid]);
      expect(await engine.commit([saveSession(createSession(personId, { passkeyId: lost.id }), null, true)], now)).toMatchObject({
        ok: false,
      });
    });

    it('end all together or, where one has to stay, one is somebody else’s or had ended, not at all', async () => {
      const { passkeys } = get().storage;
      const personId = await createMember();
      const [first, second, foreign] = [createPasskey(personId), createPasskey(personId), createPasskey(await createMember())];
      await Promise.all([first, second, foreign].map(async (passkey) => register(passkey, null)));
      const before = await countEntries(get());
      expect([
        await end(personId, [first.id, second.id]),
        await end(personId, null),
        await end(personId, [foreign.id]),
        await end(personId, [first.id, createName()]),
      ]).toEqual([false, false, false, false]);
      expect([await countEntries(get()), (await passkeys.listPasskeys(personId)).length]).toEqual([before, 2]);
      expect(await end(personId, null, false)).toBe(true);
      expect([await passkeys.listPasskeys(personId), await end(personId, [first.id], false)]).toEqual([[], false]);
      expect(await passkeys.findPasskey(foreign.id)).toEqual(foreign);
    });

    it('of which one is to stay leave one, also when the last two are ended at the same moment', async () => {
      for (let round = 0; round < 8; round += 1) {
        const personId = await createMember();
        const [first, second] = [createPasskey(personId), createPasskey(personId)];
        await Promise.all([register(first, null), register(second, null)]);
        const ended = await Promise.all([end(personId, [first.id]), end(personId, [second.id])]);
        expect(ended.filter(Boolean)).toHaveLength(1);
      }
    });
  });
}
