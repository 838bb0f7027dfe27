// When a page is shown and when it is not: over random purposes, requests, changes and times (domain model 3.3).

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AskedAttribute, Purpose, Service } from '../../../src/domain/agencies/agency.ts';
import { attributeCatalogue } from '../../../src/domain/attributes/catalogue.ts';
import { toAsked, toAskedOf } from '../../../src/domain/consent/asked.ts';
import type { Asked } from '../../../src/domain/consent/asked.ts';
import type { StoredConsent } from '../../../src/domain/consent/consent.ts';
import { toAskReason } from '../../../src/domain/consent/needs-asking.ts';
import type { AskReason } from '../../../src/domain/consent/needs-asking.ts';
import { toOffered } from '../../../src/domain/consent/offered.ts';
import { toReleasable } from '../../../src/domain/consent/release.ts';
import { toUseLimits } from '../../../src/domain/consent/uses.ts';
import { agreeTo, createConsentScene, samplePurpose } from '../../support/consent-samples.ts';
import type { ConsentScene } from '../../support/consent-samples.ts';

const day = 86_400_000;
const why = { ar: 'سبب', en: 'reason' };
const names = attributeCatalogue.map(({ name }) => name);
const service: Pick<Service, 'audience' | 'minimumLevel'> = { audience: ['citizen', 'resident'], minimumLevel: 'substantial' };

const attributes = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...names),
    necessity: fc.constantFrom('required' as const, 'optional' as const),
    why: fc.constant(why),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 8 },
);

const terms: Pick<Purpose, 'recipients' | 'storage' | 'retention' | 'terms' | 'verification'> = {
  verification: { attributes: ['given_name', 'birthdate'], parts: ['time'], evidence: 'types', why },
  recipients: [{ name: { ar: 'البريد', en: 'The post' }, role: 'processor' }],
  storage: { location: { ar: 'الرياض', en: 'Riyadh' }, jurisdiction: 'SA', transfers: [{ country: 'DE', why }] },
  retention: 'P2Y',
  terms: {
    mode: 'store',
    fetch: 'periodic',
    maxUses: 10,
    frequency: { times: 4, per: 'P1D' },
    dataRange: { from: '2020-01-01', to: null },
  },
};

const purposes = attributes.map((asked): Purpose => ({ ...samplePurpose, ...terms, attributes: asked }));

type Change = (purpose: Purpose) => Purpose;

/** What asks no more of anybody. */
const narrowings: readonly Change[] = [
  (purpose) => ({ ...purpose, attributes: purpose.attributes.slice(1) }),
  (purpose) => ({ ...purpose, attributes: purpose.attributes.map((each) => ({ ...each, necessity: 'optional' as const })) }),
  (purpose) => ({ ...purpose, verification: null }),
  (purpose) => ({ ...purpose, verification: purpose.verification && { ...purpose.verification, parts: [], evidence: 'none' } }),
  (purpose) => ({ ...purpose, retention: 'P6M' }),
  (purpose) => ({ ...purpose, expiresAfter: 'P2Y' }),
  (purpose) => ({ ...purpose, expiresAfter: 'P1M' }),
  (purpose) => ({ ...purpose, recipients: [] }),
  (purpose) => ({ ...purpose, storage: purpose.storage && { ...purpose.storage, transfers: [] } }),
  (purpose) => ({ ...purpose, terms: { ...purpose.terms, mode: 'view', fetch: 'session', maxUses: 1 } }),
  (purpose) => ({ ...purpose, terms: { ...purpose.terms, dataRange: { from: '2024-01-01', to: '2025-01-01' } } }),
  (purpose) => ({ ...purpose, code: 'https://w3id.org/dpv#ServiceProvision', dpiaRef: 'DPIA 7', isDefault: !purpose.isDefault }),
  (purpose) => ({ ...purpose, legalBasis: { ...purpose.legalBasis, lawRef: 'Data Law, art. 6' } }),
];

/** What asks more, or for something else. */
const worsenings: readonly Change[] = [
  (purpose) => ({ ...purpose, text: { ...purpose.text, en: `${purpose.text.en} and more` } }),
  (purpose) => ({ ...purpose, verification: { attributes: ['given_name'], parts: [], evidence: 'details', why } }),
  (purpose) => ({ ...purpose, retention: 'P9Y' }),
  (purpose) => ({ ...purpose, recipients: [...purpose.recipients, { name: { ar: 'البنك', en: 'The bank' }, role: 'third_party' }] }),
  (purpose) => ({ ...purpose, storage: null }),
  (purpose) => ({
    ...purpose,
    storage: purpose.storage && { ...purpose.storage, location: { ar: 'برلين', en: 'Berlin' }, jurisdiction: 'DE' },
  }),
  (purpose) => ({ ...purpose, terms: { ...purpose.terms, maxUses: null } }),
  (purpose) => ({ ...purpose, terms: { ...purpose.terms, dataRange: null } }),
  (purpose) => ({ ...purpose, legalBasis: { type: 'public_task', lawRef: 'Labour Law, art. 18' } }),
];

const times = fc.integer({ min: 0, max: 364 });
const requests = fc.record({
  scopes: fc.subarray(['profile', 'email', 'phone', 'address']),
  claims: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 5 }),
});

type Agreed = { readonly scene: ConsentScene; readonly consent: StoredConsent; readonly request: Asked };

/** The person agrees to what a request asks, with these choices. */
async function agree(purpose: Purpose, asked: { scopes: readonly string[]; claims: readonly string[] }, isChosen = true): Promise<Agreed> {
  const scene = createConsentScene(purpose);
  const request = toAsked(purpose, asked);
  const chosen = request.attributes.filter(({ necessity }) => isChosen && necessity === 'optional').map(({ name }) => name);
  const outcome = await agreeTo(scene.needs, scene.context, { asked: request, chosen, language: 'ar', shownVersion: null });
  if (!outcome.ok) {
    throw new Error(outcome.code);
  }
  return { scene, consent: { ...outcome.value.consent, uses: 0, lastUsedAt: null }, request };
}

type Ask = {
  readonly purpose: Purpose;
  readonly agreed?: Purpose;
  readonly asked: { scopes: readonly string[]; claims: readonly string[] };
};

function reasonOf({ consent, scene }: Agreed, { purpose, agreed = purpose, asked }: Ask): AskReason | undefined {
  const now = scene.clock.now();
  return toAskReason(consent, { purpose, agreed, kind: 'citizen', request: toAsked(purpose, asked), service }, now);
}

function releasedOf({ consent, scene }: Agreed, { purpose, agreed = purpose, asked }: Ask): readonly string[] {
  return toReleasable(consent, { purpose, agreed, kind: 'citizen', request: toAsked(purpose, asked), service }, scene.clock.now());
}

const toNames = (asked: readonly AskedAttribute[]): readonly string[] => asked.map(({ name }) => name);

describe('a page', () => {
  test('is not shown for a request that was answered, whatever was chosen and however long ago, until the consent ends', async () => {
    await fc.assert(
      fc.asyncProperty(purposes, requests, fc.tuple(fc.boolean(), times), async (purpose, asked, [isChosen, days]) => {
        const agreed = await agree(purpose, asked, isChosen);
        agreed.scene.clock.advance(days * day);
        expect(reasonOf(agreed, { purpose, asked })).toBeUndefined();
        agreed.scene.clock.advance((366 - days) * day);
        expect(reasonOf(agreed, { purpose, asked })).toBe('expired');
      }),
    );
  });

  test('is not shown for fewer details, or for a version of the purpose that asks no more; what both versions name is released', async () => {
    await fc.assert(
      fc.asyncProperty(purposes, requests, fc.subarray([...narrowings.keys()], { minLength: 1 }), async (purpose, asked, chosen) => {
        const agreed = await agree(purpose, asked);
        const narrower = chosen.reduce((after, index) => (narrowings[index] ?? ((same: Purpose) => same))(after), {
          ...purpose,
          version: 2,
        });
        expect(reasonOf(agreed, { purpose: narrower, agreed: purpose, asked })).toBeUndefined();
        const still = toNames(toAsked(narrower, asked).attributes).toSorted();
        expect(releasedOf(agreed, { purpose: narrower, agreed: purpose, asked }).toSorted()).toEqual(still);
      }),
    );
  });

  test('is shown for every version that asks more, or for something else, and until then nothing is released', async () => {
    await fc.assert(
      fc.asyncProperty(
        purposes,
        requests,
        fc.tuple(fc.subarray([...narrowings.keys()]), fc.constantFrom(...worsenings)),
        async (purpose, asked, [chosen, worsen]) => {
          const agreed = await agree(purpose, asked);
          const narrower = chosen.reduce((after, index) => (narrowings[index] ?? ((same: Purpose) => same))(after), {
            ...purpose,
            version: 2,
          });
          const worse = worsen(narrower);
          expect(reasonOf(agreed, { purpose: worse, agreed: purpose, asked })).toBe('purpose-changed');
          expect(releasedOf(agreed, { purpose: worse, agreed: purpose, asked })).toEqual([]);
        },
      ),
    );
  });

  test('is shown for a new needed detail, one that was declined and is needed now, another reason or a fuller form of one that was granted', async () => {
    const asked = { scopes: [], claims: [] };
    const agreed = await agree(samplePurpose, asked, false);
    const reason = (changed: readonly AskedAttribute[]): AskReason | undefined =>
      reasonOf(agreed, { purpose: { ...samplePurpose, version: 2, attributes: changed }, agreed: samplePurpose, asked });
    const [given, ...others] = samplePurpose.attributes;
    if (given === undefined) {
      throw new Error('the sample purpose asks for nothing');
    }
    expect(reason([given, ...others, { name: 'gender', necessity: 'required', why }])).toBe('more-asked');
    expect(reason(samplePurpose.attributes.map((each) => ({ ...each, necessity: 'required' as const })))).toBe('more-asked');
    expect(reason([{ ...given, why }, ...others])).toBe('purpose-changed');
    const masked = {
      ...samplePurpose,
      attributes: [{ name: 'national_id', necessity: 'required' as const, why, form: 'masked' as const }],
    };
    const raw = { ...masked, version: 2, attributes: [{ name: 'national_id', necessity: 'required' as const, why, form: 'raw' as const }] };
    const before = await agree(masked, asked);
    expect(reasonOf(before, { purpose: raw, agreed: masked, asked })).toBe('purpose-changed');
    expect(releasedOf(before, { purpose: raw, agreed: masked, asked })).toEqual([]);
    const full = await agree({ ...raw, version: 1 }, asked);
    expect(reasonOf(full, { purpose: { ...masked, version: 2 }, agreed: { ...raw, version: 1 }, asked })).toBeUndefined();
  });

  test('is shown when the person is of another kind, when the sign-in was too weak for what is needed now, and when the terms agreed to are not known', async () => {
    const asked = { scopes: [], claims: [] };
    const { consent, request, scene } = await agree(samplePurpose, asked);
    const now = scene.clock.now();
    const about = { purpose: samplePurpose, agreed: samplePurpose, kind: 'citizen' as const, request, service };
    expect(toAskReason(consent, { ...about, kind: 'resident' }, now)).toBe('kind-changed');
    expect(toReleasable(consent, { ...about, kind: 'resident' }, now)).toEqual([]);
    const high = { ...about, service: { ...service, minimumLevel: 'high' as const } };
    expect([toAskReason(consent, high, now), toReleasable(consent, high, now)]).toEqual(['level-too-low', []]);
    const strong = { ...consent, level: 'high' as const };
    expect(toAskReason(strong, high, now)).toBeUndefined();
    expect(toReleasable(strong, high, now)).toEqual(toNames(request.attributes));
    const others = { ...about, service: { ...service, audience: ['resident' as const] } };
    expect([toAskReason(consent, others, now), toReleasable(consent, others, now)]).toEqual(['not-served', []]);
    expect(toAskReason(consent, { ...about, purpose: { ...samplePurpose, version: 2 }, agreed: undefined }, now)).toBe('purpose-changed');
  });
});

describe('a purpose on which the law decides', () => {
  const asked = { scopes: [], claims: [] };
  const task = { type: 'public_task', lawRef: 'Labour Law, art. 18' } as const;
  const law: Purpose = { ...samplePurpose, basisByKind: { citizen: task } };

  test('asks no choice of whom it is told to: none is in the record, none brings a page, and none can be made by a form', async () => {
    const { consent, request, scene } = await agree(law, asked, false);
    expect(consent.attributes.map(({ name, decision }) => `${name} ${decision}`)).toEqual(['given_name notified', 'birthdate notified']);
    expect(reasonOf({ scene, consent, request }, { purpose: law, asked })).toBeUndefined();
    const choice = { asked: request, chosen: ['email'], language: 'ar' as const, shownVersion: 1 };
    expect(await agreeTo(scene.needs, scene.context, choice)).toMatchObject({ ok: false, code: 'consent/attribute-not-offered' });
  });

  test('is a choice for people of other kinds', () => {
    const whole = toAsked(law, asked);
    expect([toAskedOf(whole, law, 'resident'), toNames(toAskedOf(whole, law, 'citizen').attributes)]).toEqual([
      whole,
      ['given_name', 'birthdate'],
    ]);
  });
});

describe('a consent for one use', () => {
  test('is used up by one release, asked for again at the next visit, and given anew', async () => {
    const once: Purpose = { ...samplePurpose, terms: { ...samplePurpose.terms, fetch: 'once' } };
    const asked = { scopes: [], claims: [] };
    const agreed = await agree(once, asked);
    const used = { ...agreed, consent: { ...agreed.consent, uses: 1 } };
    expect([reasonOf(agreed, { purpose: once, asked }), reasonOf(used, { purpose: once, asked })]).toEqual([undefined, 'used-up']);
    const looser = { ...samplePurpose, version: 2 };
    expect(reasonOf(used, { purpose: looser, agreed: once, asked })).toBe('purpose-changed');
    const stricter = { ...samplePurpose, version: 2, terms: { ...samplePurpose.terms, maxUses: 1 } };
    expect(reasonOf(used, { purpose: stricter, agreed: samplePurpose, asked })).toBe('used-up');
    expect(toUseLimits({ purpose: stricter, agreed: samplePurpose })).toEqual({ mostUses: 1, frequency: null });
  });
});

describe('CO-03 a choice that was declined', () => {
  const asked = { scopes: [], claims: [] };

  test('never brings a page, and is offered again beside another reason after 90 days and not before', async () => {
    const { consent, request, scene } = await agree(samplePurpose, asked, false);
    const offeredAt = (days: number): readonly string[] => toNames(toOffered(request, consent, scene.clock.now() + days * day).attributes);
    expect(offeredAt(89)).toEqual(['given_name', 'birthdate']);
    expect(offeredAt(90)).toEqual(['given_name', 'birthdate', 'email', 'phone_number']);
    expect(offeredAt(400)).toEqual(['given_name', 'birthdate', 'email', 'phone_number']);
    expect(toNames(toOffered(request, { ...consent, state: 'withdrawn' }, scene.clock.now()).attributes)).toHaveLength(4);
    expect(toNames(toOffered(request, { ...consent, state: 'refused' }, scene.clock.now()).attributes)).toHaveLength(4);
  });

  test('stays declined, and as long ago as it was, through a page that did not show it', async () => {
    const { consent, scene } = await agree(samplePurpose, asked, false);
    const changed: Purpose = { ...samplePurpose, version: 2, text: { ar: 'غرض آخر', en: 'Another purpose' } };
    scene.clock.advance(30 * day);
    const offered = toOffered(toAsked(changed, asked), consent, scene.clock.now());
    const answer = { asked: offered, chosen: [], language: 'ar' as const, shownVersion: 1, agreed: samplePurpose };
    const renewed = await agreeTo(scene.needs, scene.under(changed), answer);
    if (!renewed.ok) {
      throw new Error(renewed.code);
    }
    const after = { ...renewed.value.consent, uses: 0, lastUsedAt: null };
    expect(after.attributes.find(({ name }) => name === 'email')).toEqual(consent.attributes.find(({ name }) => name === 'email'));
    expect(reasonOf({ scene, consent: after, request: offered }, { purpose: changed, asked })).toBeUndefined();
    expect(after.expiresAt).toBeGreaterThan(consent.expiresAt);
  });

  test('and what was granted under a version that asks no more are kept by a page about something else', async () => {
    const { consent, scene } = await agree(samplePurpose, { scopes: ['email'], claims: ['given_name', 'birthdate'] });
    const narrower: Purpose = { ...samplePurpose, version: 2, retention: 'P1M' };
    const more = toAsked(narrower, { scopes: ['phone'], claims: [] });
    const answer = { asked: more, chosen: [], language: 'ar' as const, shownVersion: 1, agreed: samplePurpose };
    const after = await agreeTo(scene.needs, scene.under(narrower), answer);
    expect(after.ok && after.value.consent).toMatchObject({ purposeVersion: 2, expiresAt: consent.expiresAt, change: 'renewed' });
    expect(after.ok && after.value.consent.attributes.map(({ name, decision }) => `${name} ${decision}`)).toEqual([
      'phone_number declined',
      'given_name granted',
      'birthdate granted',
      'email granted',
    ]);
  });
});
