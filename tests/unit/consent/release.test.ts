// released = requested ∩ approved(purpose) ∩ granted, for every combination (decision 11).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardDetails } from '../../../src/domain/agencies/agency.ts';
import type { AskedAttribute, Purpose } from '../../../src/domain/agencies/agency.ts';
import { attributeCatalogue } from '../../../src/domain/attributes/catalogue.ts';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import { toReleasable } from '../../../src/domain/consent/release.ts';

const names = attributeCatalogue.map((attribute) => attribute.name);
const why = { ar: 'سبب', en: 'reason' };

const asked = fc.record({
  name: fc.constantFrom(...names),
  necessity: fc.constantFrom('required' as const, 'optional' as const),
});

function createPurpose(attributes: readonly Omit<AskedAttribute, 'why'>[], version = 1): Purpose {
  return {
    ...standardDetails,
    clientId: 'service',
    id: 'purpose',
    version,
    isDefault: true,
    text: why,
    legalBasis: { type: 'consent', lawRef: null },
    retention: 'P1Y',
    expiresAfter: 'P1Y',
    attributes: attributes.map((attribute) => ({ ...attribute, why })),
  };
}

const purposes = fc
  .uniqueArray(asked, { selector: (attribute) => attribute.name, maxLength: 12 })
  .map((attributes) => createPurpose(attributes));
const requests = fc.record({
  scopes: fc.subarray(['openid', 'profile', 'email', 'phone', 'address', 'offline_access']),
  claims: fc.uniqueArray(fc.constantFrom(...names, 'unheard_of'), { maxLength: 6 }),
});

const decisions = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...names),
    necessity: fc.constant('optional' as const),
    decision: fc.constantFrom('granted' as const, 'declined' as const, 'notified' as const),
  }),
  { selector: (decided) => decided.name, maxLength: 20 },
);

const now = 1_000_000;

const decision: Omit<Consent, 'attributes' | 'state' | 'expiresAt'> = {
  id: 'record',
  personId: 'person',
  clientId: 'service',
  purposeId: 'purpose',
  purposeVersion: 1,
  version: 1,
  basis: 'consent',
  language: 'ar',
  change: 'given',
  personKind: 'citizen',
  level: 'substantial',
  actedBy: 'self',
  createdAt: 0,
  decidedAt: 0,
};

const consents = fc
  .record({
    attributes: decisions,
    state: fc.constantFrom('given' as const, 'notified' as const, 'refused' as const, 'withdrawn' as const),
    expiresAt: fc.constantFrom(now - 1, now, now + 1),
  })
  .map((given): Consent => ({
    ...decision,
    ...given,
  }));

describe('what may leave', () => {
  it('is requested, approved for the purpose and granted, and never without a standing consent', () => {
    fc.assert(
      fc.property(purposes, requests, consents, (purpose, request, consent) => {
        const released = toReleasable(consent, { purpose, agreed: purpose, request: toAsked(purpose, request), kind: 'citizen' }, now);
        const approved = new Set(purpose.attributes.map((attribute) => attribute.name));
        const granted = new Set(consent.attributes.filter((decided) => decided.decision !== 'declined').map((decided) => decided.name));
        const isStanding = (consent.state === 'given' || consent.state === 'notified') && consent.expiresAt > now;
        expect(released.every((name) => isStanding && approved.has(name) && granted.has(name))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is everything the purpose lists when neither scope nor claims name an attribute', () => {
    fc.assert(
      fc.property(purposes, (purpose) => {
        expect(toAsked(purpose, { scopes: ['openid', 'offline_access'], claims: [] }).attributes).toEqual(purpose.attributes);
      }),
    );
  });

  it('leaves out and reports a claim beyond the purpose, but no member of a standard scope', () => {
    const purpose = createPurpose([{ name: 'given_name', necessity: 'required' }]);
    expect(toAsked(purpose, { scopes: ['openid', 'profile'], claims: ['national_id'] })).toEqual({
      attributes: purpose.attributes,
      overAsked: ['national_id'],
    });
  });
});
