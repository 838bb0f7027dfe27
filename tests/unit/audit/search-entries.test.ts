import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchEntries } from '../../../src/domain/audit/search-entries.ts';
import type { Place, Search, SearchAsked } from '../../../src/domain/audit/search-entries.ts';
import type { SearchFilter } from '../../../src/domain/audit/filter.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import type { Entry } from '../../../src/domain/ledger/store.ts';
import { createAuditWorld, officer } from '../../support/audit-world.ts';
import type { AuditWorld } from '../../support/audit-world.ts';
import { sampleStart } from '../../support/ledger-samples.ts';

const everything: SearchAsked = { filter: {}, order: 'newest-first', place: { at: 'start' }, limit: 10, form: 'page' };

const indexes = (search: Search): readonly number[] => search.entries.map((entry) => entry.index);

const search = async (world: AuditWorld, asked: Partial<SearchAsked>): Promise<Search> =>
  getValue(await searchEntries(world.needs, officer, { ...everything, ...asked }));

const isTimed = (at: number, { from = 0, to = Number.MAX_SAFE_INTEGER }: SearchFilter): boolean => at >= from && at < to;

function isWanted(entry: Entry, filter: SearchFilter): boolean {
  const { types, attribute } = filter;
  const isNamed = (['service', 'purpose'] as const).every((name) => filter[name] === undefined || filter[name] === entry[name]);
  const isTyped = types === undefined || types.some((type) => type === entry.type);
  const isHeld = attribute === undefined || entry.attributes.includes(attribute);
  return isNamed && isTyped && isHeld && isTimed(entry.at, filter);
}

const second = fc.integer({ min: 0, max: 40 }).map((seconds) => sampleStart + seconds * 1000);

const filters: fc.Arbitrary<SearchFilter> = fc.record(
  {
    types: fc.subarray(['consent.given', 'data.released', 'passkey.registered'] as const, { minLength: 1 }),
    service: fc.constantFrom('mol-work-permit', 'moh-clinic'),
    attribute: fc.constantFrom('given_name', 'email', 'birthdate'),
    from: second,
    to: second,
  },
  { requiredKeys: [] },
);

const orders = fc.constantFrom('newest-first' as const, 'oldest-first' as const);

describe('searching the ledger', () => {
  it('finds exactly the entries that the filter means, whatever the filter', async () => {
    await fc.assert(
      fc.asyncProperty(filters, orders, async (filter, order) => {
        const world = await createAuditWorld(40);
        const wanted = world.store.rows.entries.filter((entry) => isWanted(entry, filter)).map(({ index }) => index);
        const found = await search(world, { filter, order, limit: 500 });
        expect(indexes(found)).toEqual(order === 'oldest-first' ? wanted : wanted.toReversed());
        expect(found.found).toEqual({ count: wanted.length, isMore: false });
      }),
      { numRuns: 40 },
    );
  });

  it('pages through everything and back, without skipping or repeating, though each look adds an entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), async (limit) => {
        const world = await createAuditWorld(23);
        const forth: Search[] = [];
        let place: Place | null = { at: 'start' };
        while (place !== null) {
          const page: Search = await search(world, { limit, place });
          forth.push(page);
          place = page.next;
        }
        expect(forth.flatMap(indexes)).toEqual(Array.from({ length: 23 }, (_, at) => 22 - at));
        const back: Search[] = [];
        place = forth.at(-1)?.previous ?? null;
        while (place !== null && (indexes(back[0] ?? everyIndexBelow(0))[0] ?? 0) < 22) {
          const page: Search = await search(world, { limit, place });
          back.unshift(page);
          place = page.previous;
        }
        const returned = back.flatMap(indexes).filter((index) => index < 23);
        expect(returned).toEqual(forth.slice(0, -1).flatMap(indexes));
      }),
      { numRuns: 7 },
    );
  });

  it('gives neither the person nor what would open an entry', async () => {
    const world = await createAuditWorld(20);
    const found = await search(world, { limit: 100 });
    const text = JSON.stringify(found);
    const hidden = world.store.rows.entries.flatMap(({ personRef, salt }) => [personRef, salt]).filter((part) => part !== null);
    expect(hidden.filter((part) => text.includes(part))).toEqual([]);
  });

  it('says how the log stood, and counts no further than anybody waits', async () => {
    const world = await createAuditWorld(3);
    const found = await search(world, {});
    expect(found.checkpoint?.size).toBe(3);
    const many = { ...world.needs, ledger: { ...world.needs.ledger, countEntries: () => Promise.resolve(10_001) } };
    const counted = getValue(await searchEntries(many, officer, everything));
    expect(counted.found).toEqual({ count: 10_000, isMore: true });
  });
});

function everyIndexBelow(count: number): Search {
  const entries = Array.from({ length: count }, (_, index) => ({
    index,
    id: '',
    type: '',
    at: 0,
    service: null,
    purpose: null,
    attributes: [],
  }));
  return { entries, previous: null, next: null, found: { count, isMore: false }, checkpoint: null };
}

describe('the entry that a search leaves', () => {
  it('is one for each page, holds the filter and how many were handed out, and names who looked', async () => {
    const world = await createAuditWorld(12);
    const filter = { types: ['data.released'], service: 'mol-work-permit', from: sampleStart } as const;
    await search(world, { filter, order: 'oldest-first', place: { at: 'after', index: 2 }, form: 'json' });
    expect(world.recorded).toHaveLength(1);
    expect(world.recorded[0]).toMatchObject({ type: 'record.searched', personRef: null, service: null, purpose: null, attributes: [] });
    const body: unknown = JSON.parse(world.recorded[0]?.body ?? '');
    expect(body).toMatchObject({
      actor: { kind: 'officer', ref: 'officer-1' },
      payload: {
        filter: { types: ['data.released'], service: 'mol-work-permit', purpose: null, attribute: null, from: sampleStart, to: null },
        order: 'oldest-first',
        after: 2,
        before: null,
        returned: 1,
        form: 'json',
      },
    });
  });

  it('is written before anything is shown: where it cannot be written, nothing is', async () => {
    const world = await createAuditWorld(3);
    await expect(searchEntries(world.broken, officer, everything)).rejects.toMatchObject({ code: 'ledger/unavailable' });
  });

  it('is not written for a filter that names nothing registered, so that nothing typed freely gets into the log', async () => {
    const world = await createAuditWorld(3);
    const wrong: readonly SearchFilter[] = [
      { service: '1000000008' },
      { purpose: 'sara' },
      { attribute: 'sara' },
      { service: 'moh-clinic', purpose: 'permit-renewal' },
    ];
    for (const filter of wrong) {
      expect(await searchEntries(world.needs, officer, { ...everything, filter })).toMatchObject({
        ok: false,
        code: 'audit/filter-unknown',
      });
    }
    expect(world.recorded).toEqual([]);
  });
});
