// The place "details" with invented data, printed from the catalogue as the real page is.

import type { PersonalData } from '../../src/domain/people/person.ts';
import { toAnswers, toOwnDetails, toRegisters } from '../../src/web/account/held-details.ts';
import { renderCodePage, renderContactPage } from '../../views/contact.ts';
import { renderNamePage } from '../../views/preferred-name.ts';
import { renderDetailsPage } from '../../views/details.ts';
import type { SamplePage, World } from './sample-world.ts';
import { day, now } from './sample-words.ts';

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

const detailsUrl = '/account/details';
const toForm = (path: string) => ({ action: `${detailsUrl}/${path}`, token: 'sample-token' });

function renderContactPages({ account, words }: World): readonly SamplePage[] {
  const email = {
    channel: 'email',
    label: words.email,
    now: { kind: 'email', text: 'sara@example.test' },
    form: toForm('email'),
    detailsUrl,
  } as const;
  const phone = { ...email, channel: 'phone', label: words.phone, now: { kind: 'missing' } } as const;
  const code = {
    channel: 'email',
    address: 'sara.alqahtani@mail.example',
    form: toForm('email/code'),
    resend: toForm('email/resend'),
    until: now + 600_000,
    otherUrl: '/account/details/email',
    detailsUrl,
  } as const;
  const ofPhone = { ...code, channel: 'phone', address: '+966500000142' } as const;
  return [
    { name: 'contact', document: renderContactPage(account, { ...email, given: '', error: null }) },
    { name: 'contact-wrong', document: renderContactPage(account, { ...phone, given: '0500000000', error: 'contact/address-invalid' }) },
    { name: 'contact-limit', document: renderContactPage(account, { ...email, given: 'a@b.example', error: 'contact/too-many-codes' }) },
    { name: 'code', document: renderCodePage(account, { ...code, triesLeft: 5, error: null }) },
    { name: 'code-wrong', document: renderCodePage(account, { ...ofPhone, triesLeft: 2, error: 'contact/code-wrong' }) },
    { name: 'code-ended', document: renderCodePage(account, { ...code, triesLeft: 0, error: 'contact/code-ended' }) },
    {
      name: 'preferred-name',
      document: renderNamePage(account, { form: toForm('name'), given: { ar: 'سارة', en: '' }, wrong: [], detailsUrl }),
    },
    {
      name: 'preferred-name-wrong',
      document: renderNamePage(account, { form: toForm('name'), given: { ar: 'Sara', en: 'Sara1' }, wrong: ['ar', 'en'], detailsUrl }),
    },
  ];
}

export function renderDetailsPages(world: World): readonly SamplePage[] {
  const { account } = world;
  const reader = { person: { kind: 'citizen' }, data, language: account.texts.language, now } as const;
  const document = { type: 'idcard', ending: '4821', country: 'SAU' } as const;
  const check = { at: now - 40 * day, isHigh: true, by: null, documents: [document] };
  const page = {
    own: toOwnDetails(reader, (name) => (name === 'phone_number' ? null : `/account/details/${name}`)),
    language: { action: '/account/details/language', token: 'sample-token' },
    registers: toRegisters(reader),
    answers: toAnswers(reader),
    changed: null,
    check,
    seenUrl: '/account/attributes',
    takeUrl: '/account/take',
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
        check: null,
      }),
    },
    ...renderContactPages(world),
  ];
}
