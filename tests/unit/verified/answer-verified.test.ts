// What leaves in verified form: requested ∩ approved ∩ granted ∩ available, in every part of it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceDepths, verificationParts } from '../../../src/domain/agencies/agency.ts';
import type { Verification } from '../../../src/domain/agencies/agency.ts';
import { toReleasedClaims } from '../../../src/domain/attributes/release-claims.ts';
import { createSampleData } from '../../../src/domain/attributes/sample-data.ts';
import { findAttributesOfClaim } from '../../../src/domain/attributes/catalogue.ts';
import { answerVerified } from '../../../src/domain/verified/answer-verified.ts';
import type { VerifiedSource } from '../../../src/domain/verified/answer-verified.ts';
import { listPlaces, toApprovedPlaces } from '../../../src/domain/verified/approved-parts.ts';
import { parseVerifiedRequest } from '../../../src/domain/verified/verified-request.ts';
import { checkedAt, sampleProofing } from '../../support/sample-proofing.ts';
import { verifiedForm } from '../../support/verified-form.ts';
import type { VerifiedElementSent } from '../../support/verified-form.ts';

const now = checkedAt + 100_000_000;
const why = { ar: 'لازم', en: 'Needed' };
const whole: Verification = {
  attributes: ['given_name', 'birthdate', 'nationalities'],
  parts: ['assurance_level', 'time'],
  evidence: 'details',
  why,
};
const data = createSampleData();
const names = ['given_name', 'birthdate', 'nationalities', 'email'];
const document = { type: { value: 'document' } };

type Given = Partial<Omit<VerifiedSource, 'request' | 'holder'>> & {
  readonly names?: readonly string[];
  readonly data?: VerifiedSource['holder']['data'];
};

function answer(request: unknown, given: Given = {}): readonly VerifiedElementSent[] {
  const holder = { kind: 'citizen', data: given.data ?? data, names: given.names ?? names, locales: ['ar'] };
  const answered = answerVerified({
    verification: whole,
    proofing: sampleProofing,
    now,
    ...given,
    holder,
    request: parseVerifiedRequest(request),
  });
  return answered === undefined ? [] : verifiedForm.parse(answered.claims);
}

const ask = (verification: object, claims: object = { birthdate: null }): object => ({
  verification: { trust_framework: null, ...verification },
  claims,
});

describe('an element of verified claims', () => {
  test('holds what was asked, in the form of the specification, and nothing more', () => {
    expect(answer(ask({}))).toEqual([
      { verification: { trust_framework: 'urn:huwiya:proofing' }, claims: { birthdate: data['birthdate'] } },
    ]);
    const evidence = [
      {
        ...document,
        document_details: { type: null, issuer: { country_code: null } },
        check_details: [{ check_method: null, time: null }],
      },
    ];
    const [element] = answer(ask({ assurance_level: null, time: null, evidence }, { given_name: null }));
    const time = '2026-03-01T08:28:00Z';
    expect(element).toEqual({
      verification: {
        trust_framework: 'urn:huwiya:proofing',
        assurance_level: 'high',
        time: '2026-03-01T08:30:00Z',
        evidence: [
          {
            type: 'document',
            document_details: { type: 'idcard', issuer: { country_code: 'SAU' } },
            check_details: [
              { check_method: 'vpip', time },
              { check_method: 'pvp', time },
            ],
          },
          {
            type: 'document',
            document_details: { type: 'passport', issuer: { country_code: 'SAU' } },
            check_details: [{ check_method: 'vcrypt', time }],
          },
        ],
      },
      claims: { given_name: data['given_name'], 'given_name#en': data['given_name#en'] },
    });
  });

  test('of a list each stands by itself', () => {
    const high = ask({ assurance_level: { value: 'high' } });
    const low = ask({ assurance_level: { value: 'low' } }, { given_name: null });
    expect(answer([low, high])).toEqual(answer(high));
    expect(answer([high, ask({}, { given_name: null })])).toHaveLength(2);
    expect(answer([low, low])).toEqual([]);
  });

  test.each<[string, object]>([
    ['another trust framework', { trust_framework: { value: 'eidas' } }],
    ['none of these trust frameworks', { trust_framework: { values: ['eidas', 'nist_800_63A'] } }],
    ['another level', { assurance_level: { value: 'substantial', essential: true } }],
    ['a younger check', { time: { max_age: 10 } }],
    ['evidence that there is not', { evidence: [{ type: { value: 'vouch' } }] }],
    ['a document that there is not', { evidence: [{ ...document, document_details: { type: { value: 'birth_certificate' } } }] }],
    ['a check that was not made', { evidence: [{ ...document, check_details: [{ check_method: { value: 'bvr' } }] }] }],
    ['something of a place that nobody here fills', { assurance_process: { policy: { value: 'gpg45' } } }],
    ['an age of what is no date', { assurance_level: { max_age: 100_000_000 } }],
  ])('that demands %s is left out whole', (_what, verification) => {
    expect(answer(ask(verification))).toEqual([]);
  });

  test('shows of the evidence only what one of its filters fits, and no place without the kind that it needs', () => {
    const passport = { ...document, document_details: { type: { value: 'passport' }, document_number: null } };
    const shown = answer(ask({ evidence: [{ type: { value: 'vouch' } }, passport] }))[0]?.verification.evidence;
    expect(shown).toEqual([{ type: 'document', document_details: { type: 'passport', document_number: 'X77' } }]);
    const bare = answer(ask({ evidence: [{ ...document, document_details: { document_number: null } }] }))[0]?.verification.evidence;
    expect(bare).toEqual([{ type: 'document' }, { type: 'document' }]);
  });

  test('leaves out a claim whose value is not the demanded one, and keeps the rest', () => {
    const claims = { birthdate: { value: '1900-01-01' }, given_name: null, nationalities: { max_age: 100 } };
    expect(Object.keys(answer(ask({}, claims))[0]?.claims ?? {})).toEqual(['given_name', 'given_name#en']);
    expect(answer(ask({}, { birthdate: { value: '1900-01-01' } }))).toEqual([]);
    expect(Object.keys(answer(ask({}, { 'given_name#en': null }))[0]?.claims ?? {})).toEqual(['given_name#en']);
  });

  test('is never there for somebody whose identity was not checked, for nothing that was granted, for nobody’s value', () => {
    expect(answer(ask({}), { proofing: undefined })).toEqual([]);
    expect(answer(ask({}), { names: ['given_name'] })).toEqual([]);
    expect(answer(ask({}), { data: {} })).toEqual([]);
    expect(answer(ask({}, { email: null }))).toEqual([]);
    expect(answer(ask({}, {}))).toEqual([]);
  });
});

/** What a request can say of a value: nothing, the truth, something else, or an age. */
const said = (...values: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    fc.constantFrom(...values, 'other').map((value) => ({ value })),
    fc.constant({ values: [...values] }),
  );
const aged = fc.oneof(
  { weight: 8, arbitrary: fc.constant(null) },
  fc.constantFrom(0, 10, 100_000, 1_000_000_000).map((age) => ({ max_age: age })),
);
const some = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> => fc.record(members, { requiredKeys: [] });

const evidences = fc.array(
  fc.record(
    {
      type: fc.constantFrom('document', 'vouch').map((value) => ({ value })),
      document_details: fc.record(
        {
          type: said('idcard', 'passport'),
          document_number: fc.constant(null),
          date_of_expiry: aged,
          issuer: some({ name: fc.constant(null), country_code: said('SAU') }),
        },
        { requiredKeys: ['type'] },
      ),
      check_details: fc.array(
        fc.record({ check_method: said('vpip', 'pvp'), organization: fc.constant(null), time: aged }, { requiredKeys: ['check_method'] }),
        { minLength: 1, maxLength: 2 },
      ),
    },
    { requiredKeys: ['type'] },
  ),
  { minLength: 1, maxLength: 2 },
);

const elements = fc.record({
  verification: fc.record(
    { trust_framework: said('urn:huwiya:proofing'), assurance_level: said('high'), time: aged, evidence: evidences },
    { requiredKeys: ['trust_framework'] },
  ),
  claims: fc.dictionary(fc.constantFrom(...names, 'national_id', 'shoe_size', 'given_name#ar'), said('1990-05-17'), {
    maxKeys: 4,
  }),
});

const approvals: fc.Arbitrary<Verification> = fc.record({
  attributes: fc.subarray([...whole.attributes], { minLength: 1 }),
  parts: fc.subarray([...verificationParts]),
  evidence: fc.constantFrom(...evidenceDepths),
  why: fc.constant(why),
});

const grants = fc.subarray(names);

test('nothing leaves that was not asked, approved, granted and there', () => {
  let answered = 0;
  fc.assert(
    fc.property(elements, approvals, grants, (element, verification, granted) => {
      const [sent] = answer(element, { verification, names: granted });
      if (sent === undefined) {
        return;
      }
      answered += 1;
      const asked = new Set(Object.keys(element.claims).flatMap(findAttributesOfClaim));
      const places = toApprovedPlaces(verification);
      const given = toReleasedClaims({ clock: { now: () => now } }, { names: granted, kind: 'citizen', data, locales: ['ar'] }).claims;
      for (const [member, value] of Object.entries(sent.claims)) {
        const [name = ''] = findAttributesOfClaim(member);
        expect([asked.has(name), verification.attributes.includes(name), granted.includes(name), value]).toEqual([
          true,
          true,
          true,
          given[member],
        ]);
      }
      expect(listPlaces(sent.verification).filter((place) => !places.has(place))).toEqual([]);
      for (const part of ['assurance_level', 'time', 'evidence'] as const) {
        expect(part in sent.verification && !(part in element.verification)).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
  expect(answered).toBeGreaterThan(30);
});

test('what a purpose is not approved for changes no answer, whatever is asked', () => {
  const [card] = sampleProofing.evidence;
  const other = {
    ...sampleProofing,
    at: checkedAt - 9_000_000_000,
    assuranceLevel: 'substantial',
    evidence: card === undefined ? [] : [card],
  };
  fc.assert(
    fc.property(elements, (element) => {
      const verification: Verification = { ...whole, parts: [], evidence: 'none' };
      expect(answer(element, { verification, proofing: other })).toEqual(answer(element, { verification }));
    }),
    { numRuns: 1000 },
  );
});

test('a list is answered as its elements are', () => {
  fc.assert(
    fc.property(fc.array(elements, { minLength: 1, maxLength: 4 }), approvals, (list, verification) => {
      expect(answer(list, { verification })).toEqual(list.flatMap((element) => answer(element, { verification })));
    }),
  );
});
