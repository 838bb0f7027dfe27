// What every store of staff promises of an officer whose passkey is not what it was (ADR-0071).

import { describe, expect, it } from 'vitest';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSampleOfficer } from '../support/recovery-samples.ts';
import { createEvent, createName, later, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

export function describeSuspendedOfficers(get: () => OpenedDatabase): void {
  const start = async (officerId: string, passkeyId: string): Promise<string | undefined> => {
    const digest = createName();
    const session = { digest, officerId, startedAt: now, lastSeenAt: now, expiresAt: later };
    const use = { passkeyId, counter: 99, isBackedUp: false };
    const isStarted = await get().storage.staff.startSession({ use, session, event: createEvent('officer.signed_in') });
    return isStarted ? digest : undefined;
  };
  const isOpen = async (digest: string | undefined): Promise<boolean> =>
    digest !== undefined && (await get().storage.staff.findSession(digest, { now: now + 1, idleSince: now - 1 })) !== undefined;

  describe('an officer whose passkey is not what it was', () => {
    it('is suspended with passkey and sessions in one act and one entry, once, and no part of it comes back', async () => {
      const { storage } = get();
      const { staff } = storage;
      const [officer, other] = [await createSampleOfficer(storage), await createSampleOfficer(storage)];
      const session = await start(officer.id, officer.passkeyId);
      expect(await isOpen(session)).toBe(true);
      const endPasskey = async (officerId: string): Promise<boolean> => {
        const event = { ...createEvent('officer.status_changed'), at: now + 5 };
        return staff.suspendForPasskey({ officerId, passkeyId: officer.passkeyId, reason: 'copied', event });
      };
      const before = await countEntries(get());
      expect(await endPasskey(other.id)).toBe(false);
      expect(await staff.findOfficer(other.id)).toMatchObject({ status: 'active' });
      const ended = await Promise.all([1, 2, 3].map(async () => endPasskey(officer.id)));
      expect(ended.filter(Boolean)).toHaveLength(1);
      expect(await countEntries(get())).toBe(before + 1);
      expect([await isOpen(session), await staff.findOfficer(officer.id)]).toMatchObject([false, { status: 'suspended' }]);
      expect(await staff.findPasskey(officer.passkeyId)).toMatchObject({ endedAt: now + 5, endReason: 'copied' });
      const event = createEvent('officer.status_changed');
      expect(await staff.saveStatus({ officerId: officer.id, status: 'active', event })).toBe('saved');
      expect([await start(officer.id, officer.passkeyId), await isOpen(session)]).toEqual([undefined, false]);
    });
  });
}
