// What a search of the log gives does not depend on how much of it has become facts: the same entries, pages and counts as a walk over all of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { Entry, EntryFilter, LedgerStore, PageAsked } from '../../src/domain/ledger/store.ts';
import { createSigner } from '../support/ledger-samples.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { now } from '../support/store-samples.ts';

const hour = 3_600_000;
const types = ['consent.requested', 'consent.given', 'data.released', 'service.entered'] as const;
const services = ['found-a', 'found-b', 'found-c'];
const names = ['email', 'given_name', 'address'];

const drafted = fc.record({
  type: fc.constantFrom(...types),
  step: fc.oneof(fc.integer({ min: 0, max: hour }), fc.constant(-2 * hour), fc.constant(24 * hour)),
  service: fc.option(fc.constantFrom(...services), { nil: null }),
  purpose: fc.option(fc.constantFrom('renew', 'book'), { nil: null }),
  attributes: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
});
type Drafted = typeof drafted extends fc.Arbitrary<infer T> ? T : never;

const filtered = fc.record(
  {
    types: fc.uniqueArray(fc.constantFrom(...types), { maxLength: 2 }),
    service: fc.constantFrom(...services, 'nobody'),
    services: fc.uniqueArray(fc.constantFrom(...services), { maxLength: 2 }),
    purpose: fc.constantFrom('renew', 'book', 'none'),
    attribute: fc.constantFrom(...names, 'photo'),
    from: fc.integer({ min: now, max: now + 200 * hour }),
    to: fc.integer({ min: now, max: now + 200 * hour }),
  },
  { requiredKeys: [] },
);

function toEvents(drafts: readonly Drafted[]): readonly SealedEvent[] {
  let at = now;
  return drafts.map(({ step, ...draft }) => {
    at += step;
    return sealEvent(
      { clock: { now: () => at }, random: systemRandom },
      { ...draft, personRef: null, actor: { kind: 'system', ref: null } },
    );
  });
}

function isFound({ at, attributes, purpose, service, type }: Entry, filter: EntryFilter): boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = filter;
  const within = (list: readonly string[] | undefined, value: string | null): boolean =>
    list === undefined || (value !== null && list.includes(value));
  return [
    within(filter.types, type),
    within(filter.service === undefined ? undefined : [filter.service], service),
    within(filter.services, service),
    within(filter.purpose === undefined ? undefined : [filter.purpose], purpose),
    filter.attribute === undefined || attributes.includes(filter.attribute),
    at >= from && at < to,
  ].every(Boolean);
}

async function readAll(ledger: LedgerStore, filter: EntryFilter, order: PageAsked['order']): Promise<readonly number[]> {
  const all: number[] = [];
  let after: number | null = null;
  do {
    const page = await ledger.queryEntries(filter, { order, after, limit: 7 });
    all.push(...page.entries.map(({ index }) => index));
    after = page.next;
  } while (after !== null);
  return all;
}

export function describeLedgerSearch(get: () => OpenedDatabase): void {
  describe('a search of the log', () => {
    it('gives the same whether none, half or all of it has become facts', async () => {
      const { append, storage } = get();
      const { facts, ledger } = storage;
      while ((await facts.projectFacts(250)).added > 0) {
        // Until what other tests wrote has become facts.
      }
      await append(toEvents(fc.sample(drafted, { numRuns: 120, seed: 3 })));
      const signer = createSigner('contract.example/ledger');
      const { size } = await sequenceAll({ store: ledger, clock: systemClock, signer });
      const every = await ledger.readEntries(0, size);
      const filters = fc.sample(filtered, { numRuns: 25, seed: 9 });
      for (const more of [0, 60, 250]) {
        await facts.projectFacts(more);
        for (const filter of filters) {
          const matching = every.filter((entry) => isFound(entry, filter)).map(({ index }) => index);
          expect(await readAll(ledger, filter, 'oldest-first')).toEqual(matching);
          expect(await readAll(ledger, filter, 'newest-first')).toEqual(matching.toReversed());
          expect(await ledger.countEntries(filter, { below: size, limit: null })).toBe(matching.length);
          const below = size - 70;
          const earlier = matching.filter((index) => index < below).length;
          expect(await ledger.countEntries(filter, { below, limit: 5 })).toBe(Math.min(earlier, 5));
        }
      }
    });
  });
}
