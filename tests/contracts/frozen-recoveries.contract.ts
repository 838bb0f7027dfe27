// What every store promises where a freeze and a recovery meet: whoever freezes stops whoever comes back, two officers end the person's own freeze, and an order
// stands against everything.

import { describe, expect, it } from 'vitest';
import { findOneTimeCode } from '../../src/domain/kernel/one-time-code.ts';
import { toFreezeCodeDigest } from '../../src/domain/protection/freeze-code.ts';
import { disownAct } from '../../src/domain/protection/disown-act.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { liftByOrder, toRecoveredLifting } from '../../src/domain/protection/lift-freezes.ts';
import { makeFreezeCode } from '../../src/domain/protection/make-freeze-code.ts';
import type { Recovery } from '../../src/domain/recovery/recovery.ts';
import type { Act } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createProtectionScene, operator } from '../support/protection-scene.ts';
import { createRecoveryActs } from '../support/recovery-acts.ts';
import { createCounterRecovery, createHolder, createSampleOfficer, createWaitingRecovery, day } from '../support/recovery-samples.ts';
import { createEvent, createName, createOutboxMessage, createPasskey, now } from '../support/store-samples.ts';
import { createStatusSaid } from '../support/status-said.ts';

export function describeFrozenRecoveries(get: () => OpenedDatabase): void {
  const { store, begin, prepare, complete, open, approve, stateOf } = createRecoveryActs(get);
  const { toNeeds, read, typesOf, noticesOf, eventsTold, findStatus, createBusy, byPerson } = createProtectionScene(get);
  const order = async (personId: string): Promise<string> =>
    freezePerson(toNeeds(), { personId, how: 'command', authority: 'ordered', actor: operator });
  const orderAlone = async (personId: string): Promise<void> =>
    get().engine.atomic(function* (): Act<void> {
      yield { text: "UPDATE people SET status = 'frozen' WHERE id = ?", values: [personId] };
      yield {
        text: "INSERT INTO freezes (id, person_id, authority, how, frozen_at) VALUES (?, ?, 'ordered', 'command', ?)",
        values: [createName(), personId, now],
      };
    });
  const completeHere = async (recovery: Recovery, codeDigest: string, at: number): Promise<string> =>
    store().saveCompleted({
      recoveryId: recovery.id,
      codeDigest,
      passkey: createPasskey(recovery.personId),
      at,
      events: [createEvent('recovery.completed', { personRef: recovery.personId })],
      sealSessionEnd: () => createEvent('session.ended'),
      sealEnd: () => createEvent('recovery.cancelled', { personRef: recovery.personId }),
      lifting: toRecoveredLifting(toNeeds(), recovery.personId),
    });
  const setStatus = async (personId: string, status: string): Promise<void> =>
    get().engine.atomic(function* (): Act<void> {
      yield { text: 'UPDATE people SET status = ? WHERE id = ?', values: [status, personId] };
    });
  const createReady = async (personId: string, digest: string): Promise<Recovery> => {
    const [one, two] = [await createSampleOfficer(get().storage), await createSampleOfficer(get().storage)];
    const begunStatus = (await findStatus(personId)) === 'frozen' ? 'frozen' : 'active';
    const recovery = createCounterRecovery(personId, one, { begunStatus });
    expect(await open(recovery)).toBe('saved');
    expect(await approve(recovery, two, { codeDigest: digest })).toBe('saved');
    return recovery;
  };

  describe('recoveries and freezes', () => {
    it('a freeze ends every open recovery in its own act, by waiting and at a counter, also one that was begun in the freeze', async () => {
      const { personId } = await createHolder(get().storage);
      const [waiting, counter] = [
        createWaitingRecovery(personId),
        createCounterRecovery(personId, await createSampleOfficer(get().storage)),
      ];
      expect([await begin(waiting), await open(counter)]).toEqual(['saved', 'saved']);
      expect(await freezePerson(toNeeds(), byPerson(personId))).toBe('frozen');
      expect([await stateOf(waiting), await stateOf(counter)]).toEqual(['cancelled', 'cancelled']);
      expect((await typesOf(personId)).toSorted()).toEqual(['person.frozen', 'recovery.cancelled', 'recovery.cancelled']);
      const again = createCounterRecovery(personId, await createSampleOfficer(get().storage), { begunStatus: 'frozen' });
      await open(again);
      expect([await freezePerson(toNeeds(), byPerson(personId)), await stateOf(again)]).toEqual(['already', 'begun']);
      expect([await order(personId), await stateOf(again)]).toEqual(['frozen', 'cancelled']);
    });

    it.each(['suspended', 'deceased', 'emigrated', 'frozen'] as const)(
      'the status %s ends what is under way, and its being taken back finds none of it again',
      async (status) => {
        const { id: personId } = await createBusy();
        const { people } = get().storage;
        const [one, two] = [await createSampleOfficer(get().storage), await createSampleOfficer(get().storage)];
        const [waiting, counter, digest] = [createWaitingRecovery(personId), createCounterRecovery(personId, one), createName()];
        expect([await begin(waiting), await open(counter)]).toEqual(['saved', 'saved']);
        await get().storage.recoveries.saveCode({
          code: { digest, personId, destinationDigest: 'channel', sentAt: now, expiresAt: now + 30 * day },
          isMeant: true,
          message: createOutboxMessage({ topic: 'mail' }),
        });
        await (status === 'frozen'
          ? people.saveStatus(personId, status, createStatusSaid())
          : people.turnStatus({ personId, from: 'active', to: status, ...createStatusSaid() }));
        expect([await stateOf(waiting), await stateOf(counter)]).toEqual(['cancelled', 'cancelled']);
        expect((await store().findRecovery(waiting.id))?.endReason).toBe('status');
        expect(await read("SELECT id FROM outbox WHERE id = ? AND state = 'waiting'", waiting.id)).toEqual([]);
        await people.saveStatus(personId, 'active', createStatusSaid());
        expect(await prepare(waiting, now + day)).toBe('recovery/over');
        expect(await approve(counter, two)).toBe('recovery/over');
        expect(await store().findCode(digest, now)).toBeUndefined();
        const under = ['ceremonies', 'contact_changes', 'spare_offers', 'level_codes', 'invitations'];
        const rows = await Promise.all(under.map(async (table) => read(`SELECT 1 FROM ${table} WHERE person_id = ?`, personId)));
        expect(rows.flat()).toEqual([]);
        const ended = (await typesOf(personId)).filter((type) => type === 'session.ended' || type === 'recovery.cancelled');
        expect(ended.toSorted()).toEqual(['recovery.cancelled', 'recovery.cancelled', 'session.ended']);
      },
    );

    it('“this was not me” ends every open recovery, also of somebody who is frozen already', async () => {
      const { personId } = await createHolder(get().storage);
      await freezePerson(toNeeds(), byPerson(personId));
      const recovery = createCounterRecovery(personId, await createSampleOfficer(get().storage), { begunStatus: 'frozen' });
      await open(recovery);
      const [notice] = await noticesOf(personId);
      expect(notice && (await disownAct(toNeeds(), notice))).toMatchObject({ ok: true, value: { isNew: true } });
      expect([await stateOf(recovery), (await store().findRecovery(recovery.id))?.endReason]).toEqual(['cancelled', 'link']);
    });

    it('at a counter the person’s own freeze ends in the act that completes, and services are told', async () => {
      const { id: personId } = await createBusy();
      await freezePerson(toNeeds(), byPerson(personId));
      const digest = createName();
      const recovery = await createReady(personId, digest);
      expect(await findStatus(personId)).toBe('frozen');
      expect(await completeHere(recovery, digest, now + 3)).toBe('saved');
      expect([await findStatus(personId), await get().storage.protection.findFreezes(personId)]).toEqual(['active', []]);
      expect((await eventsTold(personId)).toSorted()).toEqual([
        'account-disabled',
        'account-disabled',
        'account-enabled',
        'account-enabled',
      ]);
      expect((await typesOf(personId)).filter((type) => type === 'person.unfrozen' || type === 'recovery.completed')).toHaveLength(2);
    });

    it('EN-11 by waiting nobody begins, prepares or completes while any freeze stands, and nobody comes back to what was frozen meanwhile', async () => {
      const { personId, passkeyId } = await createHolder(get().storage);
      await freezePerson(toNeeds(), byPerson(personId));
      for (const begunStatus of ['frozen', 'active'] as const) {
        expect(await begin(createWaitingRecovery(personId, { begunStatus }))).toBe('recovery/code-wrong');
      }
      await liftByOrder(toNeeds(), personId);
      const recovery = createWaitingRecovery(personId);
      expect(await begin(recovery)).toBe('saved');
      const digest = createName();
      // Past every use case: the freeze alone, without the end of what is open.
      await setStatus(personId, 'frozen');
      expect(await prepare(recovery, now + day)).toBe('recovery/over');
      await setStatus(personId, 'active');
      expect(await prepare(recovery, now + day, { codeDigest: digest })).toBe('saved');
      await setStatus(personId, 'frozen');
      expect(await completeHere(recovery, digest, now + day)).toBe('recovery/code-wrong');
      expect((await get().storage.passkeys.listPasskeys(personId)).map(({ id }) => id)).toEqual([passkeyId]);
      expect([await stateOf(recovery), await findStatus(personId)]).toEqual(['ready', 'frozen']);
    });

    it('EN-11 while an order stands nobody begins, opens, approves, prepares or completes, whatever was begun before', async () => {
      const [{ personId }, { personId: another }] = [await createHolder(get().storage), await createHolder(get().storage)];
      await freezePerson(toNeeds(), byPerson(personId));
      const digest = createName();
      const [ready, waiting] = [await createReady(personId, digest), createWaitingRecovery(another)];
      await begin(waiting);
      const one = await createSampleOfficer(get().storage);
      const begun = createCounterRecovery(another, one);
      await open(begun);
      // Past every act, which would have ended them: both stay open and lead nowhere.
      for (const id of [personId, another]) {
        await orderAlone(id);
        expect(await store().isClosedByOrder(id)).toBe(true);
      }
      expect(await completeHere(ready, digest, now + 3)).toBe('recovery/code-wrong');
      expect(await prepare(waiting, now + day)).toBe('recovery/over');
      expect(await approve(begun, await createSampleOfficer(get().storage))).toBe('recovery/over');
      const late = await createHolder(get().storage);
      await order(late.personId);
      const changes = { begunStatus: 'frozen' } as const;
      expect(await begin(createWaitingRecovery(late.personId, changes))).toBe('recovery/code-wrong');
      expect(await open(createCounterRecovery(late.personId, one, changes))).toBe('freeze/ordered');
      expect(await get().storage.passkeys.listPasskeys(personId)).toHaveLength(1);
    });

    it('a completed one ends the printed freeze code', async () => {
      const { personId } = await createHolder(get().storage);
      const code = await makeFreezeCode(toNeeds(), personId);
      const digest = toFreezeCodeDigest(toNeeds().lookupKey, findOneTimeCode(code) ?? '');
      expect(await get().storage.protection.findCodeOwner(digest)).toBe(personId);
      const ready = createName();
      const recovery = await createReady(personId, ready);
      expect(await completeHere(recovery, ready, now + 3)).toBe('saved');
      expect(await get().storage.protection.findCodeOwner(digest)).toBeUndefined();
      expect(await get().storage.protection.findCodeMadeAt(personId)).toBeUndefined();
    });

    it('EN-11 of a completion, a cancellation and a freeze at the same moment each is whole, and they never both hold', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { personId } = await createHolder(get().storage);
        const digest = createName();
        const recovery = await createReady(personId, digest);
        const cancel = store().saveEnd({
          recoveryId: recovery.id,
          state: 'cancelled',
          reason: 'link',
          at: now + 3,
          event: createEvent('recovery.cancelled', { personRef: personId }),
        });
        const [completed, cancelled, again] = await Promise.all([
          complete(recovery, digest, { at: now + 3 }),
          cancel,
          complete(recovery, digest, { at: now + 3 }),
          ...(round % 2 === 0 ? [freezePerson(toNeeds(), byPerson(personId))] : []),
        ]);
        const done = [completed, again].filter((outcome) => outcome === 'saved').length;
        expect(done + Number(cancelled) <= 1).toBe(true);
        expect(await stateOf(recovery)).toBe(done === 1 ? 'completed' : 'cancelled');
      }
    });

    it('EN-08 the second officer’s word counts once, however often it comes at the same moment', async () => {
      const { personId } = await createHolder(get().storage);
      const [one, two] = [await createSampleOfficer(get().storage), await createSampleOfficer(get().storage)];
      const recovery = createCounterRecovery(personId, one);
      await open(recovery);
      const said = await Promise.all([...Array.from({ length: 6 }, async () => approve(recovery, two)), approve(recovery, one)]);
      expect(said.filter((word) => word !== 'saved' && word !== 'recovery/over' && word !== 'recovery/own')).toEqual([]);
      expect(said.filter((word) => word === 'saved')).toHaveLength(1);
      const seen = await get().engine.read({ text: 'SELECT id FROM proofings WHERE person_id = ?', values: [personId] });
      expect(seen).toHaveLength(1);
    });
  });
}
