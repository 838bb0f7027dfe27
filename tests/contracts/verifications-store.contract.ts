// What every store of whole verifications promises: a night belongs to one node, and what another found of it is not kept.

import { describe, expect, it } from 'vitest';
import { brokenOffMs } from '../../src/domain/ledger/whole-verification.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';

const now = 1_790_000_000_000;
const found = { size: 9, root: 'r', faults: 0, firstFault: null } as const;

export function describeVerificationStore(get: () => OpenedDatabase): void {
  describe('whole verifications', () => {
    it('give one night to one of eight nodes', async () => {
      const { verifications } = get().storage;
      const begun = await Promise.all(Array.from({ length: 8 }, async () => verifications.beginNight('2026-05-01', now)));
      expect(begun.filter((mine) => mine)).toHaveLength(1);
      expect(await verifications.listVerifications(9)).toEqual([]);
      await verifications.endNight({ night: '2026-05-01', begunAt: now, endedAt: now + 5, ...found });
      expect(await verifications.listVerifications(9)).toEqual([{ night: '2026-05-01', begunAt: now, endedAt: now + 5, ...found }]);
      expect(await verifications.beginNight('2026-05-01', now + 2 * brokenOffMs)).toBe(false);
    });

    it('give it to another after the first broke off, of which nothing is kept then', async () => {
      const { verifications } = get().storage;
      expect(await verifications.beginNight('2026-05-02', now)).toBe(true);
      expect(await verifications.beginNight('2026-05-02', now + brokenOffMs)).toBe(false);
      const later = now + brokenOffMs + 1;
      expect(await verifications.beginNight('2026-05-02', later)).toBe(true);
      await verifications.endNight({ night: '2026-05-02', begunAt: now, endedAt: now + 5, ...found, size: 1 });
      await verifications.endNight({ night: '2026-05-02', begunAt: later, endedAt: later + 5, ...found, faults: 2, firstFault: 'gap' });
      const [newest] = await verifications.listVerifications(1);
      expect(newest).toEqual({ night: '2026-05-02', begunAt: later, endedAt: later + 5, ...found, faults: 2, firstFault: 'gap' });
    });
  });
}
