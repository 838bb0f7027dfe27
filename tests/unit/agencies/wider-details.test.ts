// What of a purpose's details waits for an approver: whatever gives an agency more, and nothing that gives it less.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowsOffline, standardDetails, toBasis, toLawText } from '../../../src/domain/agencies/agency.ts';
import type { Purpose } from '../../../src/domain/agencies/agency.ts';
import { detailFields } from '../../../src/domain/agencies/wider-details.ts';
import { createPurpose, createService } from '../../support/store-samples.ts';

const post = { role: 'processor', name: { ar: 'شركة البريد', en: 'Post company' } } as const;
const riyadh = { location: { ar: 'الرياض', en: 'Riyadh' }, jurisdiction: 'SA', transfers: [] } as const;
const abroad = { ...riyadh, transfers: [{ country: 'AE', why: { ar: 'للطباعة', en: 'For printing' } }] } as const;
const law = { type: 'public_task', lawRef: { ar: 'نظام العمل', en: 'Labour Law' } } as const;
const consent = { type: 'consent', lawRef: null } as const;
const standard = standardDetails.terms;
const verified = { attributes: ['name'], parts: [], evidence: 'none', why: { ar: 'لازم', en: 'Needed' } } as const;

type Details = Partial<Purpose>;

/** Each pair: what gives less, what gives more. */
const pairs: readonly (readonly [string, keyof typeof detailFields, Details, Details])[] = [
  ['law in place of consent', 'legalBasis', { legalBasis: consent }, { legalBasis: law }],
  ['law for one kind', 'basisByKind', { legalBasis: law, basisByKind: { visitor: consent } }, { legalBasis: law }],
  ['verified details', 'verification', {}, { verification: verified }],
  [
    'one more verified detail',
    'verification',
    { verification: verified },
    { verification: { ...verified, attributes: ['name', 'birthdate'] } },
  ],
  ['the time of the check', 'verification', { verification: verified }, { verification: { ...verified, parts: ['time'] } }],
  ['kinds of evidence', 'verification', { verification: verified }, { verification: { ...verified, evidence: 'types' } }],
  [
    'details of evidence',
    'verification',
    { verification: { ...verified, evidence: 'types' } },
    { verification: { ...verified, evidence: 'details' } },
  ],
  ['a recipient', 'recipients', {}, { recipients: [post] }],
  ['a transfer', 'storage', { storage: riyadh }, { storage: abroad }],
  ['keeping', 'terms', { terms: { ...standard, mode: 'view' } }, {}],
  ['while away', 'terms', { terms: { ...standard, fetch: 'session' } }, {}],
  ['more uses', 'terms', { terms: { ...standard, maxUses: 3 } }, { terms: { ...standard, maxUses: 4 } }],
  ['uses without end', 'terms', { terms: { ...standard, maxUses: 3 } }, {}],
  [
    'more often',
    'terms',
    { terms: { ...standard, frequency: { times: 1, per: 'P1D' } } },
    { terms: { ...standard, frequency: { times: 2, per: 'P1D' } } },
  ],
  [
    'older records',
    'terms',
    { terms: { ...standard, dataRange: { from: '2026-01-01', to: null } } },
    { terms: { ...standard, dataRange: { from: '2020-01-01', to: null } } },
  ],
];

test.each(pairs)('%s is wider, and its end is not', (...[, field, less, more]) => {
  const [narrow, wide] = [createPurpose('service', less), createPurpose('service', more)];
  expect(detailFields[field](wide, narrow)).toBe(true);
  expect(detailFields[field](narrow, wide)).toBe(false);
  expect(detailFields[field](wide, wide)).toBe(false);
});

test('other words for why the check is told wait in both directions', () => {
  const other = { ...verified, why: { ...verified.why, en: 'Wanted' } };
  const [one, two] = [createPurpose('service', { verification: verified }), createPurpose('service', { verification: other })];
  expect([detailFields.verification(one, two), detailFields.verification(two, one)]).toEqual([true, true]);
});

test('another place and another period wait in both directions', () => {
  const jeddah = { ...riyadh, location: { ar: 'جدة', en: 'Jeddah' } };
  for (const [one, other] of [[riyadh, jeddah] as const, [jeddah, null] as const, [null, riyadh] as const]) {
    expect(detailFields.storage(createPurpose('service', { storage: one }), createPurpose('service', { storage: other }))).toBe(true);
  }
});

const range = fc.option(fc.record({ from: fc.option(day()), to: fc.option(day()) }));
const terms = fc.record({
  mode: fc.constantFrom('view' as const, 'store' as const),
  fetch: fc.constantFrom('once' as const, 'session' as const, 'periodic' as const),
  maxUses: fc.option(fc.integer({ min: 1, max: 5 })),
  frequency: fc.option(fc.record({ times: fc.integer({ min: 1, max: 3 }), per: fc.constantFrom('P1D', 'P1M') })),
  dataRange: range,
});

function day(): fc.Arbitrary<string> {
  return fc.integer({ min: 2020, max: 2026 }).map((year) => `${year}-01-01`);
}

test('terms that differ are wider in at least one direction, and never than themselves', () => {
  fc.assert(
    fc.property(terms, terms, (one, other) => {
      const [first, second] = [createPurpose('service', { terms: one }), createPurpose('service', { terms: other })];
      expect(detailFields.terms(first, first)).toBe(false);
      const isSame = toText(one) === toText(other);
      expect(detailFields.terms(first, second) || detailFields.terms(second, first)).toBe(!isSame);
    }),
  );
});

/** A range without ends says the same as none. */
function toText({ dataRange, ...rest }: Purpose['terms']): string {
  return JSON.stringify([rest, dataRange?.from ?? null, dataRange?.to ?? null]);
}

describe('the ground for one kind of person', () => {
  const purpose = createPurpose('service', { legalBasis: consent, basisByKind: { citizen: law } });

  test('is its own where it has one, otherwise that of the purpose', () => {
    expect(toBasis(purpose, 'citizen')).toEqual(law);
    expect(toBasis(purpose, 'visitor')).toEqual(consent);
  });

  test('names its law in the language of the reader', () => {
    expect([toLawText(law.lawRef, 'ar'), toLawText('Labour Law', 'ar'), toLawText(null, 'en')]).toEqual(['نظام العمل', 'Labour Law', null]);
  });
});

test('a service comes back without the person only where purpose and registration both say so', () => {
  const registered = createService('mol', { metadata: { grant_types: ['authorization_code', 'refresh_token'] } });
  const session = createPurpose('service', { terms: { ...standard, fetch: 'session' } });
  expect([
    allowsOffline(registered, createPurpose('service')),
    allowsOffline(registered, session),
    allowsOffline(createService('mol'), createPurpose('service')),
  ]).toEqual([true, false, false]);
});
