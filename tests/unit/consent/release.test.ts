// released = requested ∩ approved(purpose) ∩ granted, for every combination (decision 11).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardDetails } from '../../../src/domain/agencies/agency.ts';
import { levels } from '../../../src/domain/kernel/levels.ts';
import type { AskedAttribute, Purpose, Service } from '../../../src/domain/agencies/agency.ts';
import { findAttribute } from '../../../src/domain/attributes/catalogue.ts';
import { toReleasedClaims } from '../../../src/domain/attributes/release-claims.ts';
import { findValue } from '../../../src/domain/attributes/values.ts';
import { storedStates } from '../../../src/domain/consent/consent.ts';
import { personKinds } from '../../../src/domain/people/person.ts';
import type { PersonalData } from '../../../src/domain/people/person.ts';
import { sampleData } from '../../support/world.ts';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import { toReleasable } from '../../../src/domain/consent/release.ts';

// Few enough that what is asked, approved, granted and there often meet.
const names = [
  'given_name',
  'family_name',
  'birthdate',
  'gender',
  'email',
  'national_id',
  'age_over_18',
  'is_citizen',
  'phone_number',
  'picture',
];
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
  .uniqueArray(asked, { selector: (attribute) => attribute.name, minLength: 4, maxLength: 10 })
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
  { selector: (decided) => decided.name, minLength: 4, maxLength: 10 },
);

const now = Date.UTC(2026, 0, 1);

function isAvailable(name: string, data: PersonalData): boolean {
  const attribute = findAttribute(name);
  return attribute !== undefined && findValue(attribute, { kind: 'citizen', data }, now) !== undefined;
}

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
  isOffline: false,
  actedBy: 'self',
  createdAt: 0,
  decidedAt: 0,
};

const consents = fc
  .record({
    attributes: decisions,
    state: fc.oneof(fc.constantFrom('given' as const, 'notified' as const), fc.constantFrom(...storedStates)),
    expiresAt: fc.constantFrom(now - 1, now, now + 1, now + 2, now + 3),
    purposeVersion: fc.constantFrom(1, 2),
    personKind: fc.oneof(fc.constant('citizen' as const), fc.constantFrom(...personKinds)),
    level: fc.constantFrom(...levels),
  })
  .map((given): Consent => ({ ...decision, ...given }));

/** The version that was agreed to: of other attributes, and sometimes kept for a shorter time than now. */
const agreements = fc.tuple(purposes, fc.constantFrom('P1Y', 'P6M')).map(([agreed, retention]) => ({ ...agreed, version: 2, retention }));

/** Who the service is registered for now, and how strong a sign-in it demands now. */
const services = fc.record({
  audience: fc.oneof(fc.constant(personKinds), fc.subarray([...personKinds])),
  minimumLevel: fc.constantFrom('substantial' as const, ...levels),
});

function isFor(service: Pick<Service, 'audience' | 'minimumLevel'>, { level, personKind }: Consent): boolean {
  return personKind === 'citizen' && service.audience.includes('citizen') && (service.minimumLevel === 'substantial' || level === 'high');
}

const holders = fc
  .subarray(Object.keys(sampleData))
  .map((known) => Object.fromEntries(known.map((name) => [name, sampleData[name] ?? true])));

describe('what leaves', () => {
  it('is requested ∩ approved ∩ granted ∩ available, and nothing under a record that ended, ran out, is paused or superseded, is of too weak a sign-in, or of somebody who is not served', () => {
    let releases = 0;
    fc.assert(
      fc.property(
        fc.tuple(purposes, agreements),
        requests,
        fc.tuple(consents, holders, services),
        (terms, request, [consent, data, service]) => {
          const [purpose, other] = terms;
          const agreed = consent.purposeVersion === 1 ? purpose : other;
          const asked = toAsked(purpose, request);
          const names = toReleasable(consent, { purpose, agreed, request: asked, kind: 'citizen', service }, now);
          const released = toReleasedClaims({ clock: { now: () => now } }, { names, kind: 'citizen', data, locales: ['ar'] }).names;
          const isStanding = (consent.state === 'given' || consent.state === 'notified') && consent.expiresAt > now;
          const isFit = isFor(service, consent) && agreed.retention === purpose.retention;
          const granted = consent.attributes.filter((decided) => decided.decision !== 'declined').map(({ name }) => name);
          const expected = asked.attributes
            .map(({ name }) => name)
            .filter((name) => isStanding && isFit && granted.includes(name))
            .filter((name) => [purpose, agreed].every((version) => version.attributes.some((attribute) => attribute.name === name)))
            .filter((name) => isAvailable(name, data));
          expect(released.toSorted()).toEqual(expected.toSorted());
          releases += released.length > 0 ? 1 : 0;
        },
      ),
      { numRuns: 1000 },
    );
    expect(releases).toBeGreaterThan(10);
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
