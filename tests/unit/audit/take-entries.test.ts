import { describe, expect, it } from 'vitest';
import { takeEntries } from '../../../src/domain/audit/take-entries.ts';
import type { TakeAsked, Taken } from '../../../src/domain/audit/take-entries.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { createAuditWorld, officer } from '../../support/audit-world.ts';

const everything: TakeAsked = { filter: {}, order: 'oldest-first', limit: null, form: 'jsonl' };

async function readIndexes(taken: Taken): Promise<readonly number[]> {
  const indexes: number[] = [];
  for await (const page of taken.pages) {
    indexes.push(...page.map(({ index }) => index));
  }
  return indexes;
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

describe('taking a whole result', () => {
  it.each(['oldest-first', 'newest-first'] as const)('reads the log as it stood, over many pages, %s', async (order) => {
    const world = await createAuditWorld(2300);
    const taken = getValue(await takeEntries(world.needs, officer, { ...everything, order }));
    const indexes = await readIndexes(taken);
    expect(taken).toMatchObject({ count: 2300, isCut: false, size: 2300 });
    expect(indexes.toSorted((a, b) => a - b)).toEqual(upTo(2300));
    expect(indexes[0]).toBe({ 'oldest-first': 0, 'newest-first': 2299 }[order]);
  });

  it('leaves one entry with what was taken, before the first entry is read', async () => {
    const world = await createAuditWorld(30);
    const taken = getValue(await takeEntries(world.needs, officer, { ...everything, filter: { service: 'moh-clinic' }, limit: 4 }));
    expect(world.recorded).toHaveLength(1);
    expect(JSON.parse(world.recorded[0]?.body ?? '')).toMatchObject({
      type: 'record.searched',
      payload: { filter: { service: 'moh-clinic' }, returned: 4, form: 'jsonl' },
    });
    expect(await readIndexes(taken)).toEqual([1, 4, 7, 10]);
    expect(taken).toMatchObject({ count: 4, isCut: true });
    expect(world.recorded).toHaveLength(1);
  });

  it('takes nothing where the entry cannot be written or the filter is unknown', async () => {
    const world = await createAuditWorld(3);
    await expect(takeEntries(world.broken, officer, everything)).rejects.toMatchObject({ code: 'ledger/unavailable' });
    expect(await takeEntries(world.needs, officer, { ...everything, filter: { service: 'nobody' } })).toMatchObject({ ok: false });
    expect(world.recorded).toEqual([]);
  });

  it('takes an empty log for what it is', async () => {
    const world = await createAuditWorld(0);
    expect(await readIndexes(getValue(await takeEntries(world.needs, officer, everything)))).toEqual([]);
  });
});
