// What every store of the engine's sessions promises.

import { describe, expect, it } from 'vitest';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { EngineSession, EngineWrite } from '../../src/oidc/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { countEntries } from './count-entries.ts';
import { createEvent, createName, createPasskey, createPerson, createSession, later, now, saveSession } from '../support/store-samples.ts';
import { createStatusSaid } from '../support/status-said.ts';

export function describeEngineSessions(get: () => OpenedDatabase): void {
  const find = async (key: string, at = now, idleSince = 0): Promise<EngineSession | undefined> =>
    get().storage.engine.findSession(key, at, idleSince);
  const commit = async (...writes: readonly EngineWrite[]): Promise<unknown> => get().storage.engine.commit(writes, now);
  const end = (uid: string, told: SealedEvent | null = null): EngineWrite => ({ kind: 'end-session', uid, at: now, told });

  describe('a session', () => {
    it('is found by the digest of its cookie value and by its uid, until it expires', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      expect(await find(session.key)).toEqual(session);
      expect(await get().storage.engine.findSessionByUid(session.uid, now, 0)).toEqual(session);
      expect(await find(session.key, later)).toBeUndefined();
      expect(await get().storage.engine.findSessionByUid(session.uid, later, 0)).toBeUndefined();
    });

    it('is not found once it was idle for too long', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      expect(await find(session.key, now, now)).toEqual(session);
      expect(await find(session.key, now, now + 1)).toBeUndefined();
      expect(await get().storage.engine.findSessionByUid(session.uid, now, now + 1)).toBeUndefined();
    });

    it('is not found while its person is not active', async () => {
      const { people } = get().storage;
      const person = createPerson();
      await people.savePeople([person], []);
      const session = createSession(person.id);
      await commit(saveSession(session));
      expect(await find(session.key)).toEqual(session);
      await people.saveStatus(person.id, 'frozen', createStatusSaid());
      expect(await find(session.key)).toBeUndefined();
      expect(await get().storage.engine.findSessionByUid(session.uid, now, 0)).toBeUndefined();
    });

    it('keeps since when and on what its person signed in, until another person does', async () => {
      const [one, other] = [createPerson(), createPerson()];
      await get().storage.people.savePeople([one, other], []);
      const nobody = createSession(null);
      await commit(saveSession(nobody));
      const signedIn = { ...nobody, personId: one.id, startedAt: now + 1, device: 'chrome/android' };
      await commit(saveSession(signedIn));
      expect(await find(nobody.key)).toEqual(signedIn);
      await commit(saveSession({ ...signedIn, startedAt: now + 2, device: 'safari/mac', lastSeenAt: now + 2 }));
      expect(await find(nobody.key)).toEqual({ ...signedIn, lastSeenAt: now + 2 });
      const switched = { ...nobody, personId: other.id, startedAt: now + 3, device: 'safari/mac' };
      await commit(saveSession(switched));
      expect(await find(nobody.key)).toEqual(switched);
    });

    it('that was said to be on a computer that others use stays so, until another person signs in', async () => {
      const [one, other] = [createPerson(), createPerson()];
      await get().storage.people.savePeople([one, other], []);
      const session = createSession(one.id);
      await commit(saveSession(session));
      expect((await find(session.key))?.isShared).toBe(false);
      await commit(saveSession({ ...session, isShared: true }));
      await commit(saveSession(session));
      expect((await find(session.key))?.isShared).toBe(true);
      expect((await get().storage.engine.listSessions(one.id, now, 0)).map(({ isShared }) => isShared)).toEqual([true]);
      await commit(saveSession({ ...session, personId: other.id }));
      expect((await find(session.key))?.isShared).toBe(false);
    });

    it('is listed for its person while it is alive, the last used first', async () => {
      const { storage } = get();
      const [one, other] = [createPerson(), createPerson()];
      await storage.people.savePeople([one, other], []);
      const list = async (at = now, idleSince = 0): Promise<readonly string[]> =>
        (await storage.engine.listSessions(one.id, at, idleSince)).map(({ uid }) => uid);
      const [older, newer, ended] = [createSession(one.id, { lastSeenAt: now - 5 }), createSession(one.id), createSession(one.id)];
      await commit(
        ...[older, newer, ended, createSession(other.id), createSession(null)].map((session) => saveSession(session)),
        end(ended.uid),
      );
      expect(await list()).toEqual([newer.uid, older.uid]);
      expect((await storage.engine.listSessions(one.id, now, 0))[1]).toEqual(older);
      expect(await list(now, now - 4)).toEqual([newer.uid]);
      expect(await list(later)).toEqual([]);
      await storage.people.saveStatus(one.id, 'frozen', createStatusSaid());
      expect(await list()).toEqual([]);
    });

    it('ends where a sign-in finds no room for it: the one unused for longest, in one act, also when sign-ins come at once', async () => {
      const { storage } = get();
      const person = createPerson();
      await storage.people.savePeople([person], []);
      const passkey = createPasskey(person.id);
      await storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered') });
      const room = { most: 3, seenSince: 0, sharedSeenSince: now - 10, seal: () => createEvent('session.ended', { personRef: person.id }) };
      const signIn = async (changes: Partial<EngineSession>): Promise<string> => {
        const session = createSession(person.id, { passkeyId: passkey.id, ...changes });
        await commit({ kind: 'save-session', session, previousKey: null, isSignIn: true, room, at: now });
        return session.uid;
      };
      const list = async (): Promise<readonly string[]> => (await storage.engine.listSessions(person.id, now, 0)).map(({ uid }) => uid);
      const unused = await signIn({ lastSeenAt: now - 50, isShared: true });
      const first = await signIn({ lastSeenAt: now - 40 });
      const second = await signIn({ lastSeenAt: now - 30 });
      const third = await signIn({ lastSeenAt: now - 20 });
      const before = await countEntries(get());
      expect(await list()).toEqual([third, second, first, unused]);
      const fourth = await signIn({ lastSeenAt: now - 60 });
      expect(await list()).toEqual([third, second, unused, fourth]);
      expect(await countEntries(get())).toBe(before + 1);
      await Promise.all(Array.from({ length: 6 }, async () => signIn({ lastSeenAt: now })));
      expect((await list()).filter((uid) => uid !== unused)).toHaveLength(3);
      expect(await countEntries(get())).toBe(before + 7);
    });

    const createSigned = async () => {
      const { storage } = get();
      const person = createPerson();
      await storage.people.savePeople([person], []);
      const passkey = createPasskey(person.id);
      await storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered') });
      const toSignIn = (answeredAt: number, changes: Partial<EngineSession> = {}) =>
        ({ ...saveSession(createSession(person.id, { passkeyId: passkey.id, ...changes }), null, true), answeredAt }) as const;
      return { person, toSignIn };
    };
    const endSignIns = (personId: string, except: string | null, seal = () => createEvent('session.ended')): EngineWrite => ({
      kind: 'end-sign-ins',
      personId,
      except,
      at: now,
      seenSince: 0,
      sharedSeenSince: 0,
      seal,
    });

    it('SE-07 begins with no sign-in that was answered before all of them ended, however late it is followed', async () => {
      const { person, toSignIn } = await createSigned();
      await commit(toSignIn(now - 9), toSignIn(now - 8));
      const before = await countEntries(get());
      await commit(endSignIns(person.id, null));
      expect(await countEntries(get())).toBe(before + 2);
      expect(await get().storage.engine.listSessions(person.id, now, 0)).toEqual([]);
      for (const answeredAt of [now - 1, now]) {
        expect(await commit(toSignIn(answeredAt))).toEqual({ ok: false, failure: 'session-ended' });
      }
      const { answeredAt: _answered, ...unsaid } = toSignIn(now + 1);
      expect(await commit(unsaid)).toEqual({ ok: false, failure: 'session-ended' });
      expect(await commit(toSignIn(now + 1))).toEqual({ ok: true });
    });

    it('SE-07 goes on where all others end, and takes an answer of before in itself', async () => {
      const { person, toSignIn } = await createSigned();
      const [own, other] = [toSignIn(now - 9), toSignIn(now - 8)];
      await commit(own, other);
      await commit(endSignIns(person.id, own.session.uid));
      expect((await get().storage.engine.listSessions(person.id, now, 0)).map(({ uid }) => uid)).toEqual([own.session.uid]);
      expect(await commit(own)).toEqual({ ok: true });
      expect(await commit(other)).toEqual({ ok: false, failure: 'session-ended' });
      expect(await commit(toSignIn(now - 1))).toEqual({ ok: false, failure: 'session-ended' });
    });

    it('begins with no sign-in that was answered before its person was suspended or frozen, once they are active again', async () => {
      for (const status of ['suspended', 'frozen'] as const) {
        const { person, toSignIn } = await createSigned();
        const { people } = get().storage;
        await people.saveStatus(person.id, status, createStatusSaid({ ...createEvent('person.status_changed'), at: now }));
        await people.saveStatus(person.id, 'active', createStatusSaid());
        expect(await commit(toSignIn(now - 1))).toEqual({ ok: false, failure: 'session-ended' });
        expect(await commit(toSignIn(Number.MAX_SAFE_INTEGER))).toEqual({ ok: true });
      }
    });

    it('is found by the value before a rotation for ten seconds', async () => {
      const session = createSession(null);
      const rotated = { ...session, key: createName() };
      await commit(saveSession(session), saveSession(rotated, session.key));
      expect([await find(rotated.key), await find(session.key, now + 9_999)]).toEqual([rotated, rotated]);
      expect(await find(session.key, now + 10_000)).toBeUndefined();
      expect(await find(rotated.key, now + 10_000)).toEqual(rotated);
    });

    it('is not given back to the value before a rotation by a request that was still under way', async () => {
      const session = createSession(null);
      const rotated = { ...session, key: createName() };
      await commit(saveSession(session), saveSession(rotated, session.key));
      await commit(saveSession({ ...session, payload: '{"late":true}' }));
      expect(await find(rotated.key)).toEqual({ ...rotated, payload: '{"late":true}' });
      expect(await find(session.key, now + 10_000)).toBeUndefined();
    });

    it('never comes back once ended, whatever was in flight', async () => {
      const session = createSession(null);
      const rotated = { ...session, key: createName() };
      await commit(saveSession(session), saveSession(rotated, session.key));
      await commit(end(session.uid));
      for (const late of [saveSession(rotated), saveSession({ ...session, key: createName() }, rotated.key)]) {
        expect(await commit(late)).toEqual({ ok: false, failure: 'session-ended' });
      }
      expect([await find(session.key), await find(rotated.key)]).toEqual([undefined, undefined]);
      expect(await get().storage.engine.findSessionByUid(session.uid, now, 0)).toBeUndefined();
    });

    it('that ended before it was first saved is not saved', async () => {
      const session = createSession(null);
      await commit(end(session.uid));
      expect(await commit(saveSession(session))).toEqual({ ok: false, failure: 'session-ended' });
    });

    it('is seen later when its person reads, never earlier, and not at all once it has ended', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      const seenAfter = async (at: number): Promise<unknown> => {
        expect(await commit({ kind: 'touch-session', uid: session.uid, at, isNeeded: false })).toEqual({ ok: true });
        const [row] = await get().engine.read({ text: 'SELECT last_seen_at AS at FROM sessions WHERE uid = ?', values: [session.uid] });
        return Number(row?.['at']);
      };
      expect([await seenAfter(now + 5000), await seenAfter(now + 2000), await seenAfter(now + 6000)]).toEqual([
        now + 5000,
        now + 5000,
        now + 6000,
      ]);
      await commit(end(session.uid));
      const [before] = await get().engine.read({ text: 'SELECT last_seen_at AS at FROM sessions WHERE uid = ?', values: [session.uid] });
      expect(await seenAfter(now + 9000)).toBe(Number(before?.['at']));
      expect(await find(session.key)).toBeUndefined();
    });

    it('is seen while it is alive, and fails the commit that needs it once it has ended', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      const see = async (): Promise<unknown> => commit({ kind: 'touch-session', uid: session.uid, at: now + 5000, isNeeded: true });
      expect(await see()).toEqual({ ok: true });
      await commit(end(session.uid));
      expect(await see()).toEqual({ ok: false, failure: 'session-ended' });
    });

    it('can be ended twice', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      expect([await commit(end(session.uid)), await commit(end(session.uid))]).toEqual([{ ok: true }, { ok: true }]);
    });

    it('is told of once, however often and by however many it is ended', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      const before = await countEntries(get());
      const endAndTell = async (): Promise<unknown> => commit(end(session.uid, createEvent('session.ended')));
      const ended = await Promise.all(Array.from({ length: 5 }, endAndTell));
      expect([...ended, await endAndTell()]).toEqual(Array.from({ length: 6 }, () => ({ ok: true })));
      expect((await countEntries(get())) - before).toBe(1);
    });

    it('stays dead whichever of a logout and many late saves comes first', async () => {
      const session = createSession(null);
      await commit(saveSession(session));
      await Promise.all([...Array.from({ length: 12 }, async () => commit(saveSession(session))), commit(end(session.uid))]);
      expect(await find(session.key)).toBeUndefined();
    });
  });
}
