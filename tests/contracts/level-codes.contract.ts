// What every store of level codes promises: one of them raises one passkey, in an open session of its person alone.

import { describe, expect, it } from 'vitest';
import type { Passkey } from '../../src/domain/passkeys/passkey.ts';
import type { SavedRegistration } from '../../src/domain/passkeys/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, createPerson, createSession, later, now, saveSession } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

export function describeLevelCodes(get: () => OpenedDatabase): void {
  const save = async (passkey: Passkey, right: Partial<SavedRegistration> = {}): Promise<string> =>
    get().storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered'), ...right });
  const prove = async (personId: string): Promise<string> => {
    const code = { digest: createName(), personId, expiresAt: later };
    const sealed = { wrappedKey: createName(), ciphertext: createName() };
    const proofing = { id: createName(), personId, at: now, isHigh: true, sealed };
    expect(await get().storage.proofings.saveLevelCode({ proofing, code, events: [] })).toBe('saved');
    return code.digest;
  };
  /** Somebody with a passkey, an open session, and a code in the hand. */
  const createHolder = async () => {
    const { people, engine } = get().storage;
    const person = createPerson();
    await people.savePeople([person], []);
    const session = createSession(person.id);
    await engine.commit([saveSession(session)], now);
    const passkey = createPasskey(person.id, { ceiling: 'substantial' });
    await save(passkey);
    return { personId: person.id, sessionUid: session.uid, passkey, codeDigest: await prove(person.id) };
  };
  type Holder = Awaited<ReturnType<typeof createHolder>>;
  const raise = async ({ passkey, ...holder }: Holder, at = now): Promise<string> =>
    get().storage.passkeys.raisePasskey({ ...holder, passkeyId: passkey.id, now: at, event: createEvent('passkey.raised') });
  const ceilingsOf = async (personId: string): Promise<readonly string[]> =>
    (await get().storage.passkeys.listPasskeys(personId)).map(({ ceiling }) => ceiling);

  describe('level codes', () => {
    it('raise one passkey with its entry, once, however many come at once', async () => {
      const holder = await createHolder();
      const before = await countEntries(get());
      const outcomes = await Promise.all(Array.from({ length: 12 }, async () => raise(holder)));
      expect(outcomes.filter((outcome) => outcome !== 'level-code/refused')).toEqual(['saved']);
      expect([await ceilingsOf(holder.personId), await countEntries(get())]).toEqual([['high'], before + 1]);
    });

    it('add one passkey that reaches high, whatever it says itself, once, however many come at once', async () => {
      const { personId, sessionUid, codeDigest } = await createHolder();
      const added = Array.from({ length: 12 }, () => createPasskey(personId, { ceiling: 'substantial', createdAt: later }));
      const outcomes = await Promise.all(added.map(async (passkey) => save(passkey, { sessionUid, codeDigest })));
      expect(outcomes.filter((outcome) => outcome !== 'level-code/refused')).toEqual(['saved']);
      expect(await ceilingsOf(personId)).toEqual(['substantial', 'high']);
    });

    it('are worth nothing without an open session of their person', async () => {
      const { engine } = get().storage;
      const [holder, other] = [await createHolder(), await createHolder()];
      const { personId, codeDigest } = holder;
      const passkey = createPasskey(personId);
      expect(await save(passkey, { codeDigest })).toBe('level-code/refused');
      expect(await save(passkey, { codeDigest, sessionUid: other.sessionUid })).toBe('level-code/refused');
      expect(await raise({ ...holder, sessionUid: other.sessionUid })).toBe('session/ended');
      await engine.commit([{ kind: 'end-session', uid: holder.sessionUid, at: now, told: null }], now);
      expect(await raise(holder)).toBe('session/ended');
      expect(await ceilingsOf(personId)).toEqual(['substantial']);
      expect(await get().storage.passkeys.findLevelCode(codeDigest, now)).toBeDefined();
    });

    it('are for their person alone, until their time, and for passkeys of theirs that have not ended', async () => {
      const [holder, other] = [await createHolder(), await createHolder()];
      expect(await raise({ ...holder, codeDigest: other.codeDigest })).toBe('level-code/refused');
      expect(await raise({ ...holder, passkey: other.passkey })).toBe('passkey/gone');
      expect(await raise(holder, later)).not.toBe('saved');
      expect([await ceilingsOf(holder.personId), await ceilingsOf(other.personId)]).toEqual([['substantial'], ['substantial']]);
      expect(await raise(holder)).toBe('saved');
    });

    it('are no invitation, and an invitation is no level code', async () => {
      const holder = await createHolder();
      const { personId, sessionUid, codeDigest } = holder;
      expect(await get().storage.people.findInvitation(codeDigest, now)).toBeUndefined();
      expect(await save(createPasskey(personId), { invitationDigest: codeDigest })).toBe('enrolment/invalid-link');
      const invitation = { digest: createName(), personId, createdAt: now, expiresAt: later, ceiling: 'high' } as const;
      await get().storage.people.saveInvitation(invitation, createEvent('person.invited'));
      expect(await save(createPasskey(personId), { sessionUid, codeDigest: invitation.digest })).toBe('level-code/refused');
      expect(await raise({ ...holder, codeDigest: invitation.digest })).toBe('level-code/refused');
    });

    it.each(['suspended', 'frozen', 'deceased', 'emigrated'] as const)('end for good with the status %s', async (status) => {
      const holder = await createHolder();
      await get().storage.people.saveStatus(holder.personId, status, createStatusSaid());
      await get().storage.people.saveStatus(holder.personId, 'active', createStatusSaid());
      expect(await get().storage.passkeys.findLevelCode(holder.codeDigest, now)).toBeUndefined();
      expect(await ceilingsOf(holder.personId)).toEqual(['substantial']);
    });

    it('raise nothing where the entry cannot be written', async () => {
      const { passkey, ...holder } = await createHolder();
      const event = createEvent('passkey.raised');
      await get().append([event]);
      const raised = { ...holder, passkeyId: passkey.id, now, event };
      await expect(get().storage.passkeys.raisePasskey(raised)).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect([await ceilingsOf(holder.personId), await get().storage.passkeys.findLevelCode(holder.codeDigest, now)]).toMatchObject([
        ['substantial'],
        { digest: holder.codeDigest },
      ]);
    });
  });
}
