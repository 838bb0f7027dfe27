// What a decision on a page sets going at the service, whatever the record was before and whatever the decision is called.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Purpose } from '../../../src/domain/agencies/agency.ts';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import { isStanding, toGranted } from '../../../src/domain/consent/consent.ts';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import type { DecisionContext } from '../../../src/domain/consent/decide.ts';
import { pauseConsent } from '../../../src/domain/consent/pause-consent.ts';
import { refuseConsent } from '../../../src/domain/consent/refuse-consent.ts';
import { withdrawConsent } from '../../../src/domain/consent/withdraw-consent.ts';
import { agreeTo, createConsentScene, samplePurpose } from '../../support/consent-samples.ts';
import type { ConsentScene } from '../../support/consent-samples.ts';

const law: Purpose = { ...samplePurpose, version: 2, legalBasis: { type: 'public_task', lawRef: 'Labour Law, art. 18' } };
const once: Purpose = { ...samplePurpose, terms: { ...samplePurpose.terms, fetch: 'once' } };
const optional = ['email', 'phone_number'];
const receiver = { security_events_uri: 'https://mol.example/events' };

type Scene = ConsentScene & { readonly terms: (purpose: Purpose) => DecisionContext };

/** With a service that takes what it is told, and a record that was used once. */
function createScene(): Scene {
  const scene = createConsentScene();
  const find = scene.needs.consents.findConsentFor;
  const consents = {
    ...scene.needs.consents,
    findConsentFor: async (...asked: Parameters<typeof find>) => {
      const found = await find(...asked);
      return found && { ...found, uses: 1 };
    },
  };
  const terms = (purpose: Purpose): DecisionContext => {
    const context = scene.under(purpose);
    const service = { ...context.registered.service, metadata: { ...context.registered.service.metadata, ...receiver } };
    return { ...context, registered: { ...context.registered, service } };
  };
  return { ...scene, needs: { ...scene.needs, consents }, terms };
}

type Answer = { readonly purpose?: Purpose; readonly chosen: readonly string[]; readonly current?: Consent };

async function agree(scene: Scene, { purpose = samplePurpose, chosen, current }: Answer): Promise<Consent> {
  const asked = toAsked(purpose, { scopes: [], claims: [] });
  const ticked = purpose.legalBasis.type === 'consent' ? chosen : [];
  const choice = { asked, chosen: ticked, language: 'ar' as const, shownVersion: current?.version ?? null, agreed: samplePurpose };
  const outcome = await agreeTo(scene.needs, scene.terms(purpose), choice);
  if (!outcome.ok) {
    throw new Error(outcome.code);
  }
  return outcome.value.consent;
}

async function pause(scene: Scene, consent: Consent): Promise<Consent> {
  const paused = await pauseConsent(scene.needs, scene.terms(samplePurpose), consent);
  return paused.ok ? paused.value.consent : consent;
}

async function runOut(scene: Scene, consent: Consent): Promise<Consent> {
  scene.clock.advance(consent.expiresAt - scene.clock.now());
  return consent;
}

async function withdraw(scene: Scene, consent: Consent): Promise<Consent> {
  const withdrawn = await withdrawConsent(scene.needs, scene.terms(samplePurpose), consent);
  return withdrawn.ok ? withdrawn.value.consent : consent;
}

const keep = async (_scene: Scene, consent: Consent): Promise<Consent> => consent;
const pauseAndRunOut = async (scene: Scene, consent: Consent): Promise<Consent> => runOut(scene, await pause(scene, consent));

const eventSchema = z.object({
  events: z.record(z.string(), z.object({ attributes: z.array(z.string()), standing: z.array(z.string()), duty: z.string().optional() })),
});

/** What the last decision set going: each message as its event, and what is owed. */
function findLast({ needs }: Scene) {
  const last = needs.consents.saved.at(-1);
  const told = (last?.outbox ?? []).flatMap(({ body }) =>
    Object.entries(eventSchema.parse(JSON.parse(body)).events).map(([uri, { attributes, standing }]) => ({
      event: uri.replace('urn:huwiya:event:', ''),
      attributes,
      standing,
    })),
  );
  return { told, owed: (last?.duties ?? []).map(({ kind, attributes }) => ({ kind, attributes })) };
}

describe('a decision on a page', () => {
  it('opens a duty for exactly what the service had and has no more, and tells it so, whatever became of the record before', async () => {
    const subsets = fc.subarray(optional);
    await fc.assert(
      fc.asyncProperty(
        subsets,
        fc.constantFrom(keep, pause, runOut, pauseAndRunOut, withdraw),
        fc.tuple(fc.constantFrom(samplePurpose, once, law), subsets),
        async (before, happen, [purpose, after]) => {
          const scene = createScene();
          const had = await happen(scene, await agree(scene, { chosen: before }));
          const has = await agree(scene, { purpose, chosen: after, current: had });
          const taken = isStanding(had) ? toGranted(had).filter((name) => !toGranted(has).includes(name)) : [];
          const { told, owed } = findLast(scene);
          expect(owed).toEqual(taken.length === 0 ? [] : [{ kind: 'narrowed', attributes: taken }]);
          const narrowed = told.filter(({ event }) => event === 'consent-narrowed');
          expect(narrowed).toEqual(owed.map(({ attributes }) => ({ event: 'consent-narrowed', attributes, standing: toGranted(has) })));
          expect(told.some(({ event }) => event === 'consent-resumed')).toBe(had.state === 'paused');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('that lets a paused record stand again says what stands again', async () => {
    const scene = createScene();
    const paused = await pause(scene, await agree(scene, { chosen: ['email'] }));
    await agree(scene, { chosen: ['phone_number'], current: paused });
    const standing = ['given_name', 'birthdate', 'phone_number'];
    expect(findLast(scene)).toEqual({
      told: [
        { event: 'consent-narrowed', attributes: ['email'], standing },
        { event: 'consent-resumed', attributes: ['given_name', 'birthdate'], standing },
      ],
      owed: [{ kind: 'narrowed', attributes: ['email'] }],
    });
  });

  it('to refuse what ran out, or what stands, sets nothing going', async () => {
    for (const happen of [keep, runOut]) {
      const scene = createScene();
      await happen(scene, await agree(scene, { chosen: optional }));
      const request = toAsked(samplePurpose, { scopes: [], claims: [] });
      const refused = await refuseConsent(scene.needs, scene.terms(samplePurpose), { request, language: 'ar', agreed: samplePurpose });
      expect([refused.ok, findLast(scene)]).toEqual([true, { told: [], owed: [] }]);
    }
  });
});
