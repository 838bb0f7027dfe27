// A check of identity at the counter, by a card and by a passport.

import type { Proofing } from '../../src/domain/proofing/proofing.ts';

export const checkedAt = Date.parse('2026-03-01T08:30:00.250Z');

const organization = 'Registration office 7';
const time = '2026-03-01T11:28:00+03:00';

export const sampleProofing: Pick<Proofing, 'at' | 'isHigh' | 'trustFramework' | 'assuranceLevel' | 'evidence' | 'by'> = {
  at: checkedAt,
  isHigh: true,
  trustFramework: 'urn:huwiya:proofing',
  assuranceLevel: 'high',
  evidence: [
    {
      type: 'document',
      document_details: {
        type: 'idcard',
        document_number: '0008',
        date_of_expiry: '2031-05-17',
        issuer: { name: 'Civil Status', country_code: 'SAU' },
      },
      check_details: [
        { check_method: 'vpip', organization, time },
        { check_method: 'pvp', organization, time },
      ],
    },
    {
      type: 'document',
      document_details: { type: 'passport', document_number: 'X77', issuer: { name: 'Passports', country_code: 'SAU' } },
      check_details: [{ check_method: 'vcrypt', organization, time }],
    },
  ],
  by: { kind: 'officer', ref: 'officer-7' },
};
