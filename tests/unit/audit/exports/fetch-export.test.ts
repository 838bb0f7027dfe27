// A list is made page by page, and no more of it is held than a page. What is called off while it leaves ends in the middle.

import { createSecretKey, hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenedCase } from '../../../../src/domain/audit/case.ts';
import type { AuditExport } from '../../../../src/domain/audit/exports/export.ts';
import { fetchExport } from '../../../../src/domain/audit/exports/fetch-export.ts';
import type { FetchNeeds } from '../../../../src/domain/audit/exports/fetch-export.ts';
import { createLedgerSearch } from '../../../../src/domain/audit/exports/ledger-search.ts';
import { wholeLog } from '../../../../src/domain/audit/exports/query.ts';
import { toZip } from '../../../../src/domain/audit/exports/zip.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import type { SealedEvent } from '../../../../src/domain/ledger/event.ts';
import { findZipFiles } from '../../../../src/verifier/pack-files.ts';
import { listForms } from '../../../../src/web/audit/exports/list-lines.ts';
import { createPackWorld } from '../../../support/pack-world.ts';
import type { PackWorld } from '../../../support/pack-world.ts';
import { now } from '../../../support/store-samples.ts';

const day = 86_400_000;
const pageSize = 500;

describe('a list of a case', () => {
  let world: PackWorld;
  let size: number;
  let found: AuditExport;
  let standing: AuditExport;
  let recorded: SealedEvent[];
  let told: number[];

  beforeAll(async () => {
    world = await createPackWorld(2200);
    size = (await world.store.findCheckpoint())?.size ?? 0;
  });

  const opened = (): OpenedCase => {
    const key = createSecretKey(Buffer.alloc(32, 7));
    const paper = { id: 'case-1', number: '1448/Q/9', authority: 'A court', basis: 'complaint', scope: { kind: 'all' } } as const;
    const times = { covers: { from: null, to: null }, openedBy: 'officer-1', openedAt: now, endsAt: now + 30 * day, closedAt: null };
    return { ...paper, ...times, sealedKey: 'sealed', key, agencyId: null };
  };

  const prepare = (changes: Partial<AuditExport> = {}): FetchNeeds => {
    [recorded, told] = [[], []];
    const asked = { form: 'jsonl', query: wholeLog, reason: 'A complaint', recipient: 'A court', rows: size, size } as const;
    const times = { askedAt: now, decidedBy: null, decidedAt: null, endsAt: now + 7 * day };
    found = { id: 'export-1', caseId: 'case-1', state: 'open', askedBy: 'officer-1', ...asked, ...times, ...changes };
    standing = found;
    return {
      ...world.needs,
      findHead: () => world.store.findCheckpointOfSize(found.size),
      cases: { rememberPeople: async () => undefined, findCase: async () => opened() },
      exports: { findExport: async () => standing },
      listForms,
      tell: (rows) => told.push(rows),
      record: async (event) => {
        recorded.push(event);
      },
    };
  };

  const join = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) {
      parts.push(chunk);
    }
    return Buffer.concat(parts);
  };

  it.each(['csv', 'jsonl'] as const)('is the ZIP file that was announced, and its entry names the list by its digest: %s', async (form) => {
    const needs = prepare({ form });
    const { digest, read, rows, sizeBytes } = getValue(await fetchExport(needs, opened(), found));
    const bytes = await join(read());
    const files = findZipFiles(bytes);
    const list = files?.get(`entries.${form}`) ?? Buffer.from('');
    expect(bytes.length).toBe(sizeBytes);
    expect(bytes).toEqual(toZip([...(files ?? [])].map(([name, each]) => ({ name, bytes: each }))));
    expect(rows).toBe(size);
    expect(list.toString().split('\n').length - 1).toBe(form === 'csv' ? size + 1 : size);
    expect(digest).toBe(hash('sha256', list, 'base64url'));
    expect(JSON.parse(recorded[0]?.body ?? '')).toMatchObject({ type: 'export.created', payload: { sha256: digest, rows: size } });
  });

  it('is read only as fast as it is taken', async () => {
    const { read } = getValue(await fetchExport(prepare(), opened(), found));
    told = [];
    const chunks = read()[Symbol.asyncIterator]();
    // Header and bytes of both files of provenance, then the header of the list and what stands before its first row.
    for (let taken = 0; taken < 7; taken += 1) {
      await chunks.next();
    }
    await chunks.next();
    expect(told.length).toBeLessThanOrEqual(1);
    await chunks.return?.();
  });

  it('ends in the middle when it is called off while it leaves', async () => {
    const { read, sizeBytes } = getValue(await fetchExport(prepare(), opened(), found));
    let left = 0;
    const take = async (): Promise<void> => {
      for await (const chunk of read()) {
        left += chunk.length;
        if (left > 3 * pageSize) {
          standing = { ...found, state: 'cancelled' };
        }
      }
    };
    await expect(take()).rejects.toMatchObject({ code: 'audit/export-settled' });
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(sizeBytes / 2);
  });

  it('leaves no entry, and nothing, when it is called off before it leaves', async () => {
    const needs = prepare();
    const calledOff: FetchNeeds = {
      ...needs,
      tell: () => {
        standing = { ...found, state: 'cancelled' };
      },
    };
    await expect(fetchExport(calledOff, opened(), found)).rejects.toMatchObject({ code: 'audit/export-settled' });
    expect(recorded).toEqual([]);
  });

  it('ends in the middle when the log behind it says something else than before', async () => {
    const needs = prepare();
    let times = 0;
    const search = createLedgerSearch({ ledger: world.store, findPersonRef: async () => undefined });
    const other: FetchNeeds = {
      ...needs,
      findMatches: (query, below) => search.findMatches(query, (times += 1) === 1 ? below : below - 1),
    };
    const { read } = getValue(await fetchExport(other, opened(), found));
    await expect(join(read())).rejects.toThrow('not the file that was announced');
  });

  it('is not begun from a copy that does not reach as far', async () => {
    const needs = { ...prepare(), findHead: async () => undefined };
    expect(await fetchExport(needs, opened(), found)).toMatchObject({ ok: false, code: 'ledger/unavailable' });
    expect(recorded).toEqual([]);
  });
});
