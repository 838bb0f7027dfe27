import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardDetails } from '../../../src/domain/agencies/agency.ts';
import type { AskedAttribute, Purpose } from '../../../src/domain/agencies/agency.ts';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { StoredConsent } from '../../../src/domain/consent/consent.ts';
import { toAskReason } from '../../../src/domain/consent/needs-asking.ts';
import type { AskedOf } from '../../../src/domain/consent/needs-asking.ts';
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
  terms: { ...standardDetails.terms, maxUses: 3 },
  attributes: [needed('given_name'), needed('birthdate'), { name: 'email', necessity: 'optional', why }],
};

const consent: StoredConsent = {
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
  isOffline: false,
  actedBy: 'self',
  createdAt: now - 5000,
  decidedAt: now - 5000,
  expiresAt: now + 5000,
  uses: 0,
  lastUsedAt: null,
};

const service = { audience: ['citizen', 'resident'], minimumLevel: 'substantial' } as const;

type Given = Partial<Pick<AskedOf, 'kind' | 'service' | 'agreed'>> & { readonly current?: StoredConsent | undefined };

function find(changes: Partial<Purpose>, given: Given = {}) {
  const purpose = { ...first, version: 2, ...changes };
  const request = toAsked(purpose, { scopes: [], claims: [] });
  const { current } = { current: consent, ...given };
  return findWhatChanged(current, { kind: 'citizen', service, agreed: first, ...given, purpose, request }, now);
}

const kindsOf = (found: ReturnType<typeof find>): readonly string[] => found?.differences.map(({ kind }) => kind) ?? [];

describe('what changed since a person agreed', () => {
  test('is a new needed detail, a longer time, another recipient and another place, beside what stays', () => {
    const post = { name: { ar: 'البريد', en: 'The post' }, role: 'processor' } as const;
    const storage = { location: { ar: 'الرياض', en: 'Riyadh' }, jurisdiction: 'SA', transfers: [{ country: 'DE', why }] };
    const attributes = [...first.attributes, needed('national_id')];
    const found = find({ attributes, retention: 'P1Y', recipients: [post], storage });
    expect(found).toMatchObject({ isWhole: false, unchanged: ['given_name', 'birthdate'] });
    expect(found?.differences).toEqual([
      expect.objectContaining({ kind: 'kept-longer' }),
      { kind: 'recipient', recipient: post },
      { kind: 'place', before: null, after: storage },
      { kind: 'transfer', transfer: { country: 'DE', why } },
      { kind: 'new-needed', name: 'national_id' },
    ]);
  });

  test.each<readonly [string, Partial<Purpose>, readonly string[]]>([
    [
      'a choice that was declined and is needed now',
      { attributes: [needed('given_name'), needed('birthdate'), needed('email')] },
      ['now-needed'],
    ],
    ['another reason for a detail', { attributes: [{ ...needed('given_name'), why: { ...why, en: 'To find you.' } }] }, ['other-reason']],
    ['a consent that lasts longer', { expiresAfter: 'P2Y' }, ['lasts-longer']],
    [
      'that the check of identity is told',
      { verification: { attributes: ['given_name'], parts: [], evidence: 'none', why } },
      ['verification'],
    ],
    ['more uses', { terms: { ...first.terms, maxUses: null } }, ['use']],
    [
      'a detail that is their choice',
      { attributes: [...first.attributes, { ...needed('national_id'), necessity: 'optional' }] },
      ['new-choice'],
    ],
  ])('names %s, and leaves the rest folded', (_name, changes, kinds) => {
    const found = find(changes);
    expect([kindsOf(found), found?.isWhole]).toEqual([kinds, false]);
  });

  test.each<readonly [string, readonly [Partial<Purpose>, Given], readonly string[]]>([
    ['other words for the purpose', [{ text: { ar: 'تجديد وإصدار', en: 'Renewal' } }, {}], ['purpose-words']],
    ['that the person is of another kind', [{}, { kind: 'resident' }], ['person-kind']],
    ['that the law was the ground', [{}, { current: { ...consent, basis: 'public_task', state: 'notified' } }], ['now-yours']],
    ['that it ran out', [{}, { current: { ...consent, expiresAt: now } }], ['ended']],
    ['that it was paused', [{}, { current: { ...consent, state: 'paused' } }], ['paused']],
    ['that it is used up', [{}, { current: { ...consent, uses: 3 } }], ['used-up']],
    ['that the terms agreed to are not known', [{}, { agreed: undefined }], ['terms']],
  ])('says %s, and shows everything', (_name, [changes, given], kinds) => {
    const found = find({ retention: 'P6M', ...changes }, given);
    expect([kindsOf(found), found?.isWhole]).toEqual([kinds, true]);
  });

  test('is a stronger sign-in where the service demands one now', () => {
    expect(kindsOf(find({}, { service: { ...service, minimumLevel: 'high' } }))).toEqual(['stronger-sign-in']);
  });

  test('is a choice that was made for another reason', () => {
    const attributes = first.attributes.map((each) => (each.name === 'email' ? { ...each, why: { ...why, en: 'To call you.' } } : each));
    const chosen = { ...consent, attributes: consent.attributes.map((each) => ({ ...each, decision: 'granted' as const })) };
    expect(kindsOf(find({ attributes }))).toEqual([]);
    expect(find({ attributes }, { current: chosen })).toMatchObject({
      isWhole: false,
      differences: [{ kind: 'other-choice', name: 'email' }],
    });
  });

  test('says nothing of what asks less, and shows everything to whoever is asked all the same', () => {
    const less = { ...first.terms, mode: 'view', fetch: 'session', maxUses: 1 } as const;
    expect(find({ retention: 'P1M', terms: less })).toMatchObject({ differences: [], isWhole: true });
  });

  test('names each reason to ask anew, and so never says that somebody agreed to what they never saw', () => {
    const durations = fc.constantFrom('P1M', 'P6M', 'P1Y');
    const terms = fc.record({
      mode: fc.constantFrom('view' as const, 'store' as const),
      fetch: fc.constantFrom('once' as const, 'session' as const, 'periodic' as const),
      maxUses: fc.constantFrom(1, 5, null),
      frequency: fc.constantFrom({ times: 2, per: 'P1D' }, { times: 4, per: 'P1D' }, null),
      dataRange: fc.constant(null),
    });
    const purposes = fc.record({ retention: durations, expiresAfter: durations, terms, version: fc.constantFrom(1, 2) });
    const records = fc.record({
      uses: fc.constantFrom(0, 5),
      state: fc.constantFrom('given' as const, 'notified' as const, 'paused' as const),
      basis: fc.constantFrom('consent' as const, 'public_task' as const),
      expiresAt: fc.constantFrom(now, now + 1),
      purposeVersion: fc.constant(1),
    });
    const people = fc.record({
      kind: fc.constantFrom('citizen' as const, 'resident' as const),
      service: fc.constantFrom(service, { ...service, minimumLevel: 'high' as const }),
    });
    let reasons = 0;
    fc.assert(
      fc.property(purposes, purposes, fc.tuple(records, people), (before, after, [record, person]) => {
        const [agreed, purpose] = [
          { ...first, ...before, version: 1 },
          { ...first, ...(after.version === 1 ? before : after), version: after.version },
        ];
        const asked = { ...person, agreed, purpose, request: toAsked(purpose, { scopes: [], claims: [] }) };
        const current = { ...consent, ...record };
        const isAsked = toAskReason(current, asked, now) !== undefined;
        reasons += isAsked ? 1 : 0;
        expect(!isAsked || (findWhatChanged(current, asked, now)?.differences.length ?? 0) > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(reasons).toBeGreaterThan(50);
  });

  test('is nothing to speak of where the person never agreed, refused, or took it back', () => {
    const ended = (['refused', 'withdrawn', 'deferred'] as const).map((state) => find({}, { current: { ...consent, state } }));
    expect([find({}, { current: undefined }), ...ended]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
