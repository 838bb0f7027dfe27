import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeCatalogue, findAttribute } from '../../../src/domain/attributes/catalogue.ts';
import { toReleasedClaims } from '../../../src/domain/attributes/release-claims.ts';
import { findAvailable } from '../../../src/domain/attributes/values.ts';
import type { Holder } from '../../../src/domain/attributes/values.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const clock = { now: () => now };

const sara: Holder = {
  kind: 'citizen',
  data: {
    'given_name#ar': 'سارة',
    'given_name#en': 'Sara',
    'father_name#ar': 'عبدالله',
    'family_name#ar': 'القحطاني',
    'family_name#en': 'Alqahtani',
    birthdate: '1990-05-17',
    email: 'sara@example.test',
    email_verified: true,
    phone_number: '+966500000000',
    national_id: '1000000008',
    'address#ar': { locality: 'الرياض', region: 'منطقة الرياض', country: 'SA' },
    'address#en': { locality: 'Riyadh', region: 'Riyadh Region', country: 'SA' },
  },
};

function release(names: readonly string[], locales: readonly string[] = [], holder = sara): Readonly<Record<string, Json>> {
  return toReleasedClaims({ clock }, { ...holder, names, locales }).claims;
}

test('a granted name gives the plain member and every tagged form', () => {
  expect(release(['given_name'])).toEqual({ given_name: 'سارة', 'given_name#ar': 'سارة', 'given_name#en': 'Sara' });
});

test('the plain member follows the first wish that exists, then Arabic', () => {
  expect(release(['given_name'], ['fr', 'en-GB', 'ar'])['given_name']).toBe('Sara');
  expect(release(['given_name'], ['fr'])['given_name']).toBe('سارة');
  expect(release(['given_name'], [], { kind: 'visitor', data: { given_name: 'Sara' } })).toEqual({ given_name: 'Sara' });
});

test('an email address and a telephone number say whether they were checked', () => {
  expect(release(['email', 'phone_number'])).toEqual({
    email: 'sara@example.test',
    email_verified: true,
    phone_number: '+966500000000',
    phone_number_verified: false,
  });
});

test('what the person does not have is absent', () => {
  expect(toReleasedClaims({ clock }, { ...sara, names: ['passport_number', 'residency_valid', 'no_such_name'], locales: [] })).toEqual({
    names: [],
    claims: {},
  });
  expect(findAvailable(['email', 'passport_number', 'age_over_18'], sara, now)).toEqual(['email', 'age_over_18']);
});

test('answers are computed from what is not shared', () => {
  expect(
    release(['age_over_18', 'age_over_60', 'birth_year', 'is_citizen', 'is_gcc', 'id_type', 'national_id_last4', 'birthdate_hijri']),
  ).toEqual({
    age_over_18: true,
    age_over_60: false,
    birth_year: 1990,
    is_citizen: true,
    is_gcc: true,
    id_type: 'citizen',
    national_id_last4: '0008',
    birthdate_hijri: '1410-10-22',
  });
});

test('a full name is composed where the register holds only its parts', () => {
  expect(release(['name'])).toEqual({ name: 'سارة عبدالله القحطاني', 'name#ar': 'سارة عبدالله القحطاني', 'name#en': 'Sara Alqahtani' });
  const own = { kind: 'citizen', data: { ...sara.data, 'name#en': 'Sara A. Alqahtani' } };
  expect(release(['name'], ['en'], own)['name']).toBe('Sara A. Alqahtani');
});

test('an address is an object, and its town alone a text', () => {
  expect(release(['address'], ['en'])['address']).toEqual({ locality: 'Riyadh', region: 'Riyadh Region', country: 'SA' });
  expect(release(['city'])).toEqual({ city: 'الرياض', 'city#ar': 'الرياض', 'city#en': 'Riyadh' });
});

test.each([
  ['2008-11-21', true],
  ['2008-11-22', false],
  ['2008-02-29', true],
])('born on %s, over 18 is %s on 21 November 2026', (birthdate, answer) => {
  expect(release(['age_over_18'], [], { kind: 'citizen', data: { birthdate } })).toEqual({ age_over_18: answer });
});

test.each([
  ['2026-11-21', true],
  ['2026-11-20', false],
])('a residence permit that ends on %s is valid today: %s', (expiry, answer) => {
  const holder = { kind: 'resident', data: { residency_expiry: expiry } };
  expect(release(['residency_valid'], [], holder)).toEqual({ residency_valid: answer });
});

test('whatever is stored and asked, only claims of the names asked leave', () => {
  const names = attributeCatalogue.map(({ name }) => name);
  const stored = Object.fromEntries(
    attributeCatalogue
      .filter(({ origin }) => origin !== 'computed')
      .flatMap(({ claims, example }) => claims.map((claim) => [claim, example] as const)),
  );
  const keys = fc.uniqueArray(fc.constantFrom(...Object.keys(stored)));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...names, 'sub', '__proto__')),
      keys,
      fc.array(fc.constantFrom('ar', 'en', 'fr', '')),
      (asked, has, locales) => {
        const data: Record<string, Json> = {};
        for (const key of has) {
          data[key] = stored[key] ?? null;
        }
        const released = toReleasedClaims({ clock }, { kind: 'gcc', data, names: asked, locales });
        const allowed = new Set(asked.flatMap((name) => findAttribute(name)?.claims ?? []));
        expect(Object.keys(released.claims).filter((claim) => !allowed.has(claim))).toEqual([]);
        expect(released.names).toEqual(findAvailable(asked, { kind: 'gcc', data }, now));
        expect(Object.values(released.claims)).not.toContain(null);
      },
    ),
  );
});
