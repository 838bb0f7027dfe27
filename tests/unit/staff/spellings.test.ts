import { expect, test } from 'vitest';
import { foldName, isSameName, toSpellingIn, toSpellings } from '../../../src/domain/staff/spellings.ts';

test.each([
  ['فهد العتيبي · Fahad Alotaibi', ['فهد العتيبي', 'Fahad Alotaibi']],
  ['فهد العتيبي / Fahad Alotaibi', ['فهد العتيبي', 'Fahad Alotaibi']],
  ['فهد العتيبي - Fahad Alotaibi', ['فهد العتيبي', 'Fahad Alotaibi']],
  ['Fahad Al-Otaibi', ['Fahad Al-Otaibi']],
] as const)('the name %s is held in each of its spellings', (name, spellings) => {
  expect(toSpellings(name)).toEqual(spellings);
});

test('two names are one where they share a spelling', () => {
  const name = 'فهد العتيبي · Fahad Alotaibi';
  expect([isSameName(name, 'FAHAD ALOTAIBI'), isSameName('فهد العتيبى', name), isSameName(name, name)]).toEqual([true, true, true]);
  expect([isSameName(name, 'Fahad Alotaibi Junior'), isSameName(name, 'ليلى الدوسري · Laila Aldosari')]).toEqual([false, false]);
});

test('a name is shown in the script of the page, and whole where it has no such spelling', () => {
  const name = 'فهد العتيبي · Fahad Alotaibi';
  expect([toSpellingIn(name, 'ar'), toSpellingIn(name, 'en')]).toEqual(['فهد العتيبي', 'Fahad Alotaibi']);
  expect([toSpellingIn('Fahad Alotaibi', 'ar'), toSpellingIn('فهد', 'en')]).toEqual(['Fahad Alotaibi', 'فهد']);
});

test.each([
  ['أحمد  الشّهري', 'احمد الشهري'],
  ['فاطمة', 'فاطمه'],
  ['هدى', 'هدي'],
  ['مـحـمـد', 'محمد'],
  ['FAHAD Alotaibi', 'fahad alotaibi'],
  ['José', 'Jose'],
])('%s and %s are one name', (one, other) => {
  expect(foldName(one)).toBe(foldName(other));
});
