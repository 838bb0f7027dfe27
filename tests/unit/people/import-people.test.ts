import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAttributeValues } from '../../../src/domain/attributes/parse-values.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { changePersonStatus } from '../../../src/domain/people/change-status.ts';
import type { ChangeStatusNeeds } from '../../../src/domain/people/change-status.ts';
import { getPersonalData } from '../../../src/domain/people/get-personal-data.ts';
import { getSubject } from '../../../src/domain/people/get-subject.ts';
import type { SubjectNeeds } from '../../../src/domain/people/get-subject.ts';
import { importPeople } from '../../../src/domain/people/import-people.ts';
import type { GivenLine, ImportNeeds, ImportProgress, ImportResult } from '../../../src/domain/people/import-people.ts';
import { parsePersonReference } from '../../../src/domain/people/parse-person-reference.ts';
import { registryStatuses } from '../../../src/domain/people/person.ts';
import type { PersonalData, PersonKind, RegistryStatus, StoredPerson } from '../../../src/domain/people/person.ts';
import { createMemoryStores } from '../../support/memory-people.ts';
import type { MemoryStores } from '../../support/memory-people.ts';

type World = MemoryStores & {
  readonly needs: ImportNeeds & ChangeStatusNeeds & SubjectNeeds;
  readonly batches: number[];
  readonly progress: ImportProgress[];
};

function createWorld(): World {
  const stores = createMemoryStores();
  const batches: number[] = [];
  const progress: ImportProgress[] = [];
  const people = {
    ...stores.people,
    savePeople: async (...saved: Parameters<typeof stores.people.savePeople>) => {
      batches.push(saved[0].length);
      await stores.people.savePeople(...saved);
    },
  };
  const needs = {
    people,
    dataKey: createSecretKey(randomBytes(32)),
    lookupKey: createSecretKey(randomBytes(32)),
    clock: systemClock,
    random: systemRandom,
    parseValues: parseAttributeValues,
    onProgress: (seen: ImportProgress) => progress.push(seen),
  };
  return { ...stores, needs, batches, progress };
}

function line(
  number: number,
  id: string,
  values: PersonalData & { readonly kind?: PersonKind; readonly status?: RegistryStatus } = {},
): GivenLine {
  const { kind = 'visitor', status = null, ...data } = values;
  return { number, ok: true, given: { id, kind, status, data } };
}

async function* toSource(lines: readonly GivenLine[]): AsyncIterable<GivenLine> {
  yield* lines;
}

async function run(world: World, lines: readonly GivenLine[]): Promise<ImportResult> {
  return importPeople(world.needs, () => toSource(lines));
}

async function get(world: World, id: string): Promise<StoredPerson> {
  const found = await parsePersonReference(world.needs, id);
  if (!found.ok) {
    throw new Error('expected this person to be there');
  }
  return found.value;
}

test('a person taken in can be looked up by identifier, and their data opens', async () => {
  const world = createWorld();
  expect(await run(world, [line(1, '1000000008', { 'given_name#ar': 'سارة', kind: 'citizen' })])).toEqual({
    ok: true,
    added: 1,
    changed: 0,
    unchanged: 0,
    statusChanged: 0,
  });
  const person = await get(world, '۱۰۰۰۰۰۰۰۰۸');
  expect(person).toMatchObject({ kind: 'citizen', status: 'active', language: null });
  expect(getPersonalData(world.needs, person)).toEqual({ 'given_name#ar': 'سارة', national_id: '1000000008' });
  expect(Buffer.from(person.handle, 'base64url')).toHaveLength(32);
});

test('a resident gets a residence number, a visitor no number, and a given number stays', async () => {
  const world = createWorld();
  await run(world, [
    line(1, '2000000006', { kind: 'resident' }),
    line(2, 'P77', {}),
    line(3, '1000000008', { national_id: '1000000016', kind: 'citizen' }),
  ]);
  expect(getPersonalData(world.needs, await get(world, '2000000006'))).toEqual({ residency_number: '2000000006' });
  expect(getPersonalData(world.needs, await get(world, 'P77'))).toEqual({});
  expect(getPersonalData(world.needs, await get(world, '1000000008'))).toEqual({ national_id: '1000000016' });
});

test('importing the same again changes nothing and leaves no entry', async () => {
  const world = createWorld();
  const lines = [line(1, 'P77', { email: 'same@example.test' }), line(2, 'P78')];
  await run(world, lines);
  const [before, entries] = [await get(world, 'P77'), world.events.length];
  expect(await run(world, lines)).toEqual({ ok: true, added: 0, changed: 0, unchanged: 2, statusChanged: 0 });
  expect(await get(world, 'P77')).toEqual(before);
  expect(world.events).toHaveLength(entries);
});

test('importing again changes data and kind and keeps the account', async () => {
  const world = createWorld();
  await run(world, [line(1, 'P77', { email: 'old@example.test' })]);
  const before = await get(world, 'P77');
  expect(await run(world, [line(1, 'P77', { email: 'new@example.test', kind: 'gcc' }), line(2, 'P78')])).toEqual({
    ok: true,
    added: 1,
    changed: 1,
    unchanged: 0,
    statusChanged: 0,
  });
  const after = await get(world, 'P77');
  expect(after).toMatchObject({ id: before.id, handle: before.handle, kind: 'gcc' });
  expect(getPersonalData(world.needs, after)).toEqual({ email: 'new@example.test' });
  expect(world.events.map(({ type, personRef }) => [type, personRef === before.id])).toEqual([
    ['person.imported', true],
    ['person.imported', true],
    ['person.imported', false],
  ]);
});

test('every bad line is reported and nothing is written', async () => {
  const world = createWorld();
  const result = await run(world, [
    line(1, 'P1'),
    line(2, '1000000007', { kind: 'citizen' }),
    { number: 3, ok: false, reason: 'is not JSON' },
    line(4, 'P1'),
    line(5, 'P5', { birthdate: '1990-02-30', shoe_size: 42 }),
  ]);
  expect(result).toEqual({
    ok: false,
    code: 'import/invalid',
    badLines: [
      { line: 2, reason: 'id has a wrong check digit' },
      { line: 3, reason: 'is not JSON' },
      { line: 4, reason: 'id is the same as in line 1' },
      { line: 5, reason: 'birthdate must be a real date, written YYYY-MM-DD; shoe_size is not the name of an attribute' },
    ],
  });
  expect(world.batches).toEqual([]);
  expect(world.events).toEqual([]);
});

test('wherever the bad line stands, nothing is written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 1100 }), fc.nat({ max: 1100 }), async (count, at) => {
      const world = createWorld();
      const good = Array.from({ length: count }, (_, index) => line(index + 1, `P${index}`));
      const result = await run(world, good.toSpliced(Math.min(at, count), 0, { number: at, ok: false, reason: 'bad' }));
      expect(result.ok).toBe(false);
      expect(world.batches).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('writing goes in batches of 500 and tells how far it is', async () => {
  const world = createWorld();
  const lines = Array.from({ length: 1201 }, (_, index) => line(index + 1, `P${index}`));
  expect(await run(world, lines)).toEqual({ ok: true, added: 1201, changed: 0, unchanged: 0, statusChanged: 0 });
  expect(world.batches).toEqual([500, 500, 201]);
  expect(world.progress.at(-1)).toEqual({ phase: 'writing', done: 1201, total: 1201 });
});

test('a file that changes between the two readings is refused', async () => {
  const world = createWorld();
  const readings = [[line(1, 'P1')], [line(1, '', {})]];
  await expect(importPeople(world.needs, () => toSource(readings.shift() ?? []))).rejects.toThrow('import/invalid');
  expect(world.batches).toEqual([]);
});

test('two imports of one file at once leave data that opens', async () => {
  const world = createWorld();
  await Promise.all([1, 2].map(async (number) => run(world, [line(1, 'P1', { email: `p${number}@example.test` })])));
  expect(getPersonalData(world.needs, await get(world, 'P1'))['email']).toMatch(/^p[12]@example\.test$/);
});

test('neither entries nor rows hold a readable value', async () => {
  const world = createWorld();
  await run(world, [line(1, '1000000008', { email: 'sara@example.test', 'given_name#ar': 'سارة', kind: 'citizen' })]);
  const everything = JSON.stringify([world.events, await get(world, '1000000008')]);
  expect(everything).not.toMatch(/1000000008|sara|سارة/);
});

test('a change of status is one entry, and no change is none', async () => {
  const world = createWorld();
  await run(world, [line(1, 'P1')]);
  expect(await changePersonStatus(world.needs, 'P1', { status: 'frozen' })).toEqual({ ok: true, value: { from: 'active', to: 'frozen' } });
  expect(await changePersonStatus(world.needs, 'P1', { status: 'frozen' })).toEqual({ ok: true, value: { from: 'frozen', to: 'frozen' } });
  expect(await changePersonStatus(world.needs, 'P2', { status: 'frozen' })).toMatchObject({ ok: false, code: 'person/unknown' });
  expect(world.events.filter(({ type }) => type === 'person.status_changed')).toHaveLength(1);
});

test('a subject is the same within a sector and another in every other', async () => {
  const world = createWorld();
  await run(world, [line(1, 'P1'), line(2, 'P2')]);
  const subjects = await Promise.all(
    [
      ['P1', 'mol'],
      ['P1', 'mol'],
      ['P1', 'moh'],
      ['P2', 'mol'],
    ].map(async ([id = '', sector = '']) => getSubject(world.needs, await get(world, id), sector)),
  );
  expect(subjects[0]).toBe(subjects[1]);
  expect(new Set(subjects).size).toBe(3);
});

const statusOf = async (world: World): Promise<string> => (await get(world, 'P1')).status;
const createSay = (world: World) => async (status: RegistryStatus) => {
  await run(world, [line(1, 'P1', { status })]);
  return statusOf(world);
};

test('what the registry says anew about the status is applied once, counted, and an entry; what it repeats is not', async () => {
  const world = createWorld();
  const deceased = [line(1, 'P1', { status: 'deceased' })];
  await run(world, [line(1, 'P1')]);
  expect(await run(world, deceased)).toEqual({ ok: true, added: 0, changed: 0, unchanged: 1, statusChanged: 1 });
  const written = world.events.length;
  expect(await run(world, deceased)).toEqual({ ok: true, added: 0, changed: 0, unchanged: 1, statusChanged: 0 });
  expect(await run(world, [line(1, 'P1')])).toEqual({ ok: true, added: 0, changed: 0, unchanged: 1, statusChanged: 0 });
  expect([await statusOf(world), world.events.length]).toEqual(['deceased', written]);
  expect(world.events.at(-1)).toMatchObject({ type: 'person.status_changed' });
  await run(world, [line(1, 'P1', { status: 'active' })]);
  expect(await statusOf(world)).toBe('active');
});

test('somebody new may come with a status', async () => {
  const world = createWorld();
  expect(await run(world, [line(1, 'P1', { status: 'emigrated' })])).toEqual({
    ok: true,
    added: 1,
    changed: 0,
    unchanged: 0,
    statusChanged: 1,
  });
  expect(await statusOf(world)).toBe('emigrated');
});

test('the registry takes back only what it did itself: whoever was suspended by others is not active again by its word', async () => {
  const world = createWorld();
  const say = createSay(world);
  await say('active');
  await changePersonStatus(world.needs, 'P1', { status: 'suspended' });
  expect([await say('active'), await say('suspended'), await say('active')]).toEqual(['suspended', 'suspended', 'suspended']);
  // What it says above that is applied, and covers it for good: an operator takes it back.
  expect([await say('emigrated'), await say('deceased'), await say('active')]).toEqual(['emigrated', 'deceased', 'deceased']);
  await changePersonStatus(world.needs, 'P1', { status: 'active' });
  expect(await say('active')).toBe('active');
  // A line that repeats what covered an operator's word undoes nothing that the operator said since, however often it comes.
  await changePersonStatus(world.needs, 'P1', { status: 'suspended' });
  await say('deceased');
  await changePersonStatus(world.needs, 'P1', { status: 'active' });
  expect([await say('deceased'), await say('deceased'), await say('emigrated')]).toEqual(['active', 'active', 'emigrated']);
});

test.each(registryStatuses.filter((status) => status !== 'active'))(
  'a freeze outlives what the registry says above it and takes back: %s and active again is frozen, with one true entry each',
  async (above) => {
    const world = createWorld();
    await run(world, [line(1, 'P1', { status: 'active' })]);
    await changePersonStatus(world.needs, 'P1', { status: 'frozen' });
    const before = world.events.length;
    for (const status of [above, above, 'active', 'active'] as const) {
      await run(world, [line(1, 'P1', { status })]);
    }
    expect(await statusOf(world)).toBe('frozen');
    expect(world.events.slice(before).map(({ body }): unknown => JSON.parse(body))).toMatchObject([
      { payload: { from: 'frozen', to: above, source: 'registry' } },
      { payload: { from: above, to: 'frozen', source: 'registry' } },
    ]);
  },
);

test.each(['suspended', 'deceased'] as const)('a freeze outlives what an operator says above it and takes back: %s', async (above) => {
  const world = createWorld();
  await run(world, [line(1, 'P1')]);
  for (const [status, to] of [
    ['frozen', 'frozen'],
    [above, above],
    ['active', 'frozen'],
  ] as const) {
    expect(await changePersonStatus(world.needs, 'P1', { status })).toMatchObject({ ok: true, value: { to } });
    expect(await statusOf(world)).toBe(to);
  }
});
