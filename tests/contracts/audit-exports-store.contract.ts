// What every store of auditors' exports promises.

import { describe, expect, it } from 'vitest';
import { wholeLog } from '../../src/domain/audit/exports/query.ts';
import type { AuditExport } from '../../src/domain/audit/exports/export.ts';
import type { ExportStep } from '../../src/domain/audit/exports/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const day = 86_400_000;
const aloneLimit = 100;

export function describeAuditExportsStore(get: () => OpenedDatabase): void {
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
  const ask = async (changes: Partial<AuditExport> = {}): Promise<AuditExport> => {
    const askedBy = await hire();
    const asked: AuditExport = {
      id: createName(),
      caseId: await openCase(askedBy),
      form: 'csv',
      query: { ...wholeLog, service: 'a-service', types: ['data.released'], from: now - day },
      reason: 'A complaint',
      recipient: 'A court',
      rows: 5000,
      size: 9000,
      state: 'waiting',
      askedBy,
      askedAt: now,
      decidedBy: null,
      decidedAt: null,
      endsAt: now + day,
      ...changes,
    };
    expect(await get().storage.exports.saveExport({ asked, event: createEvent('export.requested'), aloneLimit })).toBe('saved');
    return asked;
  };
  const step = async ({ id }: AuditExport, state: ExportStep['state'], by: string): Promise<string> =>
    get().storage.exports.saveStep({ id, state, by, endsAt: now + 7 * day, event: createEvent(`export.${state}`) });

  describe('auditors’ exports', () => {
    it('come back as they were asked for, with their entry, and by their case', async () => {
      const before = await countEntries(get());
      const asked = await ask();
      expect(await get().storage.exports.findExport(asked.id)).toEqual(asked);
      expect(await get().storage.exports.listExports(asked.caseId)).toEqual([asked]);
      expect(await get().storage.exports.listExports('another')).toEqual([]);
      // Two officers' invitations less: one officer, one case, one export.
      expect((await countEntries(get())) - before).toBe(3);
    });

    it('are asked for in no case that has ended', async () => {
      const asked = await ask();
      await get().storage.cases.saveClosed({ caseId: asked.caseId, event: createEvent('audit.case_closed') });
      const again = { ...asked, id: createName() };
      expect(await get().storage.exports.saveExport({ asked: again, event: createEvent('export.requested'), aloneLimit })).toBe(
        'audit/case-ended',
      );
      expect(await get().storage.exports.findExport(again.id)).toBeUndefined();
    });

    it('are taken alone only as far as all that one officer takes so in a case within a week, whoever asks at the same time', async () => {
      const first = await ask({ state: 'open', rows: 40 });
      const save = async (changes: Partial<AuditExport>): Promise<string> => {
        const asked = { ...first, id: createName(), ...changes };
        return get().storage.exports.saveExport({ asked, event: createEvent('export.requested'), aloneLimit });
      };
      const before = await countEntries(get());
      const together = await Promise.all(Array.from({ length: 4 }, async () => save({ rows: 60 })));
      expect(together.toSorted()).toEqual([...Array.from({ length: 3 }, () => 'beyond-alone'), 'saved']);
      expect((await countEntries(get())) - before).toBe(1);
      expect(await save({ rows: 1 })).toBe('beyond-alone');
      expect(await save({ rows: 1, state: 'waiting' })).toBe('saved');
      const colleague = await hire();
      expect(await save({ rows: 100, askedBy: colleague })).toBe('saved');
      expect(await save({ rows: 100, caseId: await openCase(first.askedBy) })).toBe('saved');
      // What was called off could have been fetched before; what waited could not.
      expect(await step({ ...first, endsAt: now + day }, 'cancelled', first.askedBy)).toBe('saved');
      expect(await save({ rows: 1 })).toBe('beyond-alone');
      expect(await save({ rows: 100, askedAt: now + 7 * day })).toBe('saved');
    });

    it('are agreed to by another person, once, whoever comes at the same time', async () => {
      const asked = await ask();
      const [one, other] = [await hire(), await hire()];
      const before = await countEntries(get());
      const steps = [
        step(asked, 'approved', one),
        step(asked, 'denied', other),
        step(asked, 'approved', other),
        step(asked, 'denied', one),
      ];
      const results = await Promise.all(steps);
      expect(results.toSorted((left, right) => (left < right ? -1 : 1))).toEqual([
        ...Array.from({ length: 3 }, () => 'audit/export-settled'),
        'saved',
      ]);
      expect((await countEntries(get())) - before).toBe(1);
      const found = await get().storage.exports.findExport(asked.id);
      expect(['approved', 'denied']).toContain(found?.state);
      expect([one, other]).toContain(found?.decidedBy);
    });

    it('are never agreed to by whoever asked, nor called off by another', async () => {
      const asked = await ask();
      const other = await hire();
      expect(await step(asked, 'approved', asked.askedBy)).toBe('audit/export-settled');
      expect(await step(asked, 'denied', asked.askedBy)).toBe('audit/export-settled');
      expect(await step(asked, 'cancelled', other)).toBe('audit/export-settled');
      expect(await step(asked, 'approved', other)).toBe('saved');
      expect(await step(asked, 'cancelled', asked.askedBy)).toBe('saved');
      expect(await step(asked, 'approved', other)).toBe('audit/export-settled');
      expect(await get().storage.exports.findExport(asked.id)).toMatchObject({ state: 'cancelled', decidedBy: asked.askedBy });
    });

    it('say how far the last fetching came, and nothing before the first', async () => {
      const { id } = await ask({ state: 'open', rows: 1 });
      const { exports } = get().storage;
      expect(await exports.findProgress(id)).toBeUndefined();
      await exports.saveProgress(id, { step: 'prepare', rows: 500, at: now });
      await exports.saveProgress(id, { step: 'send', rows: 20, at: now + 1 });
      expect(await exports.findProgress(id)).toEqual({ step: 'send', rows: 20, at: now + 1 });
    });

    it('are not decided on when their time is over', async () => {
      const asked = await ask({ endsAt: 1 });
      expect(await step(asked, 'approved', await hire())).toBe('audit/export-settled');
    });
  });
}
