// The place "details" with invented data, printed from the catalogue as the real page is.

import type { PersonalData } from '../../src/domain/people/person.ts';
import { toAnswers, toOwnDetails, toRegisters } from '../../src/web/account/held-details.ts';
import { renderDetailsPage } from '../../views/details.ts';
import type { SamplePage, World } from './sample-world.ts';
import { now } from './sample-words.ts';

const data: PersonalData = {
  national_id: '1000000008',
  'given_name#ar': 'سارة',
  'given_name#en': 'Sara',
  'father_name#ar': 'عبدالله',
  'father_name#en': 'Abdullah',
  'family_name#ar': 'القحطاني',
  'family_name#en': 'Alqahtani',
  birthdate: '1990-05-17',
  gender: 'female',
  marital_status: 'married',
  nationalities: ['SA'],
  'address#ar': { street_address: 'طريق الملك فهد', locality: 'الرياض', region: 'منطقة الرياض', postal_code: '12211', country: 'SA' },
  'address#en': { street_address: 'King Fahd Road', locality: 'Riyadh', region: 'Riyadh Region', postal_code: '12211', country: 'SA' },
  employment_status: 'employed',
  email: 'sara@example.test',
  email_verified: true,
  phone_number: '+966500000142',
};

export function renderDetailsPages({ account }: World): readonly SamplePage[] {
  const reader = { person: { kind: 'citizen' }, data, language: account.texts.language, now } as const;
  const page = {
    own: toOwnDetails(reader, (name) => (name === 'phone_number' ? null : `/account/details/${name}`)),
    language: { action: '/account/details/language', token: 'sample-token' },
    registers: toRegisters(reader),
    answers: toAnswers(reader),
    changed: null,
  };
  return [
    { name: 'details', document: renderDetailsPage(account, page) },
    {
      name: 'details-changed',
      document: renderDetailsPage(account, {
        ...page,
        own: toOwnDetails({ ...reader, data: {} }, () => '/account/details/email'),
        registers: [],
        answers: [],
        changed: 'email',
      }),
    },
  ];
}
