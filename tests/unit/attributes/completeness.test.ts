// The reference catalogue of the domain model 3.7 line by line, and every claim of OpenID Connect Core 1.0 §5.1: each is there, is a fact of the sign-in, or is
// left out with its reason.

import { expect, test } from 'vitest';
import { attributeCatalogue, findAttribute } from '../../../src/domain/attributes/catalogue.ts';
import { leftOut, signInFacts } from '../../../src/domain/attributes/sign-in-facts.ts';
import { getCorrection } from '../../../src/domain/attributes/sources.ts';

type Line = readonly [names: readonly string[], sensitivity: string, insteads: readonly string[]];

const lines: readonly Line[] = [
  [['name'], 'normal', ['name_match']],
  [['given_name', 'father_name', 'grandfather_name', 'family_name', 'preferred_name', 'gender'], 'normal', []],
  [['birthdate'], 'normal', ['age_over_15', 'age_over_18', 'age_over_21', 'age_over_60', 'birth_year']],
  [['birthdate_hijri'], 'normal', ['age_over_15_hijri', 'age_over_18_hijri', 'age_over_21_hijri', 'age_over_60_hijri', 'birth_year']],
  [['nationalities'], 'normal', ['is_citizen', 'is_gcc']],
  [['place_of_birth', 'id_type', 'document_expiry', 'phone_number', 'email'], 'normal', []],
  [['national_id'], 'sensitive', ['national_id_last4']],
  [['residency_number', 'residency_expiry'], 'sensitive', ['residency_valid']],
  [['passport_number'], 'sensitive', ['document_valid']],
  [['visa_type', 'visa_expiry'], 'sensitive', ['visa_valid']],
  [['document_expiry'], 'normal', ['document_valid']],
  [['picture', 'disability_support'], 'special', []],
  [['address'], 'normal', ['region', 'city']],
  [['building_no', 'additional_no', 'short_code', 'region', 'city'], 'normal', []],
  [['marital_status', 'dependants_count'], 'sensitive', ['has_dependants']],
  [['guardian_of', 'guardian_type'], 'sensitive', ['is_guardian_of']],
  [['employment_status', 'employer_org_id'], 'sensitive', ['is_employed']],
  [['org_number', 'org_name', 'org_status', 'representation', 'updated_at'], 'normal', []],
  [['org_role', 'signing_power'], 'normal', ['may_sign_for']],
];

test.each(lines)('%s: listed, %s, with what says less', (names, sensitivity, insteads) => {
  const found = names.map((name) => findAttribute(name));
  expect(found.map((attribute) => attribute?.sensitivity)).toEqual(names.map(() => sensitivity));
  expect(found.map((attribute) => insteads.filter((instead) => attribute?.alternatives.includes(instead) !== true))).toEqual(
    names.map(() => []),
  );
  const answers = insteads.map((instead) => findAttribute(instead));
  expect(answers.map((answer) => answer?.origin)).toEqual(insteads.map(() => 'computed'));
  expect(answers.filter((answer) => answer?.forms.includes('raw') !== false)).toEqual([]);
});

const core = [
  ['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'email'],
  ['gender', 'birthdate', 'zoneinfo', 'locale', 'phone_number', 'address', 'updated_at'],
].flat();

test('every claim of OIDC Core is an attribute, and sub a fact of the sign-in', () => {
  expect(core.filter((name) => findAttribute(name) === undefined)).toEqual([]);
  expect(signInFacts.map(({ claim }) => claim)).toEqual(['sub', 'acr', 'amr', 'auth_time']);
});

test('what is left out has its reason, and is asked of nobody', () => {
  expect(Object.keys(leftOut)).toEqual(['verified_claims', 'face_match', 'relay_address']);
  expect(Object.keys(leftOut).filter((name) => findAttribute(name) !== undefined)).toEqual([]);
});

test('every entry says all that an agency and a person need to know', () => {
  for (const attribute of attributeCatalogue) {
    const { name, refresh, forms, bases, deprecatedAt, example, source, origin } = attribute;
    expect({ name, forms: forms.length > 0, bases: bases.includes('consent'), deprecatedAt }).toEqual({
      name,
      forms: true,
      bases: true,
      deprecatedAt: null,
    });
    const own = source.id === 'self' ? 'person' : 'register';
    expect({ name, refresh }).toEqual({ name, refresh: origin === 'computed' ? 'release' : own });
    expect(example).not.toBeNull();
    expect(getCorrection(source).owner.ar).toMatch(/\p{Script=Arabic}/u);
  }
});
