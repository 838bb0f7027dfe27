// Whether a document can be somebody's, as far as the registry knows.

import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import type { PersonalData, StoredPerson } from '../../../src/domain/people/person.ts';
import { sealData } from '../../../src/domain/people/seal-data.ts';
import type { DocumentType, Evidence } from '../../../src/domain/proofing/evidence.ts';
import { isBirthKnown, isHolder, listNames } from '../../../src/domain/proofing/holder.ts';

const needs = { dataKey: createSecretKey(Buffer.alloc(32, 7)), random: systemRandom };
const name = { 'given_name#ar': 'سارة', 'family_name#ar': 'القحطاني' };

function createPerson(data: PersonalData): StoredPerson {
  return {
    id: 'p',
    kind: 'citizen',
    status: 'active',
    handle: 'h',
    language: null,
    registryDigest: 'digest',
    declared: null,
    sealed: sealData(needs, 'digest', data),
    createdAt: 0,
    updatedAt: 0,
    registryStatus: null,
  };
}

const see = (type: DocumentType, end: string): Evidence => ({
  type: 'document',
  document_details: { type, document_number: end, issuer: { name: 'Passports', country_code: 'SAU' } },
  check_details: [{ check_method: 'vpip', organization: 'Office', time: '2026-03-01T08:30:00Z' }],
});
const passport = see('passport', '42AB');
const isHeldBy = (data: PersonalData, birth: string, evidence = passport): boolean =>
  isHolder(needs, createPerson({ ...name, ...data }), { evidence, birth });

describe('a document in the hands of an officer', () => {
  it('is the person’s by the day of birth that the registry holds', () => {
    const own = { birthdate: '1990-05-17' };
    const births = ['1990-05-17', '1990-05-18', '1990-17-05', ''];
    expect(births.map((birth) => isHeldBy(own, birth))).toEqual([true, false, false, false]);
  });

  it('is compared in the other calendar where only that is known, a day to either side', () => {
    const own = { birthdate_hijri: '1410-10-22' };
    const births = ['1990-05-15', '1990-05-16', '1990-05-17', '1990-05-18', '1990-05-19', '', 'x'];
    expect(births.map((birth) => isHeldBy(own, birth))).toEqual([false, true, true, true, false, false, false]);
    expect(isHeldBy({ ...own, birthdate: '1990-05-18' }, '1990-05-17')).toBe(false);
  });

  it('asks for no day where the registry holds none', () => {
    expect([isHeldBy({}, ''), isHeldBy({}, '1990-05-17')]).toEqual([true, true]);
    const known = [{}, { birthdate: '1990-05-17' }, { birthdate_hijri: '1410-10-22' }].map((data) =>
      isBirthKnown(needs, createPerson(data)),
    );
    expect(known).toEqual([false, true, true]);
  });

  it.each([
    { type: 'idcard', data: { national_id: '1000000008' }, end: '0008', expected: true },
    { type: 'idcard', data: { national_id: '1000000008' }, end: '42AB', expected: false },
    { type: 'idcard', data: {}, end: '42AB', expected: true },
    { type: 'residence_permit', data: { residency_number: '2000000006' }, end: '06', expected: true },
    { type: 'residence_permit', data: { residency_number: '2000000006' }, end: '08', expected: false },
    { type: 'passport', data: { passport_number: 'A02417793' }, end: '42AB', expected: true },
  ] as const)('bears the number of the registry where the registry gives it: $type $end', ({ type, data, end, expected }) => {
    expect(isHeldBy(data, '', see(type, end))).toBe(expected);
  });

  it('is nobody’s where the registry holds no name to compare', () => {
    const nameless = createPerson({ birthdate: '1990-05-17' });
    expect([listNames(needs, nameless), isHolder(needs, nameless, { evidence: passport, birth: '1990-05-17' })]).toEqual([[], false]);
  });

  it('names the person in full, in each script that the registry holds', () => {
    const both = { ...name, 'father_name#ar': 'عبدالله', 'given_name#en': 'Sara', 'family_name#en': 'Alqahtani', given_name: 'S' };
    expect(listNames(needs, createPerson(both))).toEqual([
      { language: 'ar', text: 'سارة عبدالله القحطاني' },
      { language: 'en', text: 'Sara Alqahtani' },
    ]);
    expect(listNames(needs, createPerson({ name: 'Sara Alqahtani' }))).toEqual([{ language: null, text: 'Sara Alqahtani' }]);
  });
});
