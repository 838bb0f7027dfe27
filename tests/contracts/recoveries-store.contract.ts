// What every store of recoveries promises: no step is skipped or taken twice, and a completed one ends everything before.

import { describe, expect, it } from 'vitest';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createRecoveryActs } from '../support/recovery-acts.ts';
import {
  createCounterRecovery,
  createHolder,
  createSampleOfficer,
  createWaitingRecovery,
  day,
  sealEnd,
  sendSampleCode,
} from '../support/recovery-samples.ts';
import {
  createArtefact,
  createEvent,
  createName,
  createOutboxMessage,
  createPasskey,
  createSession,
  later,
  now,
  saveArtefact,
  saveSession,
} from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const minute = 60_000;

export function describeRecoveriesStore(get: () => OpenedDatabase): void {
  const { store, begin, prepare, complete, open, stateOf } = createRecoveryActs(get);

  describe('recoveries by waiting', () => {
    it('begin with a code of the channel, once, and are found by person and by their cancel link', async () => {
      const { personId } = await createHolder(get().storage);
      const code = await sendSampleCode(get().storage, personId);
      const recovery = createWaitingRecovery(personId);
      const before = await countEntries(get());
      expect(await begin(recovery, code)).toBe('saved');
      expect(await countEntries(get())).toBe(before + 1);
      expect(await store().findRecovery(recovery.id)).toEqual(recovery);
      expect(await store().listOpen(personId, later)).toEqual([recovery]);
      expect(await store().findByCancel(recovery.cancelDigest, later)).toEqual(recovery);
      expect([await store().listOpen(personId, now + 9 * day), await store().findByCancel(recovery.cancelDigest, now + 9 * day)]).toEqual([
        [],
        undefined,
      ]);
      expect(await begin(createWaitingRecovery(personId), code)).toBe('recovery/code-wrong');
      expect(await begin(createWaitingRecovery(personId))).toBe('store/conflict');
      expect(await countEntries(get())).toBe(before + 1);
    });

    it('EN-10 one letter holds while its code lives, whoever asks again; nobody’s letter stays', async () => {
      const { personId } = await createHolder(get().storage);
      const code = await sendSampleCode(get().storage, personId, { expiresAt: later });
      const again = await sendSampleCode(get().storage, personId, { sentAt: now + 1 });
      expect([await store().findCode(code, now + 1), await store().findCode(again, now + 1)]).toMatchObject([{ personId }, undefined]);
      expect(await store().countCodes(personId, { since: now - 1, now })).toEqual({ sent: 1, isOneAlive: true });
      expect(await store().countCodes(personId, { since: now - 1, now: later })).toEqual({ sent: 1, isOneAlive: false });
      const message = createOutboxMessage({ topic: 'mail' });
      const stranger = { digest: createName(), personId: createName(), destinationDigest: 'x', sentAt: now, expiresAt: later };
      await store().saveCode({ code: stranger, isMeant: false, message });
      const kept = await get().engine.read({ text: 'SELECT id FROM outbox WHERE id = ?', values: [message.id] });
      expect([kept, await store().findCode(stranger.digest, now)]).toEqual([[], undefined]);
    });

    it('EN-11 are prepared after the waiting time alone, each time with a code of the channel, and completed by the newest code', async () => {
      const { personId } = await createHolder(get().storage);
      const recovery = createWaitingRecovery(personId);
      await begin(recovery);
      const due = now + day;
      const early = await sendSampleCode(get().storage, personId);
      expect(await prepare(recovery, due - 1, { channelCode: early })).toBe('recovery/over');
      expect(await complete(recovery, createName(), { at: due })).toBe('recovery/code-wrong');
      expect(await prepare(recovery, due, { channelCode: early, codeDigest: 'first' })).toBe('saved');
      expect(await prepare(recovery, due, { channelCode: early })).toBe('recovery/code-wrong');
      expect(await prepare(recovery, due + 1, { codeDigest: 'second' })).toBe('saved');
      expect([await store().findReady('first', due + 2), (await store().findReady('second', due + 2))?.id]).toEqual([
        undefined,
        recovery.id,
      ]);
      expect(await complete(recovery, 'first', { at: due + 2 })).toBe('recovery/code-wrong');
      expect(await complete(recovery, 'second', { at: due + 1 + 15 * minute })).toBe('recovery/code-wrong');
      expect(await complete(recovery, 'second', { at: due + 2 })).toBe('saved');
      expect([await complete(recovery, 'second', { at: due + 2 }), await prepare(recovery, due + 3)]).toEqual([
        'recovery/code-wrong',
        'recovery/over',
      ]);
      expect(await stateOf(recovery)).toBe('completed');
    });

    it('end once, by whoever comes first, and say so; what has run out is told by itself', async () => {
      const { personId } = await createHolder(get().storage);
      const recovery = createWaitingRecovery(personId);
      await begin(recovery);
      const before = await countEntries(get());
      const ends = await Promise.all(
        Array.from({ length: 6 }, async () =>
          store().saveEnd({
            recoveryId: recovery.id,
            state: 'cancelled',
            reason: 'passkey',
            at: later,
            event: createEvent('recovery.cancelled'),
          }),
        ),
      );
      expect([ends.filter(Boolean).length, await countEntries(get())]).toEqual([1, before + 1]);
      expect(await prepare(recovery, now + day)).toBe('recovery/over');
      expect([
        await store().countBegun(personId, now - 1),
        await store().wasDenied(personId, later - 1),
        await store().wasDenied(personId, later),
      ]).toEqual([1, true, false]);
      const next = createWaitingRecovery(personId, { begunAt: later, readyAt: later + day, expiresAt: later + 2 * day });
      await begin(next);
      let told = 0;
      for (let count = 1; count > 0; told += count) {
        count = await store().expire(later + 2 * day, sealEnd);
      }
      expect([told >= 1, await stateOf(next), await store().expire(later + 2 * day, sealEnd)]).toEqual([true, 'expired', 0]);
    });

    it('EN-09 completed: every passkey, session, token, link and other recovery ends, and one passkey is there, with the ceiling of the way', async () => {
      const { passkeys, people, engine } = get().storage;
      const { personId, passkeyId } = await createHolder(get().storage);
      const session = createSession(personId, { passkeyId });
      const offline = createArtefact({ model: 'RefreshToken', personId, isOffline: true });
      await engine.commit([saveSession(session, null, true)], now);
      await engine.commit([saveArtefact(offline)], now);
      expect(await engine.findArtefact('RefreshToken', offline.key, now)).toBeDefined();
      const invitation = { digest: createName(), personId, createdAt: now, expiresAt: now + 9 * day, ceiling: 'high' } as const;
      await people.saveInvitation(invitation, createEvent('person.invited'));
      const recovery = createWaitingRecovery(personId);
      await begin(recovery);
      await open(
        createCounterRecovery(personId, await createSampleOfficer(get().storage), { begunAt: now + day, expiresAt: now + day + minute }),
      );
      await prepare(recovery, now + day, { codeDigest: 'nine' });
      const bound = createPasskey(personId, { ceiling: 'high', createdAt: now + day });
      expect(await complete(recovery, 'nine', { at: now + day, passkey: bound })).toBe('saved');
      expect(await passkeys.listPasskeys(personId)).toEqual([{ ...bound, ceiling: 'substantial' }]);
      expect(await passkeys.findPasskey(passkeyId)).toBeUndefined();
      expect(await engine.listSessions(personId, now, now)).toEqual([]);
      expect(await engine.findArtefact('RefreshToken', offline.key, now)).toBeUndefined();
      expect(await people.findInvitation(invitation.digest, now + day)).toBeUndefined();
      expect(await store().listOpen(personId, now + day)).toEqual([]);
    });

    it('EN-09 leave no way in to a passkey that was asked for before: not after the end of its session, and not at the same moment', async () => {
      const { passkeys, engine } = get().storage;
      const { personId, passkeyId } = await createHolder(get().storage);
      const session = createSession(personId, { passkeyId });
      await engine.commit([saveSession(session, null, true)], now);
      const add = async (changes: { readonly sessionUid?: string; readonly at?: number } = {}): Promise<string> =>
        passkeys.savePasskey({
          passkey: createPasskey(personId),
          invitationDigest: null,
          sessionUid: changes.sessionUid ?? session.uid,
          now: changes.at ?? now,
          event: createEvent('passkey.registered'),
        });
      const another = createSession((await createHolder(get().storage)).personId);
      await engine.commit([saveSession(another)], now);
      expect([await add(), await add({ sessionUid: another.uid }), await add({ at: session.expiresAt })]).toEqual([
        'saved',
        'session/ended',
        'session/ended',
      ]);
      const recovery = createWaitingRecovery(personId);
      await begin(recovery);
      const digest = createName();
      await prepare(recovery, now + day, { codeDigest: digest });
      const bound = createPasskey(personId, { createdAt: now + day });
      const before = await countEntries(get());
      const [first, completed, ...rest] = await Promise.all([
        add(),
        complete(recovery, digest, { at: now + day, passkey: bound }),
        ...Array.from({ length: 6 }, async () => add()),
      ]);
      const added = [first, ...rest];
      expect([completed, added.filter((outcome) => outcome !== 'saved' && outcome !== 'session/ended'), await add()]).toEqual([
        'saved',
        [],
        'session/ended',
      ]);
      expect((await passkeys.listPasskeys(personId)).map(({ id }) => id)).toEqual([bound.id]);
      // Completed, the end of the session, and what came wholly before.
      expect(await countEntries(get())).toBe(before + 2 + added.filter((outcome) => outcome === 'saved').length);
    });

    it('are completed once when many ceremonies end at the same moment', async () => {
      const { personId } = await createHolder(get().storage);
      const recovery = createWaitingRecovery(personId);
      await begin(recovery);
      const digest = createName();
      await prepare(recovery, now + day, { codeDigest: digest });
      const outcomes = await Promise.all(Array.from({ length: 8 }, async () => complete(recovery, digest, { at: now + day })));
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(await get().storage.passkeys.listPasskeys(personId)).toHaveLength(1);
    });
  });
}
