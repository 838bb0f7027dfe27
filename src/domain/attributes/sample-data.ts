// A person who does not exist, with the examples of the catalogue for values: for previews of pages that nobody has been asked on yet.

import { attributeCatalogue } from './catalogue.ts';
import type { AttributeValues } from './tagged-value.ts';

/** The examples are written in Arabic. */
const inEnglish = {
  'name#en': 'Sara Abdullah Alqahtani',
  'given_name#en': 'Sara',
  'father_name#en': 'Abdullah',
  'grandfather_name#en': 'Mohammed',
  'family_name#en': 'Alqahtani',
  'middle_name#en': 'Abdullah',
  'preferred_name#en': 'Sara',
} as const;

export function createSampleData(): AttributeValues {
  const stored = attributeCatalogue.filter(({ origin }) => origin !== 'computed').map(({ name, example }) => [name, example] as const);
  const wanted = { name_match: 'سارة القحطاني', may_sign_for: '7000000001', is_guardian_of: '1000000016' };
  return { ...Object.fromEntries(stored), email_verified: true, phone_number_verified: true, ...inEnglish, ...wanted };
}
