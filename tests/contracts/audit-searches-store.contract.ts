// What every store of searches that auditors keep promises.

import { describe, expect, it } from 'vitest';
import { shelfLimit } from '../../src/domain/audit/saved-search.ts';
import type { SavedSearch } from '../../src/domain/audit/saved-search.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, now } from '../support/store-samples.ts';

const day = 86_400_000;

export function describeAuditSearchesStore(get: () => OpenedDatabase): void {
  const hire = async (): Promise<string> => {
    const id = createName();
    const named = { id, name: createName(), role: 'auditor', agencyId: null, status: 'active', language: null } as const;
    const invitation = { digest: createName(), officerId: id, createdAt: now, expiresAt: now + day };
    const officer = { ...named, handle: createName(), createdAt: now };
    await get().storage.staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
    return id;
  };
  const openCase = async (openedBy: string): Promise<string> => {
    const id = createName();
    const paper = { id, number: createName(), authority: 'A court', basis: 'complaint', scope: { kind: 'all' } } as const;
    const times = { covers: { from: null, to: null }, openedBy, openedAt: now, endsAt: now + 30 * day, closedAt: null };
    await get().storage.cases.saveCase({ opened: { ...paper, ...times, sealedKey: 'sealed' }, event: createEvent('audit.case_opened') });
    return id;
  };
  const createSearch = (officerId: string, caseId: string | null, changes: Partial<SavedSearch> = {}): SavedSearch => ({
    id: createName(),
    caseId,
    officerId,
    name: 'Releases of the quarter',
    question: 'released-without-record',
    query: 'agency=mol',
    asOf: 4021,
    createdAt: now,
    ...changes,
  });

  describe('searches that auditors keep', () => {
    it('come back newest first, in their case or with their officer, and nowhere else', async () => {
      const { searches } = get().storage;
      const [one, other] = [await hire(), await hire()];
      const caseId = await openCase(one);
      const inCase = createSearch(one, caseId);
      const byOther = createSearch(other, caseId, { question: null, query: '', createdAt: now + 1 });
      const alone = createSearch(one, null);
      for (const search of [inCase, byOther, alone]) {
        expect(await searches.saveSearch(search)).toBe('saved');
      }
      expect(await searches.listSearches({ caseId, officerId: other })).toEqual([byOther, inCase]);
      expect(await searches.listSearches({ caseId: null, officerId: one })).toEqual([alone]);
      expect(await searches.listSearches({ caseId: null, officerId: other })).toEqual([]);
    });

    it('are taken away by who kept them alone', async () => {
      const { searches } = get().storage;
      const [one, other] = [await hire(), await hire()];
      const caseId = await openCase(one);
      const kept = createSearch(one, caseId);
      await searches.saveSearch(kept);
      expect(await searches.removeSearch({ caseId, officerId: other }, kept.id)).toBe(false);
      expect(await searches.removeSearch({ caseId: null, officerId: one }, kept.id)).toBe(false);
      expect(await searches.listSearches({ caseId, officerId: one })).toEqual([kept]);
      expect(await searches.removeSearch({ caseId, officerId: one }, kept.id)).toBe(true);
      expect(await searches.listSearches({ caseId, officerId: one })).toEqual([]);
    });

    it('are kept in no case that has ended', async () => {
      const { searches, cases } = get().storage;
      const officerId = await hire();
      const caseId = await openCase(officerId);
      expect(await searches.saveSearch(createSearch(officerId, caseId, { createdAt: now + 30 * day }))).toBe('ended');
      await cases.saveClosed({ caseId, event: createEvent('audit.case_closed') });
      expect(await searches.saveSearch(createSearch(officerId, caseId))).toBe('ended');
      expect(await searches.listSearches({ caseId, officerId })).toEqual([]);
    });

    it('fill a shelf and no more, however many are kept at once', async () => {
      const { searches } = get().storage;
      const officerId = await hire();
      const outcomes = await Promise.all(
        Array.from({ length: shelfLimit + 3 }, async () => searches.saveSearch(createSearch(officerId, null))),
      );
      expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(3);
      expect(await searches.listSearches({ caseId: null, officerId })).toHaveLength(shelfLimit);
    });
  });
}
