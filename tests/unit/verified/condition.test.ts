// What a request demands of a value, above all its age.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMet } from '../../../src/domain/verified/condition.ts';

const second = 1000;
const instants = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * second);
const ages = fc.integer({ min: 0, max: 100_000_000 });

test('an age is met to the very second, and not one later', () => {
  fc.assert(
    fc.property(instants, ages, (at, age) => {
      const text = new Date(at).toISOString();
      const end = at + age * second;
      expect([isMet({ max_age: age }, text, end), isMet({ max_age: age }, text, end + 1)]).toEqual([true, false]);
    }),
  );
});

test('a day is as old as its last second', () => {
  const end = Date.parse('2026-03-01T23:59:59Z');
  expect([isMet({ max_age: 0 }, '2026-03-01', end), isMet({ max_age: 0 }, '2026-03-01', end + 1)]).toEqual([true, false]);
  expect(isMet({ max_age: 0 }, '2031-05-17', end)).toBe(true);
});

test('what is no date is never young enough', () => {
  for (const given of ['', 'high', '2026-13-01', 7, true, null, ['2026-03-01'], { at: '2026-03-01' }]) {
    expect([given, isMet({ max_age: 4_000_000_000 }, given, 0)]).toEqual([given, false]);
  }
});

test('a value is the demanded one, or one of them, and meets every demand at once', () => {
  expect([isMet({ value: 'high' }, 'high', 0), isMet({ value: 'high' }, 'low', 0), isMet({ value: true }, 'true', 0)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([isMet({ values: ['high', 'low'] }, 'low', 0), isMet({ values: ['high'], value: 'low' }, 'low', 0)]).toEqual([true, false]);
  expect(isMet({ value: { country: 'SA', locality: 'Riyadh' } }, { locality: 'Riyadh', country: 'SA' }, 0)).toBe(true);
  expect(isMet({ essential: true, purpose: 'to open an account' }, 'anything', 0)).toBe(true);
});
