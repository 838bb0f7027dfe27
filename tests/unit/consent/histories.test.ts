// After any history of decisions, pauses, narrowings, ends and waiting: what may leave, and whether a page is due. Held against what the person did, step by
// step, and not against what the record says of itself.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Purpose } from '../../../src/domain/agencies/agency.ts';
import { toAsked, toAskedOf } from '../../../src/domain/consent/asked.ts';
import type { StoredConsent } from '../../../src/domain/consent/consent.ts';
import { toAskReason } from '../../../src/domain/consent/needs-asking.ts';
import type { AskedOf } from '../../../src/domain/consent/needs-asking.ts';
import { toReleasable } from '../../../src/domain/consent/release.ts';
import { addDuration } from '../../../src/domain/kernel/clock.ts';
import { personKinds } from '../../../src/domain/people/person.ts';
import { createConsentScene } from '../../support/consent-samples.ts';
import type { ConsentScene } from '../../support/consent-samples.ts';
import { decide, sequences, stepPurposes, steps } from '../../support/decision-steps.ts';
import type { Step } from '../../support/decision-steps.ts';

const dayMillis = 86_400_000;

/** What the person did, as far as it bounds what may leave. */
type Lived = {
  readonly standing: 'none' | 'standing' | 'paused';
  /** Said yes to, or were told of, and not taken back since. */
  readonly said: ReadonlySet<string>;
  readonly purpose: Purpose | undefined;
  readonly kind: string;
  readonly until: number;
};

const nothing: Lived = { standing: 'none', said: new Set(), purpose: undefined, kind: '', until: 0 };

function toGrantedLife(before: Lived, { chosen, personKind, purpose, scopes }: Step, now: number): Lived {
  const { attributes } = toAskedOf(toAsked(purpose, { scopes, claims: [] }), purpose, personKind);
  const said = new Set(before.standing === 'none' || before.until <= now ? [] : before.said);
  attributes.forEach(({ name, necessity }) => (necessity === 'required' || chosen.includes(name) ? said.add(name) : said.delete(name)));
  return { standing: 'standing', said, purpose, kind: personKind, until: addDuration(now, purpose.expiresAfter) };
}

type Turn = (before: Lived, step: Step, now: number) => Lived;

const end: Turn = () => nothing;
/** Beside what stands a refusal or a "later" changes nothing; alone it begins no right to anything. */
const turnDown: Turn = (before, _step, now) => (before.until <= now ? nothing : before);

/** The life after a step that was taken; one that was refused changes nothing. */
const turns: Readonly<Record<Step['kind'], Turn>> = {
  grant: toGrantedLife,
  narrow: (before, { chosen }) => ({ ...before, said: new Set([...before.said].filter((name) => !chosen.includes(name))) }),
  pause: (before) => ({ ...before, standing: 'paused' }),
  resume: (before) => ({ ...before, standing: 'standing' }),
  withdraw: end,
  revoke: end,
  invalidate: end,
  refuse: turnDown,
  defer: turnDown,
};

async function live(scene: ConsentScene, sequence: readonly Step[]): Promise<Lived> {
  let lived = nothing;
  for (const step of sequence) {
    scene.clock.advance(step.days * dayMillis);
    const before = scene.needs.consents.saved.length;
    await decide(scene, step);
    lived = scene.needs.consents.saved.length > before ? turns[step.kind](lived, step, scene.clock.now()) : lived;
  }
  return lived;
}

const visits = fc.record({
  purpose: fc.constantFrom(...stepPurposes),
  scopes: fc.subarray(['profile', 'email', 'phone']),
  claims: fc.subarray(['given_name', 'email', 'national_id', 'picture']),
  kind: fc.oneof(fc.constant('citizen' as const), fc.constantFrom(...personKinds)),
  days: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
  uses: fc.integer({ min: 0, max: 3 }),
});
type Visit = typeof visits extends fc.Arbitrary<infer T> ? T : never;

const service: AskedOf['service'] = { audience: [...personKinds], minimumLevel: 'substantial' };

async function findRecord({ context, needs }: ConsentScene, uses = 0): Promise<StoredConsent | undefined> {
  const { person, purpose } = context;
  const found = await needs.consents.findConsentFor(person.id, purpose.clientId, purpose.id);
  return found && { ...found, uses };
}

function toNowAsked(
  consent: StoredConsent | undefined,
  { claims, kind, purpose, scopes }: Pick<Visit, 'claims' | 'kind' | 'purpose' | 'scopes'>,
): AskedOf {
  const agreed = stepPurposes.find(({ version }) => version === consent?.purposeVersion);
  return { purpose, agreed, kind, service, request: toAsked(purpose, { scopes, claims }) };
}

describe('after any history', () => {
  test('nothing leaves that was not asked, approved and said yes to; nothing at all while paused, ended, run out or for another kind of person', async () => {
    const seen = { released: 0, paused: 0, ended: 0, expired: 0, otherKind: 0 };
    await fc.assert(
      fc.asyncProperty(sequences, visits, async (sequence, visit) => {
        const scene = createConsentScene();
        const lived = await live(scene, sequence);
        scene.clock.advance(visit.days * dayMillis);
        const now = scene.clock.now();
        const consent = await findRecord(scene);
        const asked = toNowAsked(consent, visit);
        const released = consent === undefined ? [] : toReleasable(consent, asked, now);
        const reason = toAskReason(consent, asked, now);
        const closed = {
          ended: lived.standing === 'none',
          paused: lived.standing === 'paused',
          expired: lived.standing !== 'none' && lived.until <= now,
          otherKind: lived.standing !== 'none' && lived.kind !== visit.kind,
        };
        const isClosed = Object.values(closed).some(Boolean);
        expect([isClosed && released.length > 0, isClosed && reason === undefined]).toEqual([false, false]);
        const allowed = asked.request.attributes
          .map(({ name }) => name)
          .filter((name) => [visit.purpose, lived.purpose].every((each) => each?.attributes.some((attribute) => attribute.name === name)))
          .filter((name) => lived.said.has(name));
        expect(allowed).toEqual(expect.arrayContaining([...released]));
        seen.released += released.length > 0 ? 1 : 0;
        Object.entries(closed).forEach(([name, isSo]) => Object.assign(seen, { [name]: Reflect.get(seen, name) + Number(isSo) }));
      }),
      { numRuns: 600 },
    );
    expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
  });

  test('a request that was just agreed to brings no page again and is answered in full; used up, it does', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, steps, visits, async (sequence, step, { uses }) => {
        const scene = createConsentScene();
        await live(scene, sequence);
        const before = scene.needs.consents.saved.length;
        const { personKind: kind, purpose, scopes } = step;
        await decide(scene, { ...step, kind: 'grant' });
        expect(scene.needs.consents.saved.length).toBe(before + 1);
        const consent = await findRecord(scene, uses);
        const asked = toNowAsked(consent, { claims: [], kind, purpose, scopes });
        const isUsedUp = purpose.terms.maxUses !== null && uses >= purpose.terms.maxUses;
        expect(toAskReason(consent, asked, scene.clock.now())).toBe(isUsedUp ? 'used-up' : undefined);
        const wanted = toAskedOf(asked.request, purpose, kind).attributes.filter(
          ({ name, necessity }) => necessity === 'required' || step.chosen.includes(name),
        );
        const released = consent === undefined ? [] : toReleasable(consent, asked, scene.clock.now());
        expect(released).toEqual(expect.arrayContaining(wanted.map(({ name }) => name)));
      }),
      { numRuns: 300 },
    );
  });
});
