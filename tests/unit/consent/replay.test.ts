// What the log says of a record is enough to compute every version of it: over any order of decisions, times and interleavings.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changes } from '../../../src/domain/consent/consent.ts';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import { replay } from '../../../src/domain/consent/replay.ts';
import type { Decision } from '../../../src/domain/consent/store.ts';
import { createConsentScene, samplePurpose } from '../../support/consent-samples.ts';
import type { ConsentScene } from '../../support/consent-samples.ts';
import { decide, decideAll, firstPurpose, resumedPause, sequences, steps } from '../../support/decision-steps.ts';
import type { Step } from '../../support/decision-steps.ts';

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
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const scene = createConsentScene();
        await decideAll(scene, sequence);
        expect(toReplayed(scene)).toEqual(toStored(scene));
        scene.needs.consents.saved.forEach(({ consent }) => seen.add(consent.change));
      }),
      { numRuns: 150, examples: [[resumedPause]] },
    );
    expect([...seen].toSorted()).toEqual(changes.toSorted());
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
    const step: Step = {
      kind: 'grant',
      days: 0,
      purpose: firstPurpose,
      chosen: ['email'],
      scopes: [],
      language: 'ar',
      personKind: 'citizen',
    };
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
