import { expect, test } from 'vitest';
import { toDisplay } from '../../../src/domain/attributes/display.ts';
import type { Holder } from '../../../src/domain/attributes/values.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const sara: Holder = {
  kind: 'citizen',
  data: {
    'given_name#ar': 'سارة',
    'given_name#en': 'Sara',
    birthdate: '1990-05-17',
    gender: 'female',
    address: { formatted: 'King Fahd Road 1\nRiyadh 12211', country: 'SA' },
    'address#ar': { street_address: 'طريق الملك فهد', locality: 'الرياض', postal_code: '12211', country: 'SA' },
    place_of_birth: { locality: 'Manama', country: 'BH' },
    nationalities: ['SA'],
    updated_at: 1763712000,
    locale: 'ar',
    dependants_count: 2,
  },
};

test.each([
  ['given_name', 'سارة', 'Sara'],
  ['birthdate', '17 مايو 1990 (22 شوال 1410 هـ)', '17 May 1990 (22 Shawwal 1410 AH)'],
  ['birthdate_hijri', '22 شوال 1410 هـ', '22 Shawwal 1410 AH'],
  ['gender', 'أنثى', 'Female'],
  ['age_over_18', 'نعم', 'Yes'],
  ['age_over_60', 'لا', 'No'],
  ['nationalities', 'المملكة العربية السعودية', 'Saudi Arabia'],
  ['place_of_birth', 'Manama، البحرين', 'Manama, Bahrain'],
  ['locale', 'العربية', 'Arabic'],
  ['dependants_count', '2', '2'],
  ['id_type', 'مواطن', 'Citizen'],
])('%s reads as %s and as %s', (name, ar, en) => {
  expect(toDisplay(name, sara, { language: 'ar', now })?.replaceAll('\u00A0', ' ')).toBe(ar);
  expect(toDisplay(name, sara, { language: 'en', now })?.replaceAll('\u00A0', ' ')).toBe(en);
});

test('an address is one line', () => {
  expect(toDisplay('address', sara, { language: 'ar', now })).toBe('طريق الملك فهد، الرياض، 12211، المملكة العربية السعودية');
  const formatted = { kind: 'visitor', data: { address: sara.data['address'] ?? null } };
  expect(toDisplay('address', formatted, { language: 'en', now })).toBe('King Fahd Road 1, Riyadh 12211');
});

test('what the person does not have has no words', () => {
  expect(toDisplay('passport_number', sara, { language: 'ar', now })).toBeUndefined();
});
