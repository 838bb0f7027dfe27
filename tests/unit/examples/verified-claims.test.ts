// What the demo's service asks of a check of identity is in the form that the provider takes, and it reads what comes of it.

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findCheck, toClaimsParameter } from '../../../examples/service/verified-claims.ts';
import { takeBack } from '../../../examples/service/taken-back.ts';
import type { Claims } from '../../../examples/service/provider.ts';
import { parseVerifiedRequest } from '../../../src/domain/verified/verified-request.ts';

const text = { ar: 'شهادة', en: 'Certificate' };
const asked = (name: string) => ({ name, isOptional: false, why: text });
const purpose = {
  id: 'certificate',
  text,
  attributes: [asked('name'), asked('birth_year'), asked('email')],
  verified: ['name', 'birth_year'],
};

const claims: Claims = {
  sub: 'somebody',
  name: 'Sara Alqahtani',
  email: 'sara@example.test',
  verified_claims: {
    verification: {
      trust_framework: 'urn:huwiya:proofing',
      assurance_level: 'high',
      evidence: [
        { type: 'document', document_details: { type: 'idcard' }, check_details: [{ check_method: 'vpip' }, { check_method: 'pvp' }] },
        { type: 'document', document_details: { type: 'passport' } },
      ],
    },
    claims: { name: 'Sara Alqahtani', 'name#ar': 'سارة القحطاني' },
  },
};

describe('the check of identity at a demo service', () => {
  test('is asked in the form of the specification, beside every plain detail of the purpose', () => {
    const { userinfo } = z.object({ userinfo: z.record(z.string(), z.unknown()) }).parse(JSON.parse(toClaimsParameter(purpose)));
    expect(Object.keys(userinfo)).toEqual(['name', 'birth_year', 'email', 'verified_claims']);
    const request = parseVerifiedRequest(userinfo['verified_claims']);
    expect(request.map((element) => [...element.claims.keys()])).toEqual([['name', 'birth_year']]);
    expect([...(request[0]?.verification.members.keys() ?? [])]).toEqual(['trust_framework', 'assurance_level', 'evidence']);
  });

  test('is read part by part, and is nothing where nothing came', () => {
    expect(findCheck(claims)).toEqual({ level: 'high', documents: ['idcard', 'passport'], methods: ['vpip', 'pvp'] });
    expect(findCheck({ sub: 'somebody' })).toBeUndefined();
  });

  test('goes with a detail beside which it came, and stays where another one ends', () => {
    const narrow = (ended: readonly string[]): Claims =>
      takeBack({ claims, loss: undefined }, { subject: 'somebody', purpose: 'certificate', event: 'consent-narrowed', ended }).claims;
    expect(narrow(['email'])).toEqual({ sub: claims['sub'], name: claims['name'], verified_claims: claims['verified_claims'] });
    expect(narrow(['name'])).toEqual({ sub: claims['sub'], email: claims['email'] });
  });
});
