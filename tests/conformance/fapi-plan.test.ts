// Every module of the FAPI 2.0 plans has its test, under its exact name, once: those of the security profile, and what message signing adds to them.

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import plans from './plans.json' with { type: 'json' };

const readTitles = (): readonly string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => /^fapi-.*\.test\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(`${import.meta.dirname}/${file}`, 'utf8').matchAll(/^ {2}it\('(fapi2-[^']+)'/gm)])
    .map(([, title = '']) => title);

const { 'fapi2-security-profile-final-test-plan': profile, 'fapi2-message-signing-final-test-plan': signing } = plans;

test('every module of fapi2-security-profile-final-test-plan and of fapi2-message-signing-final-test-plan is run, and no other', () => {
  expect([profile.length, signing.length]).toEqual([56, 14]);
  expect(readTitles().toSorted()).toEqual([...profile, ...signing].toSorted());
});

// With certificates in place of keys (RFC 8705) every module runs again except those about assertions and about proofs, which such a service does not send.
test('every module is run with certificates too, except those about assertions and proofs', () => {
  const read = (name: string): string => readFileSync(`${import.meta.dirname}/fapi-${name}.test.ts`, 'utf8');
  const count = (name: string): number => [...read(name).matchAll(/^ {2}it\('fapi2-/gm)].length;
  const both = ['well-behaved', 'requests', 'tokens'];
  expect(both.map((name) => read(name).includes('describe.each(ways)'))).toEqual([true, true, true]);
  expect(both.reduce((sum, name) => sum + count(name), 0)).toBe(56 - count('assertions') - count('proofs'));
  expect([count('assertions'), count('proofs')]).toEqual([10, 9]);
});
