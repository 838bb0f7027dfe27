// Why nothing comes of a request for verified claims, where its own form is the reason: told to its developers by place and kind, and never with a word that they made up.

import { describe, expect, test } from 'vitest';
import { findVerifiedFaults } from '../../../src/domain/verified/request-faults.ts';
import { parseVerifiedRequest } from '../../../src/domain/verified/verified-request.ts';

const frameworks = ['urn:huwiya:proofing', 'sa_registry'];
const trust = { trust_framework: null };
const claims = { given_name: null };
const whole = { verification: trust, claims };
const verify = (members: object): object => ({ claims, verification: { ...trust, ...members } });
const evidence = (...items: readonly unknown[]): object => verify({ evidence: items });
const document = { type: { value: 'document' } };

const find = (given: unknown): readonly string[] => findVerifiedFaults(given, frameworks).map(({ place, fault }) => `${place}: ${fault}`);

describe('what is wrong with a request for verified claims', () => {
  test.each<[string, unknown]>([
    ['one element', whole],
    ['a list', [whole, whole]],
    ['our own framework, and one of a trusted issuer', verify({ trust_framework: { values: ['sa_registry', 'eidas'] } })],
    [
      'what is there, by value and by age',
      evidence({ ...document, document_details: { type: { values: ['idcard'] }, date_of_expiry: { max_age: 60 } } }),
    ],
    ['the age of a check, and of a birthdate', { ...verify({ time: { max_age: 60 } }), claims: { birthdate: { max_age: 60 } } }],
    ['members that nobody here knows', verify({ verification_process: null, assurance_process: { policy: null } })],
    ['an essential element with a member that nobody knows', { ...whole, essential: true, planted: 'x' }],
  ])('is nothing where it asks for %s', (_what, given) => {
    expect(find(given)).toEqual([]);
    expect(parseVerifiedRequest(given).length).toBeGreaterThan(0);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['is null', null, ['verified_claims: form']],
    ['is a text', 'given_name', ['verified_claims: form']],
    ['is an empty list', [], ['verified_claims: form']],
    ['has too many elements', Array.from({ length: 21 }, () => whole), ['verified_claims: form']],
    ['has no verification', { claims }, ['verified_claims.verification: absent']],
    ['has no claims', { verification: trust }, ['verified_claims.claims: absent']],
    ['has claims in a list', { verification: trust, claims: ['given_name'] }, ['verified_claims.claims: form']],
    ['has a verification that is a text', { verification: 'x', claims }, ['verified_claims.verification: form']],
    ['names no trust framework', { verification: { time: null }, claims }, ['verified_claims.verification.trust_framework: absent']],
    ['has a trust framework in a list', verify({ trust_framework: ['a'] }), ['verified_claims.verification.trust_framework: form']],
    ['has a trust framework that is a text', verify({ trust_framework: 'eidas' }), ['verified_claims.verification.trust_framework: form']],
    ['has evidence that is no list', verify({ evidence: document }), ['verified_claims.verification.evidence: form']],
    ['has evidence without a type', evidence({ document_details: { type: null } }), ['verified_claims.verification.evidence.type: absent']],
    ['has evidence of any type', evidence({ type: null }), ['verified_claims.verification.evidence.type: condition']],
    [
      'has evidence of several types',
      evidence({ type: { values: ['document'] } }),
      ['verified_claims.verification.evidence.type: condition'],
    ],
    ['has a text among its evidence', evidence('document'), ['verified_claims.verification.evidence: form']],
  ])('is its form where it %s', (_what, given, found) => {
    expect(find(given)).toEqual(found);
    expect(parseVerifiedRequest(given)).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['values without a value', verify({ trust_framework: { values: [] } }), ['verified_claims.verification.trust_framework: condition']],
    ['values that are no list', verify({ trust_framework: { values: 'x' } }), ['verified_claims.verification.trust_framework: condition']],
    ['an age below zero', verify({ time: { max_age: -1 } }), ['verified_claims.verification.time: condition']],
    ['an age in words', verify({ time: { max_age: '60' } }), ['verified_claims.verification.time: condition']],
    ['a condition that is a place too', verify({ time: { value: 'x', deep: null } }), ['verified_claims.verification.time: condition']],
    ['an age in words of a claim', { ...whole, claims: { birthdate: { max_age: '1' } } }, ['verified_claims.claims.birthdate: condition']],
    [
      'an essential that is no yes or no',
      { ...whole, claims: { given_name: { essential: 'yes' } } },
      ['verified_claims.claims.given_name: condition'],
    ],
  ])('is a condition with %s', (_what, given, found) => {
    expect(find(given)).toEqual(found);
    expect(parseVerifiedRequest(given)).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    [
      'an unknown trust framework',
      verify({ trust_framework: { value: 'eidas' } }),
      ['verified_claims.verification.trust_framework: unsupported'],
    ],
    ['none of several', verify({ trust_framework: { values: ['a', 'b'] } }), ['verified_claims.verification.trust_framework: unsupported']],
    ['evidence of another type', evidence({ type: { value: 'vouch' } }), ['verified_claims.verification.evidence.type: unsupported']],
    [
      'a document and a check of other kinds',
      evidence({
        ...document,
        document_details: { type: { value: 'driving_permit' } },
        check_details: [{ check_method: { value: 'guess' } }],
      }),
      [
        'verified_claims.verification.evidence.document_details.type: unsupported',
        'verified_claims.verification.evidence.check_details.check_method: unsupported',
      ],
    ],
    ['the age of a level', verify({ assurance_level: { max_age: 60 } }), ['verified_claims.verification.assurance_level: no-date']],
    ['the age of a name', { ...whole, claims: { given_name: { max_age: 60 } } }, ['verified_claims.claims.given_name: no-date']],
  ])('is that it wants %s, of which nothing can come', (_what, given, found) => {
    expect(find(given)).toEqual(found);
    expect(parseVerifiedRequest(given)).toHaveLength(1);
  });

  test('is its form where it is nested without end, and everything else is read', () => {
    const endless: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
    const deep = [{ verification: trust, claims: { given_name: { value: endless } } }, verify({ planted: endless }), endless, whole];
    expect(find(deep)).toEqual(['verified_claims: form']);
    expect(parseVerifiedRequest(deep)).toEqual(parseVerifiedRequest(whole));
  });

  test('is told once, however many elements have it, and without a word of theirs', () => {
    const planted = { verification: { ...trust, 'Sara 1000000008': { value: 1, planted: 'x' } }, claims: { 'Sara 1000000008': 'x' } };
    expect(find([planted, planted])).toEqual(['verified_claims.verification: form', 'verified_claims.claims: form']);
  });
});
