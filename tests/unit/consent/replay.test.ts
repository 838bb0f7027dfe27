// What the log says of a record is enough to compute every version of it: over any order of decisions, times and interleavings.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import { deferConsent } from '../../../src/domain/consent/defer-consent.ts';
import { grantConsent } from '../../../src/domain/consent/grant-consent.ts';
import { invalidateConsent } from '../../../src/domain/consent/invalidate-consent.ts';
import { narrowConsent } from '../../../src/domain/consent/narrow-consent.ts';
import { pauseConsent } from '../../../src/domain/consent/pause-consent.ts';
import { refuseConsent } from '../../../src/domain/consent/refuse-consent.ts';
import { replay } from '../../../src/domain/consent/replay.ts';
import { resumeConsent } from '../../../src/domain/consent/resume-consent.ts';
import { revokeConsent } from '../../../src/domain/consent/revoke-consent.ts';
import { withdrawConsent } from '../../../src/domain/consent/withdraw-consent.ts';
import type { Decision } from '../../../src/domain/consent/store.ts';
import type { Purpose } from '../../../src/domain/agencies/agency.ts';
import { createConsentScene, samplePurpose } from '../../support/consent-samples.ts';
import type { ConsentScene } from '../../support/consent-samples.ts';

const dayMillis = 86_400_000;

const byLaw: Purpose = { ...samplePurpose, version: 2, legalBasis: { type: 'public_task', lawRef: 'Labour Law, art. 18' } };
const later: Purpose = { ...samplePurpose, version: 3, retention: 'P5Y' };
const purposes: readonly Purpose[] = [samplePurpose, byLaw, later];

const stepKinds = ['grant', 'refuse', 'defer', 'narrow', 'pause', 'resume', 'withdraw', 'revoke', 'invalidate'] as const;

const steps = fc.record({
  kind: fc.constantFrom(...stepKinds),
  days: fc.integer({ min: 0, max: 250 }),
  purpose: fc.constantFrom(...purposes),
  chosen: fc.subarray(['email', 'phone_number']),
  scopes: fc.subarray(['profile', 'email', 'phone']),
  language: fc.constantFrom('ar' as const, 'en' as const),
});
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

const act = { reason: 'ordered', reference: 'Case 12/1448', actor: { kind: 'operator', ref: null } } as const;

async function decide(scene: ConsentScene, { chosen, kind, language, purpose, scopes }: Step): Promise<void> {
  const { needs } = scene;
  const context = scene.under(purpose);
  const asked = toAsked(purpose, { scopes, claims: [] });
  const current = await needs.consents.findConsentFor(context.person.id, purpose.clientId, purpose.id);
  const offered = asked.attributes.filter(({ necessity }) => necessity === 'optional').map(({ name }) => name);
  const change = async (run: (record: Consent) => Promise<unknown>): Promise<unknown> => (current === undefined ? undefined : run(current));
  const run = {
    grant: () =>
      grantConsent(needs, context, {
        asked,
        chosen: chosen.filter((name) => offered.includes(name)),
        language,
        shownVersion: current?.version ?? null,
      }),
    refuse: () => refuseConsent(needs, context, { request: asked, language }),
    defer: () => deferConsent(needs, context, { request: asked, language }),
    narrow: () => change((record) => narrowConsent(needs, context, { current: record, removed: chosen })),
    pause: () => change((record) => pauseConsent(needs, context, record)),
    resume: () => change((record) => resumeConsent(needs, context, record)),
    withdraw: () => change((record) => withdrawConsent(needs, context, record)),
    revoke: () => change((record) => revokeConsent(needs, context, { current: record, act })),
    invalidate: () => change((record) => invalidateConsent(needs, context, { current: record, act })),
  };
  await run[kind]();
}

/** What is stored, version by version, without what no body says; two first decisions at once may make two records. */
function toStored({ needs }: ConsentScene): readonly unknown[] {
  return groupByRecord(needs.consents.saved).map((decisions) => decisions.map(({ consent }) => withoutPerson(consent)));
}

function withoutPerson(consent: Consent): unknown {
  const { personId: _personId, uses: _uses, lastUsedAt: _lastUsedAt, ...version } = { uses: 0, lastUsedAt: null, ...consent };
  return version;
}

function groupByRecord(saved: readonly Decision[]): readonly (readonly Decision[])[] {
  return [...Map.groupBy(saved, ({ consent }) => consent.id).values()];
}

function toReplayed({ needs }: ConsentScene): readonly unknown[] {
  return groupByRecord(needs.consents.saved).map((decisions) => {
    const replayed = replay(decisions.flatMap(({ events }) => events.map(({ body }) => body)));
    return replayed.ok ? replayed.value : replayed;
  });
}

describe('a record computed from its entries', () => {
  test('is the stored one, version by version, whatever was decided in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (sequence) => {
        const scene = createConsentScene();
        for (const step of sequence) {
          scene.clock.advance(step.days * dayMillis);
          await decide(scene, step);
        }
        expect(toReplayed(scene)).toEqual(toStored(scene));
      }),
      { numRuns: 150 },
    );
  });

  test('is the stored one where decisions overtake each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(steps, { minLength: 2, maxLength: 8 }), async (scheduler, sequence) => {
        const scene = createConsentScene(samplePurpose, () => scheduler.schedule(Promise.resolve()));
        const all = Promise.all(sequence.map(async (step) => decide(scene, step)));
        await scheduler.waitFor(all);
        expect(toReplayed(scene)).toEqual(toStored(scene));
      }),
      { numRuns: 100 },
    );
  });

  test('is refused where an entry is missing, twice there, or tells of a change that cannot follow', async () => {
    const scene = createConsentScene();
    const step: Step = { kind: 'grant', days: 0, purpose: samplePurpose, chosen: ['email'], scopes: [], language: 'ar' };
    await decide(scene, step);
    await decide(scene, { ...step, kind: 'pause' });
    await decide(scene, { ...step, kind: 'resume' });
    const [given = '', paused = '', resumed = ''] = scene.needs.consents.saved.flatMap(({ events }) => events.map(({ body }) => body));
    expect(replay([given, paused, resumed])).toMatchObject({ ok: true });
    const damaged = [
      [given, resumed],
      [paused],
      [given, given],
      [given, 'no json'],
      [given, '{}'],
      [given, resumed.replace('"version":3', '"version":2')],
    ];
    for (const bodies of damaged) {
      expect(replay(bodies)).toMatchObject({ ok: false, code: 'ledger/broken' });
    }
  });
});
