// What every store of facts promises: each entry becomes one fact, in order, and every filter and grouping gives what a walk over all of them would.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, FactFilter, FactStore, GroupAsked, GroupKey } from '../../src/domain/audit/facts.ts';
import { verifyFacts } from '../../src/domain/audit/verify-facts.ts';
import { catchUp } from '../../src/domain/audit/catch-up.ts';
import { toFact } from '../../src/domain/audit/to-fact.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { EventDraft, EventType, SealedEvent } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { groupNaively, isMatching } from '../support/naive-facts.ts';
import { createName, createPerson, now } from '../support/store-samples.ts';

const day = 86_400_000;
const hour = 3_600_000;
/** The first moment of a day of the country. */
const begin = Math.floor(now / day) * day - 3 * hour;

const types = ['consent.requested', 'consent.given', 'consent.refused', 'consent.withdrawn', 'data.released', 'service.entered'] as const;
const names = ['email', 'given_name', 'birthdate', 'address'];

const drafted = fc.record({
  type: fc.constantFrom(...types),
  step: fc.oneof(fc.integer({ min: 0, max: 5 * hour }), fc.constant(-2 * hour), fc.constant(day)),
  person: fc.option(fc.constantFrom('p1', 'p2', 'p3'), { nil: null }),
  service: fc.option(fc.constantFrom('s1', 's2', 's3'), { nil: null }),
  purpose: fc.constantFrom('a', 'b'),
  version: fc.constantFrom(1, 2),
  record: fc.option(fc.constantFrom('r1', 'r2'), { nil: null }),
  attributes: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
  basis: fc.constantFrom('consent', 'law'),
  reason: fc.option(fc.constantFrom('x', 'y'), { nil: null }),
  actedBy: fc.constantFrom('self', 'guardian'),
});
type Drafted = typeof drafted extends fc.Arbitrary<infer T> ? T : never;

const filtered = fc.record(
  {
    types: fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 3 }),
    services: fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's9'), { minLength: 1, maxLength: 3 }),
    purpose: fc.constantFrom('a', 'b', 'z'),
    purposeVersion: fc.constantFrom(1, 2, 3),
    record: fc.constantFrom('r1', 'r2'),
    reason: fc.constantFrom('x', 'y'),
    personRefs: fc.uniqueArray(fc.constantFrom('p1', 'p2', 'p3'), { minLength: 1, maxLength: 2 }),
    marks: fc.uniqueArray(
      fc.oneof(
        fc.constantFrom(...names).map((term) => ({ kind: 'attribute', term }) as const),
        fc.constantFrom('consent', 'law').map((term) => ({ kind: 'basis', term }) as const),
      ),
      { minLength: 1, maxLength: 2, selector: (mark) => JSON.stringify(mark) },
    ),
    from: fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((days) => begin + days * day),
      fc.integer({ min: begin, max: begin + 4 * day }),
    ),
    to: fc.oneof(
      fc.integer({ min: 1, max: 6 }).map((days) => begin + days * day),
      fc.integer({ min: begin, max: begin + 6 * day }),
    ),
    actedBy: fc.constantFrom('self', 'guardian', 'authority'),
    anyAttribute: fc.uniqueArray(fc.constantFrom(...names, 'photo'), { minLength: 1, maxLength: 3 }),
    elapsedBelow: fc.integer({ min: 0, max: hour }),
    elapsedFrom: fc.integer({ min: 0, max: hour }),
  },
  { requiredKeys: [] },
);

const keys: readonly GroupKey[] = [
  'type',
  'service',
  'purpose',
  'purposeVersion',
  'reason',
  'actor',
  'actedBy',
  'hour',
  'day',
  'month',
  'record',
  'person',
  { mark: 'attribute' },
  { mark: 'basis' },
];

const grouped = fc.record(
  {
    by: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 0, maxLength: 2, selector: (key) => JSON.stringify(key) }),
    people: fc.constant(true as const),
    elapsed: fc.constant(true as const),
  },
  { requiredKeys: ['by'] },
);

function toEvents(drafts: readonly Drafted[]): readonly SealedEvent[] {
  let at = begin;
  return drafts.map((given) => {
    at += given.step;
    const draft: EventDraft = {
      type: given.type,
      personRef: given.person,
      actor: { kind: 'service', ref: given.service },
      service: given.service,
      purpose: given.purpose,
      purposeVersion: given.version,
      record: given.record,
      attributes: given.attributes,
      reason: given.reason,
      actedBy: given.actedBy,
      payload: { basis: given.basis },
    };
    return sealEvent({ clock: { now: () => at }, random: systemRandom }, draft);
  });
}

type Told = readonly [type: EventType, elapsed: number | null, flaws: string, purpose?: string];

/** Each a minute after the one before. Of a purpose that nobody registered, by which nothing may leave. */
const answers: readonly Told[] = [
  ['consent.requested', null, ''],
  ['consent.given', 60_000, ''],
  ['data.released', null, 'beyond-purpose'],
  ['data.released', null, 'beyond-purpose no-record', 'b'],
  ['consent.withdrawn', null, ''],
  ['data.released', 60_000, 'after-withdrawal beyond-purpose'],
  ['rp.erased', 120_000, ''],
  ['complaint.opened', null, ''],
  ['complaint.closed', 60_000, ''],
  ['unmask.requested', null, ''],
  ['unmask.approved', 60_000, ''],
  ['unmask.used', 120_000, ''],
];

function toStory(personRef: string, from: number): readonly SealedEvent[] {
  return answers.map(([type, , , purpose = 'a'], place) => {
    const ofCase = type.startsWith('complaint.') || type.startsWith('unmask.');
    const about = ofCase
      ? { payload: { case: `number of ${type.split('.')[0]}` } }
      : { service: 'told', purpose, purposeVersion: 1, record: `record of ${personRef}`, attributes: ['email'] };
    const draft = { type, personRef, actor: { kind: 'person', ref: null }, ...about } as const;
    return sealEvent({ clock: { now: () => from + place * 60_000 }, random: systemRandom }, draft);
  });
}

const signer = createSigner('contract.example/ledger');

async function appendAll({ append, storage }: OpenedDatabase, events: readonly SealedEvent[]): Promise<number> {
  await append(events);
  const { size } = await sequenceAll({ store: storage.ledger, clock: systemClock, signer });
  return size;
}

async function projectAll(facts: FactStore, size: number, limit: number): Promise<void> {
  while ((await facts.findProjected()) < size) {
    await facts.projectFacts(limit);
  }
}

async function readAll(facts: FactStore, filter: FactFilter, order: 'oldest-first' | 'newest-first'): Promise<readonly Fact[]> {
  const all: Fact[] = [];
  let after: number | null = null;
  do {
    const page = await facts.readFacts(filter, { order, after, limit: 3 });
    all.push(...page.facts);
    after = page.next;
  } while (after !== null);
  return all;
}

const toIndexes = (facts: readonly Fact[]): readonly number[] => facts.map(({ index }) => index);

async function expectSame(
  facts: FactStore,
  { all, filter, asked }: { readonly all: readonly Fact[]; readonly filter: FactFilter; readonly asked: GroupAsked },
) {
  const matching = all.filter((fact) => isMatching(fact, filter));
  expect(await readAll(facts, filter, 'oldest-first')).toEqual(matching);
  expect(toIndexes(await readAll(facts, filter, 'newest-first'))).toEqual(toIndexes(matching).toReversed());
  expect(await facts.countFacts(filter, null)).toBe(matching.length);
  expect(await facts.countFacts(filter, 2)).toBe(Math.min(matching.length, 2));
  const groups = await facts.groupFacts(filter, asked);
  expect(new Map(groups.map((group) => [JSON.stringify(group.keys), group]))).toEqual(groupNaively(all, filter, asked));
  const counts = groups.map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
}

export function describeFactStore(get: () => OpenedDatabase): void {
  describe('facts', () => {
    it('every filter, page, count and grouping is what a walk over all facts gives, also as the log stood', async () => {
      const { storage } = get();
      const size = await appendAll(get(), toEvents(fc.sample(drafted, { numRuns: 160, seed: 7 })));
      await projectAll(storage.facts, size, 37);
      const all = await readAll(storage.facts, { below: size }, 'oldest-first');
      expect(toIndexes(all)).toEqual(Array.from({ length: size }, (_, index) => index));
      const cases = fc.record({ filter: filtered, asked: grouped, below: fc.integer({ min: 1, max: size }) });
      for (const { filter, asked, below } of fc.sample(cases, { numRuns: 60, seed: 11 })) {
        await expectSame(storage.facts, { all, filter: { ...filter, below }, asked: { ...asked, limit: 1000 } });
      }
    });

    it('count the time of an answer from what it answers, and judge alike, whether both become facts together or apart', async () => {
      const { storage } = get();
      const told: unknown[] = [];
      for (const limit of [1, 250]) {
        const size = await appendAll(get(), toStory(`person of ${limit}`, begin + (10 + limit) * day));
        await projectAll(storage.facts, size, limit);
        const facts = await readAll(storage.facts, { personRefs: [`person of ${limit}`], below: size }, 'oldest-first');
        told.push(
          facts.map(({ elapsed, marks, type }) => {
            const flaws = marks.filter(({ kind, term }) => kind === 'flaw' && term !== 'clock-back').map(({ term }) => term);
            return [type, elapsed, flaws.toSorted().join(' ')];
          }),
        );
      }
      const expected = answers.map(([type, elapsed, found]) => [type, elapsed, found]);
      expect(told).toEqual([expected, expected]);
    });

    it('say what the entry says', async () => {
      const { storage } = get();
      const from = await storage.facts.findProjected();
      const size = await appendAll(get(), toEvents(fc.sample(drafted, { numRuns: 12, seed: 3 })));
      await projectAll(storage.facts, size, 250);
      const entries = await storage.ledger.readEntries(from, size);
      const page = await storage.facts.readFacts({ below: size }, { order: 'oldest-first', after: from - 1, limit: 100 });
      const plain = page.facts.map((fact) => ({ ...fact, elapsed: null, marks: fact.marks.filter(({ kind }) => kind !== 'flaw') }));
      expect(plain).toEqual(entries.map(toFact));
    });

    it('tell a ceremony that was copied and a clock that went back, whichever act made them facts', async () => {
      const { storage } = get();
      const from = await storage.facts.findProjected();
      const start = begin + 400 * day;
      const signIn = (at: number, passkey: string): SealedEvent => {
        const about = { type: 'session.started', personRef: null, actor: { kind: 'person', ref: null }, payload: { passkey } } as const;
        return sealEvent({ clock: { now: () => at }, random: systemRandom }, about);
      };
      const own = Array.from({ length: 6 }, () => createName());
      const [copied = '', other = '', ...rest] = own;
      const events = [signIn(start, copied), signIn(start, other), signIn(start + 1, copied), signIn(start - hour, rest[0] ?? '')];
      const size = await appendAll(get(), [...events, signIn(start + 2, rest[1] ?? ''), signIn(start - 60_000, rest[2] ?? '')]);
      await projectAll(storage.facts, size, 1);
      const { facts } = await storage.facts.readFacts({ below: size }, { order: 'oldest-first', after: from - 1, limit: 10 });
      const found = facts.map(({ marks }) => marks.filter(({ kind }) => kind === 'flaw').map(({ term }) => term));
      expect(found).toEqual([[], [], ['repeated-ceremony'], ['clock-back'], [], []]);
    });

    it('are the same when they are worked out again', async () => {
      const { storage } = get();
      const size = await appendAll(get(), toEvents(fc.sample(drafted, { numRuns: 300, seed: 5 })));
      await projectAll(storage.facts, size, 250);
      expect(await verifyFacts({ facts: storage.facts, total: size })).toEqual({
        compared: size,
        faults: [],
        isCut: false,
        isSettled: true,
      });
    });

    it('are made once, however many make them at once', async () => {
      const { storage } = get();
      const size = await appendAll(get(), toEvents(fc.sample(drafted, { numRuns: 40, seed: 5 })));
      await Promise.all(Array.from({ length: 8 }, () => storage.facts.projectFacts(10)));
      expect(await catchUp(storage)).toBe(size);
      expect(await storage.facts.countFacts({ below: size }, null)).toBe(size);
      const days = await storage.facts.groupFacts({ below: size }, { by: ['day'], limit: 10_000 });
      expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(size);
    });

    it('lead to nobody once a person is erased', async () => {
      const { storage } = get();
      const person = createPerson();
      await storage.people.savePeople([person], [], []);
      const about = { type: 'session.started', personRef: person.id, actor: { kind: 'person', ref: null } } as const;
      const needs = { clock: systemClock, random: systemRandom };
      const size = await appendAll(get(), [sealEvent(needs, about), sealEvent(needs, about)]);
      await projectAll(storage.facts, size, 250);
      expect(await storage.facts.countFacts({ personRefs: [person.id], below: size }, null)).toBe(2);
      const event = sealEvent(needs, { ...about, type: 'person.erased', personRef: null });
      const erasure = { personId: person.id, handle: createName(), registryDigest: createName(), event };
      expect(await storage.erasures.erasePerson(erasure)).toBe('erased');
      const late = sealEvent(needs, about);
      const after = await appendAll(get(), [late]);
      // As of a person of thousands of entries, whose secrets are destroyed little by little.
      await get().engine.atomic(function* () {
        yield { text: "INSERT INTO entry_secrets (entry_id, person_ref, salt) VALUES (?, ?, 's')", values: [late.id, person.id] };
      });
      await projectAll(storage.facts, after, 250);
      expect(await storage.facts.countFacts({ personRefs: [person.id], below: after }, null)).toBe(0);
      const { facts } = await storage.facts.readFacts({ below: after }, { order: 'newest-first', after: null, limit: 4 });
      expect(facts.map(({ personRef }) => personRef)).toEqual([null, null, null, null]);
      expect((await verifyFacts({ facts: storage.facts, total: after })).faults).toEqual([]);
    });
  });
}
