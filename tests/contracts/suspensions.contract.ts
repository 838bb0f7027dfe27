// What every store of suspensions promises: two people, each with their own passkey; and that the status, the entries and what the agency is told come with the agreement or
// not at all.

import { describe, expect, it } from 'vitest';
import type { SuspensionEffect } from '../../src/domain/audit/suspensions/store.ts';
import type { Suspension } from '../../src/domain/audit/suspensions/suspension.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createAgency, createEvent, createName, createOutboxMessage, createService, noChanges, now } from '../support/store-samples.ts';
import { hireAuditor, openCaseScene } from './case-scene.ts';
import type { Hired, Scene } from './case-scene.ts';
import { countEntries } from './count-entries.ts';

const day = 86_400_000;

type Told = Scene & { readonly suspension: Suspension };

export function describeSuspensions(get: () => OpenedDatabase): void {
  const write = async (text: string): Promise<unknown> =>
    get().engine.atomic(function* () {
      yield { text, values: [] };
    });
  const register = async (): Promise<string> => {
    const agency = createAgency();
    const service = createService(agency.id);
    await get().storage.agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service] });
    return service.clientId;
  };
  const hireRegistrar = async (): Promise<string> => {
    const id = createName();
    const blank = { agencyId: null, status: 'active', language: null, handle: createName(), createdAt: now } as const;
    const officer = { id, name: createName(), role: 'registrar', ...blank } as const;
    const invitation = { digest: createName(), officerId: id, createdAt: now, expiresAt: now + day };
    await get().storage.staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
    return id;
  };
  const ask = async (scene: Scene, about: Pick<Suspension, 'kind' | 'subject'> & Partial<Suspension>): Promise<Told> => {
    const { opened, asker } = scene;
    const begun = { requestedBy: asker.id, requestedWith: asker.passkeyId, requestedAt: now, openUntil: now + 3 * day };
    const undecided = { orderId: null, state: 'asked', decidedBy: null, decidedAt: null, endedAt: null } as const;
    const suspension = { id: createName(), caseId: opened.id, reason: 'what the log shows', ...begun, ...undecided, ...about };
    const event = { ...createEvent('suspension.requested'), at: now };
    expect(await get().storage.suspensions.saveSuspensionAsked({ suspension, event })).toBe('saved');
    return { ...scene, suspension };
  };
  const decide = async ({ suspension }: Told, by: Hired, effect: SuspensionEffect | null): Promise<string> => {
    const event = { ...createEvent('suspension.approved'), at: now + 1 };
    const state = effect === null ? 'denied' : 'approved';
    const decided = { id: suspension.id, state, decidedBy: by.id, decidedWith: by.passkeyId, event, effect } as const;
    return get().storage.suspensions.saveSuspensionDecided(decided);
  };
  const toEffect = (suspension: Suspension): SuspensionEffect => {
    const message = createOutboxMessage({ personId: null });
    const event = { ...createEvent(`${suspension.kind}.status_changed`), at: now + 1 };
    return { suspension, event, told: [{ message, event: createEvent('set.queued') }] };
  };
  const agree = async (told: Told, by = told.other): Promise<string> => decide(told, by, toEffect(told.suspension));
  const readStatus = async (clientId: string): Promise<unknown> => (await get().storage.agencies.findService(clientId))?.service.status;
  const countMessages = async (): Promise<number> =>
    Number((await get().engine.read({ text: 'SELECT count(*) AS n FROM outbox', values: [] }))[0]?.['n']);

  describe('suspensions', () => {
    it('stop a service with the second word, and let it go on with two more', async () => {
      const clientId = await register();
      const scene = await openCaseScene(get(), 'inspection');
      const first = await ask(scene, { kind: 'service', subject: clientId });
      expect(await readStatus(clientId)).toBe('active');
      const [entries, messages] = [await countEntries(get()), await countMessages()];
      expect(await agree(first)).toBe('saved');
      expect([await readStatus(clientId), await countEntries(get()), await countMessages()]).toEqual([
        'suspended',
        entries + 3,
        messages + 1,
      ]);
      const again = await ask(scene, { kind: 'service', subject: clientId });
      expect([await agree(again), await countMessages()]).toEqual(['suspension/no-effect', messages + 1]);
      const end = await ask(scene, { kind: 'service', subject: clientId, orderId: first.suspension.id });
      expect([await agree(end), await readStatus(clientId)]).toEqual(['saved', 'active']);
      const listed = await get().storage.suspensions.listSuspensions(scene.opened.id);
      expect(listed.find(({ id }) => id === first.suspension.id)).toMatchObject({ state: 'approved', endedAt: now + 1 });
    });

    it('take an officer’s sessions and open links, and never those of an auditor', async () => {
      const id = await hireRegistrar();
      const { staff } = get().storage;
      const scene = await openCaseScene(get(), 'inspection');
      expect(await agree(await ask(scene, { kind: 'officer', subject: id }))).toBe('saved');
      expect((await staff.findOfficer(id))?.status).toBe('suspended');
      const links = await get().engine.read({ text: 'SELECT digest FROM officer_invitations WHERE officer_id = ?', values: [id] });
      expect(links).toEqual([]);
      const auditor = await hireAuditor(get());
      expect(await agree(await ask(scene, { kind: 'officer', subject: auditor.id }))).toBe('suspension/no-effect');
      expect((await staff.findOfficer(auditor.id))?.status).toBe('active');
    });

    it('are refused to one person alone and change nothing where they are refused; of two decisions one stands', async () => {
      const clientId = await register();
      const told = await ask(await openCaseScene(get(), 'inspection'), { kind: 'service', subject: clientId });
      const before = await countEntries(get());
      expect(await agree(told, told.asker)).toBe('unmask/decided');
      expect(await agree(told, { id: told.other.id, passkeyId: told.asker.passkeyId })).toBe('unmask/decided');
      expect([await countEntries(get()), await readStatus(clientId)]).toEqual([before, 'active']);
      expect((await Promise.all([decide(told, told.other, null), agree(told)])).toSorted()).toEqual(['saved', 'unmask/decided']);
    });

    it('end when an operator gives another status, and are not theirs to end afterwards', async () => {
      const clientId = await register();
      const { agencies, suspensions } = get().storage;
      const scene = await openCaseScene(get(), 'inspection');
      const first = await ask(scene, { kind: 'service', subject: clientId });
      await agree(first);
      const end = await ask(scene, { kind: 'service', subject: clientId, orderId: first.suspension.id });
      await agencies.saveServiceStatus(clientId, 'active', { ...createEvent('service.status_changed'), at: now + 2 });
      await agencies.saveServiceStatus(clientId, 'suspended', { ...createEvent('service.status_changed'), at: now + 3 });
      expect((await suspensions.findSuspension(first.suspension.id))?.endedAt).toBe(now + 2);
      expect([await agree(end), await readStatus(clientId)]).toEqual(['suspension/no-effect', 'suspended']);
    });

    it('hold in the database too, whoever writes past the application', async () => {
      const told = await ask(await openCaseScene(get(), 'inspection'), { kind: 'service', subject: await register() });
      const { id } = told.suspension;
      const approved = (by: Hired): string =>
        `UPDATE suspensions SET state = 'approved', decided_by = '${by.id}', decided_with = '${by.passkeyId}', decided_at = ${now + 1} WHERE id = '${id}'`;
      await expect(write(approved(told.asker))).rejects.toThrow(/another member decides|P0001/);
      await expect(write(`UPDATE suspensions SET subject = 'other' WHERE id = '${id}'`)).rejects.toThrow(/what was asked|P0001/);
      await expect(write(`UPDATE suspensions SET ended_at = ${now} WHERE id = '${id}'`)).rejects.toThrow(/what was asked|P0001/);
      await expect(write(`DELETE FROM suspensions WHERE id = '${id}'`)).rejects.toThrow(/are kept|P0001|append-only|refuse/i);
      await write(approved(told.other));
      await expect(write(`UPDATE suspensions SET state = 'asked' WHERE id = '${id}'`)).rejects.toThrow(/what was asked|P0001/);
    });

    it('expire with an entry where nobody decides in time; what stands goes on', async () => {
      const scene = await openCaseScene(get(), 'inspection');
      const [left, standing] = [await register(), await register()];
      const over = await ask(scene, { kind: 'service', subject: left });
      const agreed = await ask(scene, { kind: 'service', subject: standing });
      await agree(agreed);
      const { suspensions } = get().storage;
      while ((await suspensions.expireSuspensions(over.suspension.openUntil, () => createEvent('suspension.expired'))) > 0) {
        // Until none is left.
      }
      expect((await suspensions.findSuspension(over.suspension.id))?.state).toBe('expired');
      expect((await suspensions.findSuspension(agreed.suspension.id))?.state).toBe('approved');
      expect(await readStatus(standing)).toBe('suspended');
    });
  });
}
