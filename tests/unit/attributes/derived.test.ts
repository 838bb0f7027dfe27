// Answers computed from what stays: right on the days that matter, in both calendars, and never with the value behind them.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { attributeCatalogue } from '../../../src/domain/attributes/catalogue.ts';
import { toReleasedClaims } from '../../../src/domain/attributes/release-claims.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';

type Data = Readonly<Record<string, Json>>;

function answer(name: string, data: Data, day: string): Json | undefined {
  const clock = { now: () => Date.parse(`${day}T12:00:00Z`) };
  return toReleasedClaims({ clock }, { kind: 'citizen', data, names: [name], locales: [] }).claims[name];
}

const dayMillis = 86_400_000;
const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
const days = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2010-12-31'), noInvalidDate: true })
  .map((date) => toDay(date.getTime()));
const limits = fc.constantFrom(15, 18, 21, 60);

/** By the calendar itself: as many years later, and on the day after where that year lacks the day. */
function toBirthday(birthdate: string, years: number): string {
  const [year, month, day] = birthdate.split('-').map(Number);
  return toDay(Date.UTC((year ?? 0) + years, (month ?? 1) - 1, day));
}

const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

function toHijriNumbers(day: string): readonly number[] {
  const parts = hijri.formatToParts(Date.parse(day));
  return ['year', 'month', 'day'].map((type) => Number(parts.find((part) => part.type === type)?.value));
}

/** The first day on which as many Hijri years have passed, found by walking over the days. */
function toHijriBirthday(birthdate: string, years: number): string {
  const [year = 0, month = 0, day = 0] = toHijriNumbers(birthdate);
  const isReached = (at: number): boolean => {
    const [now = 0, nowMonth = 0, nowDay = 0] = toHijriNumbers(toDay(at));
    const [a, b] = [now * 10_000 + nowMonth * 100 + nowDay, (year + years) * 10_000 + month * 100 + day];
    return a >= b;
  };
  let at = Date.parse(birthdate) + Math.floor(years * 354.2) * dayMillis;
  while (!isReached(at)) {
    at += dayMillis;
  }
  return toDay(at);
}

describe('an age', () => {
  it('is reached on the birthday and not the day before, in the Gregorian calendar', () => {
    fc.assert(
      fc.property(days, limits, (birthdate, years) => {
        const birthday = toBirthday(birthdate, years);
        const before = toDay(Date.parse(birthday) - dayMillis);
        expect([before, birthday].map((day) => answer(`age_over_${years}`, { birthdate }, day))).toEqual([false, true]);
      }),
    );
  });

  it('is reached on the Hijri birthday and not the day before, in the Umm al-Qura calendar', () => {
    fc.assert(
      fc.property(days, limits, (birthdate, years) => {
        const birthday = toHijriBirthday(birthdate, years);
        const before = toDay(Date.parse(birthday) - dayMillis);
        expect([before, birthday].map((day) => answer(`age_over_${years}_hijri`, { birthdate }, day))).toEqual([false, true]);
      }),
      { numRuns: 50 },
    );
  });

  it('comes months earlier by Hijri years, and follows the date the register holds', () => {
    const birthdate = '2008-11-21';
    expect([answer('age_over_18', { birthdate }, '2026-06-01'), answer('age_over_18_hijri', { birthdate }, '2026-06-01')]).toEqual([
      false,
      true,
    ]);
    expect(answer('age_over_18_hijri', { birthdate_hijri: '1430-01-01' }, '2026-06-01')).toBe(false);
    expect(answer('age_over_18_hijri', {}, '2026-06-01')).toBeUndefined();
  });
});

test.each([
  ['residency_valid', 'residency_expiry'],
  ['visa_valid', 'visa_expiry'],
  ['document_valid', 'document_expiry'],
])('%s holds through the last day and not beyond', (name, expiry) => {
  fc.assert(
    fc.property(days, (last) => {
      const after = toDay(Date.parse(last) + dayMillis);
      expect([last, after].map((day) => answer(name, { [expiry]: last }, day))).toEqual([true, false]);
    }),
  );
});

const sara: Data = {
  'given_name#ar': 'سارة',
  'father_name#ar': 'عبدالله',
  'family_name#ar': 'القحطاني',
  'given_name#en': 'Sara',
  'family_name#en': 'Alqahtani',
};

test.each<[string, boolean]>([
  ['سارة القحطاني', true],
  ['ساره قحطاني', true],
  ['سَارَة عبدالله القحطاني', true],
  ['سارة بنت عبدالله القحطاني', true],
  ['SARA AL-QAHTANI', true],
  ['Sara Al Qahtani', true],
  ['Sara', false],
  ['سارة', false],
  ['نورة القحطاني', false],
  ['Sara Alharbi', false],
  ['Qahtani Sara', false],
  ['', false],
  ['   ', false],
])('a service that holds the name %s learns %s and nothing else', (held, expected) => {
  const clock = { now: () => 0 };
  const { claims } = toReleasedClaims(
    { clock },
    { kind: 'citizen', data: { ...sara, name_match: held }, names: ['name_match'], locales: ['ar'] },
  );
  expect(claims).toEqual({ name_match: expected });
});

test('without a name to compare there is no answer', () => {
  expect(answer('name_match', sara, '2026-01-01')).toBeUndefined();
  expect(answer('name_match', { name_match: 'Sara' }, '2026-01-01')).toBeUndefined();
});

test('whoever may sign for the organisation asked about says so, and only for that one', () => {
  const data = { org_number: '7000000001', signing_power: 'joint' };
  expect(answer('may_sign_for', data, '2026-01-01')).toBe(true);
  expect(answer('may_sign_for', { ...data, may_sign_for: '7000000001' }, '2026-01-01')).toBe(true);
  expect(answer('may_sign_for', { ...data, may_sign_for: '7000000002' }, '2026-01-01')).toBe(false);
  expect(answer('may_sign_for', { ...data, signing_power: 'none' }, '2026-01-01')).toBe(false);
  expect(answer('may_sign_for', { org_number: '7000000001' }, '2026-01-01')).toBeUndefined();
});

test('a guardian is confirmed for the one person asked about', () => {
  const data = { guardian_of: ['1000000016'] };
  expect(answer('is_guardian_of', { ...data, is_guardian_of: '1000000016' }, '2026-01-01')).toBe(true);
  expect(answer('is_guardian_of', { ...data, is_guardian_of: '1000000024' }, '2026-01-01')).toBe(false);
  expect(answer('is_guardian_of', data, '2026-01-01')).toBeUndefined();
});

/** Behind each answer: the values that must stay. */
const behind: Readonly<Record<string, Data>> = {
  name_match: { ...sara, name_match: 'سارة القحطاني' },
  birth_year: { birthdate: '1990-05-17' },
  national_id_last4: { national_id: '1000000008' },
  residency_valid: { residency_expiry: '2031-03-30', residency_number: '2000000006' },
  visa_valid: { visa_expiry: '2031-03-30', visa_type: 'زيارة عائلية' },
  document_valid: { document_expiry: '2031-03-30' },
  has_dependants: { dependants_count: 7 },
  is_employed: { employment_status: 'self_employed', employer_org_id: '7000000001' },
  may_sign_for: { signing_power: 'joint', org_number: '7000000001' },
  is_guardian_of: { guardian_of: ['1000000016', '1000000024'], is_guardian_of: '1000000016' },
  is_citizen: { nationalities: ['SA', 'BH'] },
  is_gcc: { nationalities: ['SA', 'BH'] },
  region: { address: { region: 'Riyadh Region', locality: 'Diriyah', street_address: '12 King Road' } },
  city: { address: { region: 'Riyadh Region', locality: 'Diriyah', street_address: '12 King Road' } },
  ...Object.fromEntries(
    [15, 18, 21, 60].flatMap((years) =>
      ['', '_hijri'].map((calendar) => [`age_over_${years}${calendar}`, { birthdate: '1990-05-17', birthdate_hijri: '1410-10-22' }]),
    ),
  ),
};

test('where only the answer is granted, no value behind it is in the claims', () => {
  const everything: Data = Object.assign({}, ...Object.values(behind));
  const toTexts = (value: Json): readonly string[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(toTexts) : [JSON.stringify(value)];
  for (const [name, data] of Object.entries(behind)) {
    const { claims } = toReleasedClaims(
      { clock: { now: () => 0 } },
      { kind: 'citizen', data: everything, names: [name], locales: ['ar', 'en'] },
    );
    const said = Object.values(claims);
    expect(Object.keys(claims).filter((claim) => claim.split('#')[0] !== name)).toEqual([]);
    const kept = Object.entries(data)
      .flatMap(([, value]) => toTexts(value))
      .filter((text) => text.length > 3);
    const leaks = kept.filter((text) => said.some((value) => JSON.stringify(value) === text));
    expect({ name, leaks: name === 'region' || name === 'city' ? leaks.length : leaks }).toEqual({
      name,
      leaks: name === 'region' || name === 'city' ? 1 : [],
    });
  }
});

test('every answer of the catalogue is held to this', () => {
  const answers = attributeCatalogue.filter(({ origin, forms }) => origin === 'computed' && !forms.includes('raw')).map(({ name }) => name);
  expect(answers.filter((name) => behind[name] === undefined)).toEqual(['representation']);
});
