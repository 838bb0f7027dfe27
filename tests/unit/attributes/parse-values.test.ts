import { expect, test } from 'vitest';
import { parseAttributeValues } from '../../../src/domain/attributes/parse-values.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';

test.each<[string, Json]>([
  ['birthdate', '1990-05-17'],
  ['birthdate', '2024-02-29'],
  ['email', 'sara@example.test'],
  ['email_verified', false],
  ['phone_number', '+966500000000'],
  ['gender', 'female'],
  ['given_name#ar', 'سارة'],
  ['given_name', 'Sara'],
  ['address', { formatted: 'شارع 1\nالرياض', country: 'SA' }],
  ['address#en', { locality: 'Riyadh' }],
  ['nationalities', ['SA', 'BH']],
  ['picture', 'https://pictures.example.test/0'],
  ['zoneinfo', 'Asia/Riyadh'],
  ['locale', 'ar-SA'],
  ['dependants_count', 0],
])('%s may be %j', (name, value) => {
  expect(parseAttributeValues({ [name]: value }).problems).toEqual([]);
});

test.each<[string, Json]>([
  ['birthdate', '1990-02-30'],
  ['birthdate', '17/05/1990'],
  ['birthdate', 19900517],
  ['email', 'sara@example'],
  ['email', 'sara@exa mple.test'],
  ['email_verified', 'true'],
  ['phone_number', '0500000000'],
  ['gender', 'Female'],
  ['gender', 'constructor'],
  ['given_name#ar', ''],
  ['given_name#ar', '   '],
  ['given_name#fr', 'Sara'],
  ['given_name', 'Sa\u0000ra'],
  ['given_name', 'Sara\u202Eara'],
  ['given_name', 'Sara\uD800'],
  ['given_name', null],
  ['given_name', ['Sara']],
  ['email#ar', 'sara@example.test'],
  ['given_name_verified', true],
  ['age_over_18', true],
  ['id_type', 'citizen'],
  ['address', 'Riyadh'],
  ['address', {}],
  ['address', { street: 'x' }],
  ['nationalities', ['Saudi']],
  ['picture', 'http://pictures.example.test/0'],
  ['zoneinfo', 'Mars/Olympus'],
  ['dependants_count', -1],
  ['sub', 'x'],
  ['status', 'active'],
  ['constructor', 'x'],
])('%s may not be %j', (name, value) => {
  expect(parseAttributeValues({ [name]: value }).problems).toHaveLength(1);
});

test('texts come out in normal form C', () => {
  expect(parseAttributeValues({ 'given_name#ar': 'ا\u0653دم' }).values).toEqual({ 'given_name#ar': 'آدم' });
});

test('no reason repeats a value, not even one typed in the place of a name', () => {
  const { problems } = parseAttributeValues({ email: 'not-an-address-4711', 'Sara Alqahtani 4711': 'x', phone_number: '4711' });
  expect(problems).toHaveLength(3);
  expect(problems.join(' ')).not.toMatch(/4711|Alqahtani/);
});
