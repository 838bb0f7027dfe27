// Decisions of one person about one service, in any order, at any time, on any version of the purpose: for rules that hold whatever was decided before.

import fc from 'fast-check';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { toAsked, toAskedOf } from '../../src/domain/consent/asked.ts';
import type { Consent } from '../../src/domain/consent/consent.ts';
import type { DecisionContext } from '../../src/domain/consent/decide.ts';
import { deferConsent } from '../../src/domain/consent/defer-consent.ts';
import { invalidateConsent } from '../../src/domain/consent/invalidate-consent.ts';
import { narrowConsent } from '../../src/domain/consent/narrow-consent.ts';
import { toNotice } from '../../src/domain/consent/notice.ts';
import { pauseConsent } from '../../src/domain/consent/pause-consent.ts';
import { refuseConsent } from '../../src/domain/consent/refuse-consent.ts';
import { resumeConsent } from '../../src/domain/consent/resume-consent.ts';
import { revokeConsent } from '../../src/domain/consent/revoke-consent.ts';
import { withdrawConsent } from '../../src/domain/consent/withdraw-consent.ts';
import { personKinds } from '../../src/domain/people/person.ts';
import { agreeTo, samplePurpose } from './consent-samples.ts';
import type { ConsentScene } from './consent-samples.ts';

const dayMillis = 86_400_000;
const why = { ar: 'لإتمام الطلب', en: 'To complete the request' };

export const firstPurpose: Purpose = { ...samplePurpose, text: { ar: 'تصريح', en: 'A permit' } };
/** Told of and not asked, where the person is no visitor. */
const byLaw: Purpose = {
  ...firstPurpose,
  version: 2,
  text: { ar: 'تصريح بحكم القانون', en: 'A permit by law' },
  legalBasis: { type: 'public_task', lawRef: 'Labour Law, art. 18' },
  basisByKind: { visitor: { type: 'consent', lawRef: null } },
};
/** Kept longer, used a few times, and with something sensitive that a button is not enough for. */
export const laterPurpose: Purpose = {
  ...firstPurpose,
  version: 3,
  text: { ar: 'تصريح دائم', en: 'A lasting permit' },
  retention: 'P5Y',
  terms: { ...firstPurpose.terms, maxUses: 2 },
  attributes: [...firstPurpose.attributes, { name: 'national_id', necessity: 'optional', why }],
};
/** Asks less than the first, and for longer than a year. */
const lesser: Purpose = {
  ...firstPurpose,
  version: 4,
  text: { ar: 'تصريح مختصر', en: 'A short permit' },
  expiresAfter: 'P2Y',
  attributes: firstPurpose.attributes.slice(1),
};
export const stepPurposes: readonly Purpose[] = [firstPurpose, byLaw, laterPurpose, lesser];

const stepKinds = ['grant', 'refuse', 'defer', 'narrow', 'pause', 'resume', 'withdraw', 'revoke', 'invalidate'] as const;

export const steps = fc.record({
  // Something has to stand before most of the others can happen.
  kind: fc.oneof(fc.constant('grant' as const), fc.constantFrom(...stepKinds)),
  days: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 250 })),
  purpose: fc.constantFrom(...stepPurposes),
  chosen: fc.subarray(['email', 'phone_number', 'national_id']),
  scopes: fc.subarray(['profile', 'email', 'phone']),
  language: fc.constantFrom('ar' as const, 'en' as const),
  personKind: fc.oneof(fc.constant('citizen' as const), fc.constantFrom(...personKinds)),
});
export type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** What seldom follows by itself: a pause is resumed, or said something beside, before the record runs out. */
const pauses = fc
  .tuple(steps, steps, fc.constantFrom('resume' as const, 'refuse' as const, 'narrow' as const, 'grant' as const))
  .map(([paused, then, kind]): readonly Step[] => [
    { ...paused, kind: 'pause', days: paused.days % 20 },
    { ...then, kind, days: then.days % 20 },
  ]);

export const sequences = fc
  .array(fc.oneof({ arbitrary: steps.map((one): readonly Step[] => [one]), weight: 3 }, { arbitrary: pauses, weight: 1 }), {
    maxLength: 10,
  })
  .map((parts) => parts.flat());

const plain: Step = {
  kind: 'grant',
  days: 0,
  purpose: firstPurpose,
  chosen: ['email'],
  scopes: ['profile', 'email'],
  language: 'ar',
  personKind: 'citizen',
};

/** What drawn sequences meet too seldom to count on: a pause that is resumed. */
export const resumedPause: readonly Step[] = [plain, { ...plain, kind: 'pause' }, { ...plain, kind: 'resume' }];

const act = { reason: 'ordered', reference: 'Case 12/1448', actor: { kind: 'operator', ref: null } } as const;

function getStepPurpose(version: number): Purpose {
  const found = stepPurposes.find((purpose) => purpose.version === version);
  if (found === undefined) {
    throw new TypeError(`no version ${version}`);
  }
  return found;
}

function toContext(scene: ConsentScene, { language, personKind, purpose }: Step): DecisionContext {
  const context = scene.under(purpose);
  const notice = toNotice(purpose, language, `${purpose.text[language]}, version ${purpose.version}`);
  return { ...context, person: { ...context.person, kind: personKind }, notice };
}

/** What the person does with a record they have: on the terms it is bound to, and without a page that tells anything. */
async function changeRecord(scene: ConsentScene, { chosen, kind, ...step }: Step, current: Consent): Promise<unknown> {
  const { needs } = scene;
  const context = { ...toContext(scene, { ...step, chosen, kind, purpose: getStepPurpose(current.purposeVersion) }), notice: null };
  const run = {
    narrow: () => narrowConsent(needs, context, { current, removed: chosen }),
    pause: () => pauseConsent(needs, context, current),
    resume: () => resumeConsent(needs, context, current),
    withdraw: () => withdrawConsent(needs, context, current),
    revoke: () => revokeConsent(needs, { ...context, expression: null }, { current, act }),
    invalidate: () => invalidateConsent(needs, { ...context, expression: null }, { current, act }),
  };
  return kind === 'grant' || kind === 'refuse' || kind === 'defer' ? undefined : run[kind]();
}

/** One decision, as the pages make it: what cannot follow is refused and leaves nothing. */
export async function decide(scene: ConsentScene, step: Step): Promise<void> {
  const { needs } = scene;
  const { chosen, kind, language, purpose, scopes } = step;
  const context = toContext(scene, step);
  const asked = toAskedOf(toAsked(purpose, { scopes, claims: [] }), purpose, step.personKind);
  const current = await needs.consents.findConsentFor(context.person.id, purpose.clientId, purpose.id);
  const agreed = current && getStepPurpose(current.purposeVersion);
  const offered = asked.attributes.filter(({ necessity }) => necessity === 'optional').map(({ name }) => name);
  const ticked = chosen.filter((name) => offered.includes(name));
  if (kind === 'grant') {
    await agreeTo(needs, context, { asked, chosen: ticked, language, shownVersion: current?.version ?? null, agreed });
  } else if (kind === 'refuse') {
    await refuseConsent(needs, context, { request: asked, language, agreed });
  } else if (kind === 'defer') {
    await deferConsent(needs, context, { request: asked, language, agreed });
  } else if (current !== undefined) {
    await changeRecord(scene, step, current);
  }
}

/** All of them, one after the other, with the days between. */
export async function decideAll(scene: ConsentScene, sequence: readonly Step[]): Promise<void> {
  for (const step of sequence) {
    scene.clock.advance(step.days * dayMillis);
    await decide(scene, step);
  }
}
