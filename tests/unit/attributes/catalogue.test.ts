import { expect, test } from 'vitest';
import {
  allClaimNames,
  attributeCatalogue,
  findAttribute,
  findAttributesOfClaim,
  findAttributesOfScope,
  getAttribute,
  scopeClaims,
} from '../../../src/domain/attributes/catalogue.ts';
import { parseAttributeValues } from '../../../src/domain/attributes/parse-values.ts';
import { isDuration } from '../../../src/domain/kernel/clock.ts';

const standardClaims = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'email_verified',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_verified',
  'address',
  'updated_at',
];

test('every standard claim of OIDC Core is released by some attribute, and sub by none', () => {
  expect(allClaimNames()).toEqual(expect.arrayContaining(standardClaims));
  expect(allClaimNames()).not.toContain('sub');
});

test('no two attributes share a name or a claim', () => {
  expect(new Set(allClaimNames()).size).toBe(attributeCatalogue.flatMap(({ claims }) => claims).length);
});

test('every attribute speaks both languages in their own script', () => {
  for (const { labels, explanation, source } of attributeCatalogue) {
    for (const wording of [labels, explanation, source.labels]) {
      expect(wording.ar).toMatch(/\p{Script=Arabic}/u);
      expect(wording.ar).not.toMatch(/[A-Za-z]/);
      expect(wording.en).toMatch(/^[A-Za-z]/);
      expect(wording.en).not.toMatch(/\p{Script=Arabic}/u);
    }
  }
});

test('every alternative exists and every retention is a duration', () => {
  for (const attribute of attributeCatalogue) {
    expect(attribute.alternatives.filter((name) => findAttribute(name) === undefined)).toEqual([]);
    expect(isDuration(attribute.retention)).toBe(true);
  }
});

test('every example of a stored attribute passes the check of an import', () => {
  for (const attribute of attributeCatalogue.filter(({ origin }) => origin !== 'computed')) {
    expect(parseAttributeValues({ [attribute.name]: attribute.example }).problems).toEqual([]);
  }
});

test('a standard scope stands for the attributes of its claims', () => {
  expect(scopeClaims().email).toEqual(['email']);
  expect(findAttributesOfScope('phone')).toEqual(['phone_number']);
  expect(scopeClaims().profile).toHaveLength(14);
  expect(findAttributesOfScope('openid')).toEqual([]);
});

test('a tagged claim and a verified companion belong to their attribute', () => {
  expect(findAttributesOfClaim('given_name#ar')).toEqual(['given_name']);
  expect(findAttributesOfClaim('email_verified')).toEqual(['email']);
  expect(findAttributesOfClaim('constructor')).toEqual([]);
});

test('an unknown name in a stored purpose is a fault', () => {
  expect(() => getAttribute('shoe_size')).toThrow('internal/unexpected');
});
