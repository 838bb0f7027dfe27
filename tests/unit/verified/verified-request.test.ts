// What of a request for verified claims is read, and what is as if it were not there.

import { describe, expect, test } from 'vitest';
import { parseVerifiedRequest, toClaimNames } from '../../../src/domain/verified/verified-request.ts';

const plain = { verification: { trust_framework: null }, claims: { given_name: null } };
const count = (given: unknown): number => parseVerifiedRequest(given).length;
const verify = (members: object): number => count({ ...plain, verification: { trust_framework: null, ...members } });

describe('a request for verified claims', () => {
  test('is one element, or a list of which each is read by itself', () => {
    expect([count(plain), count([plain, plain]), count([plain, { claims: {} }, plain])]).toEqual([1, 2, 2]);
    expect(toClaimNames(parseVerifiedRequest([plain, { ...plain, claims: { given_name: { essential: true }, birthdate: null } }]))).toEqual(
      ['given_name', 'birthdate'],
    );
  });

  test.each<[string, object]>([
    ['the level', { assurance_level: { values: ['high', 'substantial'] } }],
    ['the time', { time: { max_age: 63_113_852, essential: true } }],
    ['kinds of evidence', { evidence: [{ type: { value: 'document' }, document_details: { type: { values: ['idcard'] } } }] }],
    ['checks', { evidence: [{ type: { value: 'document' }, check_details: [{ check_method: { value: 'vpip' } }] }] }],
    ['what nobody here knows', { verification_process: null, assurance_process: { policy: null } }],
  ])('may name %s', (_what, members) => {
    expect(verify(members)).toBe(1);
  });

  test('passes over members that nobody here knows, and knows the rest (OIDC Core 1.0 §5.5.1)', () => {
    expect(parseVerifiedRequest({ ...plain, essential: true, purpose: 'x' })).toEqual(parseVerifiedRequest(plain));
    const given = { ...plain, claims: { given_name: { matches: 'S.*', value: 'Sara' } } };
    expect(parseVerifiedRequest(given)[0]?.claims.get('given_name')).toEqual({ value: 'Sara' });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'given_name'],
    ['without verification', { claims: { given_name: null } }],
    ['without claims', { verification: { trust_framework: null } }],
    ['without a trust framework', { ...plain, verification: { assurance_level: null } }],
    ['with a claim that is neither null nor a condition', { ...plain, claims: { given_name: 'Sara' } }],
    ['with a trust framework that is a list', { ...plain, verification: { trust_framework: ['a'] } }],
    ['with no value among values', { ...plain, verification: { trust_framework: { values: [] } } }],
    ['with a negative age', { ...plain, verification: { trust_framework: null, time: { max_age: -1 } } }],
    ['with an age that is a text', { ...plain, verification: { trust_framework: null, time: { max_age: '60' } } }],
    ['with a condition that is a place too', { ...plain, verification: { trust_framework: null, time: { value: 'x', deep: null } } }],
    ['with evidence that is no list', { ...plain, verification: { trust_framework: null, evidence: { type: { value: 'document' } } } }],
    ['with evidence of no type', { ...plain, verification: { trust_framework: null, evidence: [{ document_details: { type: null } }] } }],
    ['with evidence of any type', { ...plain, verification: { trust_framework: null, evidence: [{ type: null }] } }],
    [
      'with evidence of several types',
      { ...plain, verification: { trust_framework: null, evidence: [{ type: { values: ['document', 'vouch'] } }] } },
    ],
    ['with an empty list of evidence', { ...plain, verification: { trust_framework: null, evidence: [] } }],
    [
      'that goes deeper than the specification',
      { ...plain, verification: { trust_framework: null, a: { b: { c: { d: { e: { f: { g: null } } } } } } } },
    ],
    ['of too many elements', Array.from({ length: 21 }, () => plain)],
  ])('%s is as if it were not there', (_what, given) => {
    expect(parseVerifiedRequest(given)).toEqual([]);
  });
});
