// What a person says about themselves stands above what the registry says, attribute by attribute.

import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { mergeDeclared, openDeclared, sealDeclared } from '../../../src/domain/people/declared-data.ts';
import { getPersonalData } from '../../../src/domain/people/get-personal-data.ts';
import { sealData } from '../../../src/domain/people/seal-data.ts';
import { createPerson } from '../../support/store-samples.ts';

const needs = { dataKey: createSecretKey(randomBytes(32)), random: systemRandom };

test('an attribute that a person declared is theirs as a whole: no language and no proof of the registry stays beside it', () => {
  const registered = {
    email: 'old@example.test',
    email_verified: true,
    'preferred_name#ar': 'سوسو',
    'preferred_name#en': 'Susu',
    'given_name#ar': 'سارة',
  };
  expect(mergeDeclared(registered, { email: 'new@example.test' })).toEqual({
    email: 'new@example.test',
    'preferred_name#ar': 'سوسو',
    'preferred_name#en': 'Susu',
    'given_name#ar': 'سارة',
  });
  expect(mergeDeclared(registered, { 'preferred_name#en': 'Sara' })).not.toHaveProperty('preferred_name#ar');
  expect(mergeDeclared(registered, { preferred_name: null })).toEqual({
    email: 'old@example.test',
    email_verified: true,
    'given_name#ar': 'سارة',
  });
});

test('whatever the registry says, what was declared comes out as it was declared, and the rest as it was registered', () => {
  const names = fc.constantFrom('email', 'phone_number', 'preferred_name', 'gender', 'birthdate');
  const data = fc.dictionary(names, fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(data, data, (registered, declared) => {
      const merged = mergeDeclared(registered, declared);
      expect(merged).toEqual({ ...registered, ...declared });
    }),
  );
});

test('both statements are sealed apart: neither opens in the place of the other', () => {
  const { registryDigest } = createPerson();
  const registered = sealData(needs, registryDigest, { email: 'old@example.test' });
  const declared = sealDeclared(needs, { registryDigest }, { email: 'new@example.test', email_verified: true });
  const person = createPerson({ registryDigest, sealed: registered, declared });
  expect(getPersonalData(needs, person)).toEqual({ email: 'new@example.test', email_verified: true });
  expect(getPersonalData(needs, { ...person, declared: null })).toEqual({ email: 'old@example.test' });
  expect(openDeclared(needs, { ...person, declared: null })).toEqual({});
  expect(() => getPersonalData(needs, { ...person, declared: registered })).toThrow('internal/unexpected');
  expect(() => getPersonalData(needs, { ...person, sealed: declared })).toThrow('internal/unexpected');
});
