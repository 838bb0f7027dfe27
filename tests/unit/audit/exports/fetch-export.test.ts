// A list is made page by page, and no more of it is held than a page. What is called off while it leaves ends in the middle.

import { hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchExport } from '../../../../src/domain/audit/exports/fetch-export.ts';
import type { FetchNeeds } from '../../../../src/domain/audit/exports/fetch-export.ts';
import { toZip } from '../../../../src/domain/audit/exports/zip.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import { findZipFiles } from '../../../../src/verifier/pack-files.ts';
import { toShownProgress } from '../../../../src/web/audit/exports/export-progress.ts';
import { createExportScene, joinChunks } from '../../../support/export-scene.ts';
import { createPackWorld } from '../../../support/pack-world.ts';
import type { PackWorld } from '../../../support/pack-world.ts';

const pageSize = 500;

describe('a list of a case', () => {
  let world: PackWorld;

  beforeAll(async () => {
    world = await createPackWorld(2200);
  });

  it.each(['csv', 'jsonl'] as const)('is the ZIP file that was announced, and its entry names the list by its digest: %s', async (form) => {
    const { found, needs, opened, recorded } = await createExportScene(world, { form });
    const { digest, read, rows, sizeBytes } = getValue(await fetchExport(needs, opened, found));
    const bytes = await joinChunks(read());
    const files = findZipFiles(bytes);
    const list = files?.get(`entries.${form}`) ?? Buffer.from('');
    expect(bytes.length).toBe(sizeBytes);
    expect(bytes).toEqual(toZip([...(files ?? [])].map(([name, each]) => ({ name, bytes: each }))));
    expect(rows).toBe(found.size);
    expect(list.toString().split('\n').length - 1).toBe(form === 'csv' ? found.size + 1 : found.size);
    expect(digest).toBe(hash('sha256', list, 'base64url'));
    expect(JSON.parse(recorded[0]?.body ?? '')).toMatchObject({ type: 'export.created', payload: { sha256: digest, rows: found.size } });
  });

  it('RX-09 is read only as fast as it is taken', async () => {
    const { found, needs, opened, told } = await createExportScene(world);
    const { read } = getValue(await fetchExport(needs, opened, found));
    const before = told.length;
    const chunks = read()[Symbol.asyncIterator]();
    // Header and bytes of both files of provenance, then the header of the list, what stands before its first row, and a page.
    for (let taken = 0; taken < 7; taken += 1) {
      expect((await chunks.next()).done).toBe(false);
    }
    expect(told.length - before).toBeLessThanOrEqual(1);
    await chunks.return?.();
  });

  it('RX-09 ends in the middle when it is called off while it leaves', async () => {
    const { callOff, found, needs, opened } = await createExportScene(world);
    const { read, sizeBytes } = getValue(await fetchExport(needs, opened, found));
    let left = 0;
    const take = async (): Promise<void> => {
      for await (const chunk of read()) {
        left += chunk.length;
        if (left > 3 * pageSize) {
          callOff();
        }
      }
    };
    await expect(take()).rejects.toMatchObject({ code: 'audit/export-settled' });
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(sizeBytes / 2);
  });

  it('leaves no entry, and nothing, when it is called off before it leaves', async () => {
    const { callOff, found, needs, opened, recorded } = await createExportScene(world);
    await expect(fetchExport({ ...needs, tell: async () => callOff() }, opened, found)).rejects.toMatchObject({
      code: 'audit/export-settled',
    });
    expect(recorded).toEqual([]);
  });

  it('ends in the middle when the log behind it says something else than before', async () => {
    const { found, needs, opened } = await createExportScene(world);
    let times = 0;
    const other: FetchNeeds = {
      ...needs,
      findMatches: (query, below) => {
        times += 1;
        return needs.findMatches(query, times === 1 ? below : below - 1);
      },
    };
    const { read } = getValue(await fetchExport(other, opened, found));
    await expect(joinChunks(read())).rejects.toThrow('not the file that was announced');
  });

  it('is not begun from a copy that does not reach as far', async () => {
    const { found, needs, opened, recorded } = await createExportScene(world);
    const behind = { ...needs, findHead: async () => undefined };
    expect(await fetchExport(behind, opened, found)).toMatchObject({ ok: false, code: 'ledger/unavailable' });
    expect(recorded).toEqual([]);
  });
});

describe('the progress of a list', () => {
  const about = { rows: 900, state: 'approved', endsAt: 1_000_000 } as const;

  it.each([
    ['none', undefined, {}],
    ['prepare', { step: 'prepare', rows: 900, at: 999 }, {}],
    ['send', { step: 'send', rows: 500, at: 999 }, {}],
    ['whole', { step: 'send', rows: 900, at: 1 }, {}],
    ['stopped', { step: 'send', rows: 500, at: 999 }, { state: 'cancelled' }],
    ['stopped', { step: 'send', rows: 500, at: 999 }, { endsAt: 1000 }],
  ] as const)('is %s', (state, progress, changes) => {
    expect(toShownProgress(progress, { ...about, ...changes }, 1000)).toMatchObject({ state, of: 900 });
  });

  it('is stopped where nothing was heard of it for half a minute', () => {
    expect(toShownProgress({ step: 'prepare', rows: 500, at: 0 }, about, 30_000).state).toBe('prepare');
    expect(toShownProgress({ step: 'prepare', rows: 500, at: 0 }, about, 30_001).state).toBe('stopped');
  });
});
