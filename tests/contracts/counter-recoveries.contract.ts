// What every store of recoveries promises of a counter: two officers, whoever asks and by whatever statement.

import { describe, expect, it } from 'vitest';
import type { Recovery } from '../../src/domain/recovery/recovery.ts';
import type { Act } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createRecoveryActs } from '../support/recovery-acts.ts';
import {
  createCounterRecovery,
  createHolder,
  createSampleOfficer,
  createSeen,
  createWaitingRecovery,
  day,
} from '../support/recovery-samples.ts';
import type { SampleOfficer } from '../support/recovery-samples.ts';
import { createEvent, createName, later, now } from '../support/store-samples.ts';

const fault = { name: 'Fault' };

export function describeCounterRecoveries(get: () => OpenedDatabase): void {
  const { store, begin, complete, open, approve, stateOf } = createRecoveryActs(get);

  describe('recoveries at a counter', () => {
    it('EN-08 are opened by one officer and approved by another, and end one by waiting', async () => {
      const { personId } = await createHolder(get().storage);
      const [one, two] = [await createSampleOfficer(get().storage), await createSampleOfficer(get().storage)];
      const waiting = createWaitingRecovery(personId);
      await begin(waiting);
      const recovery = createCounterRecovery(personId, one);
      expect([await open(recovery), await open(createCounterRecovery(personId, two))]).toEqual(['saved', 'store/conflict']);
      expect((await store().listBegun(now)).map(({ id }) => id)).toContain(recovery.id);
      expect(await stateOf(waiting)).toBe('waiting');
      expect(await approve(recovery, one)).toBe('recovery/own');
      // What counts is the passkey that was used: the opener's, or nobody's of the approver, is none.
      expect(await approve(recovery, { id: one.id, passkeyId: two.passkeyId })).toBe('recovery/over');
      expect(await approve(recovery, { id: two.id, passkeyId: one.passkeyId })).toBe('recovery/over');
      expect(await complete(recovery, createName(), { at: now + 3 })).toBe('recovery/code-wrong');
      const digest = createName();
      expect(await approve(recovery, two, { codeDigest: digest })).toBe('saved');
      expect([await stateOf(recovery), await stateOf(waiting)]).toEqual(['ready', 'cancelled']);
      expect(await approve(recovery, await createSampleOfficer(get().storage))).toBe('recovery/over');
      expect(await complete(recovery, digest, { at: now + 3 })).toBe('saved');
      expect((await get().storage.passkeys.listPasskeys(personId)).map(({ ceiling }) => ceiling)).toEqual(['high']);
    });

    it('EN-08 are approved by nobody of another role, of the same name, suspended, or too late', async () => {
      const { storage } = get();
      const { personId } = await createHolder(storage);
      const name = createName();
      const one = await createSampleOfficer(storage, 'registrar', name);
      const recovery = createCounterRecovery(personId, one);
      await open(recovery);
      for (const role of ['approver', 'operator', 'developer', 'auditor'] as const) {
        expect(await approve(recovery, await createSampleOfficer(storage, role))).toBe('recovery/over');
      }
      const two = await createSampleOfficer(storage);
      expect(await approve(recovery, two, { at: recovery.expiresAt })).toBe('recovery/over');
      await storage.staff.saveStatus({ officerId: one.id, status: 'suspended', event: createEvent('officer.status_changed') });
      expect(await approve(recovery, two)).toBe('recovery/over');
      expect(await stateOf(recovery)).toBe('begun');
    });

    it('EN-08 an officer who is suspended after the approval takes it along: the code is none, and nothing breaks', async () => {
      const { storage } = get();
      const { personId } = await createHolder(storage);
      const [one, two] = [await createSampleOfficer(storage), await createSampleOfficer(storage)];
      const recovery = createCounterRecovery(personId, one);
      const digest = createName();
      expect([await open(recovery), await approve(recovery, two, { codeDigest: digest })]).toEqual(['saved', 'saved']);
      const at = now + 3;
      for (const { id: officerId } of [one, two]) {
        await storage.staff.saveStatus({ officerId, status: 'suspended', event: createEvent('officer.status_changed') });
        expect([await store().findReady(digest, at), await complete(recovery, digest, { at })]).toEqual([undefined, 'recovery/code-wrong']);
        await storage.staff.saveStatus({ officerId, status: 'active', event: createEvent('officer.status_changed') });
      }
      expect((await store().findReady(digest, at))?.id).toBe(recovery.id);
      expect(await complete(recovery, digest, { at })).toBe('saved');
    });

    describe('EN-08 written past the application', () => {
      const run = async (text: string, values: readonly (string | number | null)[]): Promise<void> =>
        get().engine.atomic(function* (): Act<void> {
          yield { text, values };
        });
      const insertApproval =
        'INSERT INTO recovery_approvals (recovery_id, officer_id, passkey_id, proofing_id, approved_at) VALUES (?, ?, ?, ?, ?)';
      const ready = "UPDATE recoveries SET state = 'ready', prepared_at = ?, code_digest = ?, code_until = ? WHERE id = ?";
      const saveSeen = async (personId: string, isHigh = true): Promise<string> => {
        const { id, at } = createSeen(personId);
        await run('INSERT INTO proofings (id, person_id, at, is_high, wrapped_key, ciphertext) VALUES (?, ?, ?, ?, ?, ?)', [
          id,
          personId,
          at,
          ...(get().engine.dialect === 'sqlite' ? [isHigh ? 1 : 0] : [String(isHigh)]),
          'k',
          'c',
        ]);
        return id;
      };

      it('EN-08 the database takes no approval of the opener, with the opener’s passkey, of another’s passkey, without a look, or twice', async () => {
        const { storage } = get();
        const { personId } = await createHolder(storage);
        const [one, two, three] = [
          await createSampleOfficer(storage),
          await createSampleOfficer(storage),
          await createSampleOfficer(storage),
        ];
        const desk = await createSampleOfficer(storage, 'approver');
        const recovery = createCounterRecovery(personId, one);
        await open(recovery);
        const [seen, low, foreign] = [
          await saveSeen(personId),
          await saveSeen(personId, false),
          await saveSeen((await createHolder(storage)).personId),
        ];
        const refused: readonly (readonly [SampleOfficer | { id: string; passkeyId: string }, string, number])[] = [
          [one, seen, now + 2],
          [{ id: two.id, passkeyId: one.passkeyId }, seen, now + 2],
          [{ id: two.id, passkeyId: three.passkeyId }, seen, now + 2],
          [{ id: one.id, passkeyId: two.passkeyId }, seen, now + 2],
          [desk, seen, now + 2],
          [two, low, now + 2],
          [two, foreign, now + 2],
          [two, createName(), now + 2],
          [two, seen, recovery.expiresAt],
          [two, seen, now - 1],
        ];
        for (const [officer, proofing, at] of refused) {
          await expect(run(insertApproval, [recovery.id, officer.id, officer.passkeyId, proofing, at])).rejects.toMatchObject(fault);
        }
        await expect(run(ready, [now + 2, 'x', now + 3, recovery.id])).rejects.toMatchObject(fault);
        await run(insertApproval, [recovery.id, two.id, two.passkeyId, seen, now + 2]);
        await expect(run(insertApproval, [recovery.id, three.id, three.passkeyId, seen, now + 2])).rejects.toMatchObject(fault);
        const over = {
          sqlite: insertApproval.replace('INSERT', 'REPLACE'),
          postgres: `${insertApproval} ON CONFLICT (recovery_id) DO UPDATE SET officer_id = excluded.officer_id`,
        }[get().engine.dialect];
        await expect(run(over, [recovery.id, three.id, three.passkeyId, seen, now + 2])).rejects.toMatchObject(fault);
        await expect(
          run('UPDATE recovery_approvals SET officer_id = ? WHERE recovery_id = ?', [three.id, recovery.id]),
        ).rejects.toMatchObject(fault);
        await expect(run('DELETE FROM recovery_approvals WHERE recovery_id = ?', [recovery.id])).rejects.toMatchObject(fault);
        await run(ready, [now + 2, createName(), now + 3, recovery.id]);
        expect(await stateOf(recovery)).toBe('ready');
      });

      it('EN-08 the row cannot be turned into one that needs nobody, nor opened for somebody who is no registrar', async () => {
        const { storage } = get();
        const [{ personId }, other] = [await createHolder(storage), await createHolder(storage)];
        const [one, two] = [await createSampleOfficer(storage), await createSampleOfficer(storage)];
        const recovery = createCounterRecovery(personId, one);
        await open(recovery);
        const sets = [
          "way = 'waiting'",
          `opened_by = '${two.id}'`,
          `opened_with = '${two.passkeyId}'`,
          'opened_by = NULL',
          `person_id = '${other.personId}'`,
          "state = 'completed', ended_at = 1",
          "state = 'waiting'",
          'expires_at = expires_at + 1',
          "ciphertext = 'x'",
          "begun_status = 'frozen'",
        ];
        for (const set of sets) {
          await expect(run(`UPDATE recoveries SET ${set} WHERE id = ?`, [recovery.id])).rejects.toMatchObject(fault);
        }
        await expect(run('DELETE FROM recoveries WHERE id = ?', [recovery.id])).rejects.toMatchObject(fault);
        const bad: readonly Partial<Recovery>[] = [
          { state: 'ready' },
          { openedWith: two.passkeyId },
          { openedBy: (await createSampleOfficer(storage, 'developer')).id },
          { seen: null },
          { expiresAt: now + 2 * 3_600_000 },
          { codeDigest: 'x', codeUntil: later },
        ];
        for (const changes of bad) {
          await expect(open(createCounterRecovery(other.personId, one, changes))).rejects.toMatchObject(fault);
        }
      });

      it('EN-11 no statement skips the waiting time, goes back, or wakes what has ended', async () => {
        const { personId } = await createHolder(get().storage);
        await expect(begin(createWaitingRecovery(personId, { readyAt: now + day - 1 }))).rejects.toMatchObject(fault);
        await expect(begin(createWaitingRecovery(personId, { state: 'ready' }))).rejects.toMatchObject(fault);
        await expect(begin(createWaitingRecovery(personId, { way: 'counter' }))).rejects.toMatchObject(fault);
        const recovery = createWaitingRecovery(personId);
        await begin(recovery);
        await expect(run(ready, [now + day - 1, 'x', now + day, recovery.id])).rejects.toMatchObject(fault);
        await expect(run(ready, [null, 'x', now + day, recovery.id])).rejects.toMatchObject(fault);
        await expect(run('UPDATE recoveries SET ready_at = begun_at WHERE id = ?', [recovery.id])).rejects.toMatchObject(fault);
        await expect(run("UPDATE recoveries SET state = 'completed', ended_at = 1 WHERE id = ?", [recovery.id])).rejects.toMatchObject(
          fault,
        );
        await run("UPDATE recoveries SET state = 'cancelled', ended_at = 1, end_reason = 'link' WHERE id = ?", [recovery.id]);
        for (const state of ['waiting', 'ready', 'completed', 'cancelled']) {
          await expect(run('UPDATE recoveries SET state = ? WHERE id = ?', [state, recovery.id])).rejects.toMatchObject(fault);
        }
      });
    });
  });
}
