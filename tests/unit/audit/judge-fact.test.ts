import { expect, test } from 'vitest';
import type { Fact, Mark } from '../../../src/domain/audit/facts.ts';
import { findElapsed, findFlaws } from '../../../src/domain/audit/judge-fact.ts';
import type { Before } from '../../../src/domain/audit/judge-fact.ts';

const at = 1_800_000_000_000;

const createFact = (type: string, marks: readonly Mark[] = []): Fact => ({
  index: 10,
  at,
  type,
  service: 'mol-work-permit',
  purpose: 'permit-renewal',
  purposeVersion: 1,
  reason: null,
  record: 'record',
  personRef: 'person',
  actor: { kind: 'person', ref: null },
  actedBy: 'self',
  elapsed: null,
  marks,
});

const released = createFact('data.released', [
  { kind: 'attribute', term: 'email' },
  { kind: 'attribute', term: 'given_name' },
]);
const standing = { type: 'consent.given', at: at - 5000, until: at + 5000 };
const whole: Before = { decision: standing, granted: ['email', 'given_name'], registered: ['email', 'given_name', 'birthdate'] };

test('a release under a record that stands, of what was granted and registered, has no flaw', () => {
  expect(findFlaws(released, whole)).toEqual([]);
  expect(findElapsed(released, whole)).toBeNull();
});

const ends: readonly (readonly [
  what: string,
  changes: { readonly [Name in keyof Before]?: Before[Name] | undefined },
  told: string,
  elapsed: number | null,
])[] = [
  ['no record at all', { decision: undefined }, 'no-record', null],
  ['a withdrawal before it', { decision: { ...standing, type: 'consent.withdrawn', at: at - 700 } }, 'after-withdrawal', 700],
  ['an order of an authority before it', { decision: { ...standing, type: 'consent.revoked', at: at - 9 } }, 'after-withdrawal', 9],
  ['a pause', { decision: { ...standing, type: 'consent.paused' } }, 'paused', 5000],
  ['an end that passed', { decision: { ...standing, until: at - 60 } }, 'after-expiry', 60],
  ['an end at this very moment', { decision: { ...standing, until: at } }, 'after-expiry', 0],
  ['an attribute that the purpose never named', { registered: ['email'] }, 'beyond-purpose', null],
  ['a version of the purpose that nobody registered', { registered: undefined }, 'beyond-purpose', null],
  ['an attribute that was not granted', { granted: ['given_name'] }, 'beyond-consent', null],
];

test.each(ends)('a release with %s is told', (...[, changes, told, elapsed]) => {
  const { decision, registered, ...rest } = { ...whole, ...changes };
  const before: Before = {
    ...(decision === undefined ? {} : { decision }),
    ...(registered === undefined ? {} : { registered }),
    granted: rest.granted ?? [],
  };
  expect(findFlaws(released, before)).toEqual([told]);
  expect(findElapsed(released, before)).toBe(elapsed);
});

test('an entry into a service below its level is told, and one at or above it is not', () => {
  const entered = (level: string): Fact => createFact('service.entered', [{ kind: 'level', term: level }]);
  expect(findFlaws(entered('substantial'), { minimumLevel: 'high' })).toEqual(['below-level']);
  expect(findFlaws(entered('nothing known'), { minimumLevel: 'substantial' })).toEqual(['below-level']);
  expect(findFlaws(entered('high'), { minimumLevel: 'high' })).toEqual([]);
  expect(findFlaws(entered('high'), { minimumLevel: 'substantial' })).toEqual([]);
});

test('an agreement faster than its notice can be read is told; a refusal may be as fast as it likes', () => {
  const given = createFact('consent.given');
  // 800 characters take eight seconds at the least.
  expect(findFlaws(given, { requestedAt: at - 7999, noticeLength: 800 })).toEqual(['hasty']);
  expect(findFlaws(given, { requestedAt: at - 8000, noticeLength: 800 })).toEqual([]);
  expect(findFlaws(given, { noticeLength: 800 })).toEqual([]);
  // Where nobody knows the notice, or it is a single word: it has to be seen all the same.
  expect(findFlaws(given, { requestedAt: at - 999 })).toEqual(['hasty']);
  expect(findFlaws(given, { requestedAt: at - 999, noticeLength: 4 })).toEqual(['hasty']);
  expect(findFlaws(given, { requestedAt: at - 1000 })).toEqual([]);
  expect(findFlaws(createFact('consent.refused'), { requestedAt: at - 1, noticeLength: 800 })).toEqual([]);
  expect(findElapsed(given, { requestedAt: at - 7999 })).toBe(7999);
});

test('what is done in the name of somebody who died is told, and what the office does about it is not', () => {
  expect(findFlaws(createFact('session.started'), { isDeceased: true })).toEqual(['after-death']);
  expect(findFlaws({ ...released, marks: [] }, { ...whole, isDeceased: true })).toEqual(['after-death']);
  expect(findFlaws(createFact('person.status_changed'), { isDeceased: true })).toEqual([]);
  expect(findFlaws(createFact('consent.expired'), { isDeceased: true })).toEqual([]);
});

test('the time of an answer counts from the change that it answers', () => {
  expect(findElapsed(createFact('rp.erased'), { since: at - 86_400_000 })).toBe(86_400_000);
  expect(findElapsed(createFact('rp.erased'), {})).toBeNull();
});

test('a type that is none of ours is told', () => {
  expect(findFlaws(createFact('consent.invented'), {})).toEqual(['unreadable']);
});

test('a clock that stood behind the entries before it is told once it is five minutes or more', () => {
  const viewed = createFact('record.viewed');
  expect(findFlaws(viewed, { newestAt: at + 300_000 })).toEqual([]);
  expect(findFlaws(viewed, { newestAt: at + 300_001 })).toEqual(['clock-back']);
  expect(findFlaws(viewed, { newestAt: at - 1 })).toEqual([]);
});

test('a decision within a minute of another of the same person is told, whatever was decided', () => {
  for (const type of ['consent.given', 'consent.renewed', 'consent.refused']) {
    expect(findFlaws(createFact(type), { decidedAt: at - 59_999 })).toEqual(['twice-in-a-minute']);
    expect(findFlaws(createFact(type), { decidedAt: at - 60_000 })).toEqual([]);
  }
});

test('a sign-in with the ceremony of an earlier one is told', () => {
  expect(findFlaws(createFact('session.started'), { isCeremonyKnown: true })).toEqual(['repeated-ceremony']);
  expect(findFlaws(createFact('session.started'), { isCeremonyKnown: false })).toEqual([]);
});
