import { describe, expect, test } from 'vitest';
import { standardDetails } from '../../../src/domain/agencies/agency.ts';
import type { AskedAttribute, Purpose } from '../../../src/domain/agencies/agency.ts';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import { findWhatChanged } from '../../../src/domain/consent/what-changed.ts';

const now = Date.parse('2026-11-21T06:14:00Z');
const why = { ar: 'لإصدار التصريح.', en: 'To issue the permit.' };
const needed = (name: string): AskedAttribute => ({ name, necessity: 'required', why });

const first: Purpose = {
  ...standardDetails,
  clientId: 'mol-work-permit',
  id: 'renewal',
  version: 1,
  isDefault: true,
  text: { ar: 'تجديد', en: 'Renewal' },
  legalBasis: { type: 'consent', lawRef: null },
  retention: 'P6M',
  expiresAfter: 'P1Y',
  attributes: [needed('given_name'), needed('birthdate'), { name: 'email', necessity: 'optional', why }],
};

const consent: Consent = {
  id: 'c',
  personId: 'p',
  clientId: first.clientId,
  purposeId: first.id,
  purposeVersion: 1,
  version: 1,
  state: 'given',
  attributes: [
    { name: 'given_name', necessity: 'required', decision: 'granted' },
    { name: 'birthdate', necessity: 'required', decision: 'granted' },
    { name: 'email', necessity: 'optional', decision: 'declined' },
  ],
  basis: 'consent',
  language: 'ar',
  change: 'given',
  personKind: 'citizen',
  level: 'substantial',
  actedBy: 'self',
  createdAt: now - 5000,
  decidedAt: now - 5000,
  expiresAt: now + 5000,
};

function find(changes: Partial<Purpose>, current: Consent | undefined = consent, before: Purpose | undefined = first) {
  const purpose = { ...first, version: 2, ...changes };
  return findWhatChanged(current, { before, purpose, request: toAsked(purpose, { scopes: [], claims: [] }) }, now);
}

const everything = { acceptedAt: consent.decidedAt, newNeeded: [], retention: null, unchanged: [] };

describe('what changed since a person agreed', () => {
  test('is a new needed detail and a longer time, beside what stays', () => {
    expect(find({ attributes: [...first.attributes, needed('national_id')], retention: 'P1Y' })).toEqual({
      acceptedAt: consent.decidedAt,
      newNeeded: ['national_id'],
      retention: { before: 'P6M', after: 'P1Y' },
      unchanged: ['given_name', 'birthdate'],
    });
  });

  test('counts a detail that was the person’s choice and is needed now as something to read anew', () => {
    expect(find({ attributes: [needed('given_name'), needed('birthdate'), needed('email')] })).toEqual(everything);
  });

  test.each([
    ['other words for the purpose', { text: { ar: 'تجديد وإصدار', en: 'Renewal' } }],
    [
      'another reason for a detail',
      { attributes: [{ ...needed('given_name'), why: { ...why, en: 'To find you.' } }, needed('birthdate')] },
    ],
    ['another time until it ends', { expiresAfter: 'P2Y' }],
    ['another basis', { legalBasis: { type: 'contract', lawRef: null } }],
  ] satisfies readonly (readonly [string, Partial<Purpose>])[])('shows everything for %s, whatever else changed', (_name, changes) => {
    expect(find({ retention: 'P9Y', ...changes })).toEqual(everything);
  });

  test('shows everything where the version agreed to is not known, and where the consent ran out', () => {
    expect(
      findWhatChanged(consent, { before: undefined, purpose: first, request: toAsked(first, { scopes: [], claims: [] }) }, now),
    ).toEqual(everything);
    expect(find({ retention: 'P1Y' }, { ...consent, expiresAt: now })).toEqual(everything);
  });

  test('is nothing to speak of where the person never agreed, refused, or took it back', () => {
    expect(
      findWhatChanged(undefined, { before: undefined, purpose: first, request: toAsked(first, { scopes: [], claims: [] }) }, now),
    ).toBe(undefined);
    expect([find({}, { ...consent, state: 'refused' }), find({}, { ...consent, state: 'withdrawn' })]).toEqual([undefined, undefined]);
  });
});
