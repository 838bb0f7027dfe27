// A record and its receipt show what was shown then: the very text, version and language, whatever the purpose says today and whatever stood before.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refuseConsent } from '../../../src/domain/consent/refuse-consent.ts';
import type { Decision } from '../../../src/domain/consent/store.ts';
import { createConsentScene } from '../../support/consent-samples.ts';
import { decideAll, firstPurpose, laterPurpose, resumedPause, sequences, stepPurposes } from '../../support/decision-steps.ts';
import type { Step } from '../../support/decision-steps.ts';

const purposeSchema = z.object({ version: z.int(), text: z.object({ ar: z.string(), en: z.string() }) });

const recordSchema = z.object({
  purpose: purposeSchema,
  claims: z.array(z.object({ name: z.string(), why_needed: z.unknown() })),
  terms: z.object({ data_life: z.string() }),
  notice: z.object({ version: z.int(), language: z.string(), rendered_sha256: z.string() }).optional(),
  request: z.object({ purpose: purposeSchema, claims: z.array(z.object({ name: z.string(), necessity: z.string() })) }).optional(),
});

function readRecord({ receipt }: Decision): z.infer<typeof recordSchema> {
  const payload: unknown = JSON.parse(Buffer.from(receipt.jws.split('.')[1] ?? '', 'base64url').toString());
  return z.object({ record: recordSchema }).parse(payload).record;
}

const readBody = ({ events }: Decision) =>
  z
    .object({ purpose_version: z.int(), payload: z.object({ notice_sha256: z.string().nullable(), asked_version: z.int().optional() }) })
    .parse(JSON.parse(events[0]?.body ?? '{}'));

const findText = (version: number) => stepPurposes.find((purpose) => purpose.version === version)?.text;

type Told = { readonly decision: Decision; readonly record: ReturnType<typeof readRecord>; readonly body: ReturnType<typeof readBody> };

const isSameText = ({ text, version }: z.infer<typeof purposeSchema>): boolean =>
  JSON.stringify(text) === JSON.stringify(findText(version));

const isTurnedDown = ({ consent }: Decision): boolean => consent.change === 'refused' || consent.change === 'deferred';

/** What holds of every receipt, each by what it would mean if it did not. */
const facts: Readonly<Record<string, (told: Told) => boolean>> = {
  'a text of another version': ({ record }) =>
    isSameText(record.purpose) && (record.request === undefined || isSameText(record.request.purpose)),
  'a version that the record is not bound to': ({ body, decision: { consent }, record }) =>
    record.purpose.version === consent.purposeVersion && body.purpose_version === consent.purposeVersion,
  'terms of another version': ({ decision: { consent }, record }) =>
    record.terms.data_life === stepPurposes.find(({ version }) => version === consent.purposeVersion)?.retention,
  'a notice of another version': ({ decision: { notice }, record }) => record.notice?.version === notice?.purposeVersion,
  'a notice in another language': ({ decision: { notice }, record }) => record.notice?.language === notice?.language,
  'a notice of another text': ({ body, decision: { notice }, record }) =>
    record.notice?.rendered_sha256 === notice?.digest && (body.payload.notice_sha256 ?? undefined) === notice?.digest,
  'another request than the one turned down': ({ decision, record }) =>
    record.request?.purpose.version === (isTurnedDown(decision) ? decision.notice?.purposeVersion : undefined),
  'another version in its entry': ({ body, record }) => body.payload.asked_version === record.request?.purpose.version,
};

/** What a receipt says that was not so; nothing for an honest one. */
function findLies(decision: Decision): readonly string[] {
  const told = { decision, record: readRecord(decision), body: readBody(decision) };
  return Object.entries(facts)
    .filter(([, isSo]) => !isSo(told))
    .map(([lie]) => `${decision.consent.change}: ${lie}`);
}

const step: Step = {
  kind: 'grant',
  days: 0,
  purpose: firstPurpose,
  chosen: ['email'],
  scopes: [],
  language: 'ar',
  personKind: 'citizen',
};

describe('the receipt of a decision', () => {
  test('shows the text, the version and the language that were shown then, whatever was decided before', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const scene = createConsentScene();
        await decideAll(scene, sequence);
        expect(scene.needs.consents.saved.flatMap(findLies)).toEqual([]);
        scene.needs.consents.saved.forEach(({ consent, notice }) => {
          seen.add(
            `${consent.change} ${notice !== null && notice.purposeVersion !== consent.purposeVersion ? 'beside another version' : ''}`,
          );
        });
      }),
      { numRuns: 150, examples: [[resumedPause]] },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining(['refused beside another version', 'deferred beside another version', 'narrowed ', 'resumed ']),
    );
  });

  test.each(['refuse', 'defer'] as const)(
    'shows both beside a consent of an earlier version: what stands, and what was turned down (%s)',
    async (kind) => {
      const scene = createConsentScene();
      const later = laterPurpose;
      await decideAll(scene, [step, { ...step, kind, purpose: later, language: 'en' }]);
      const decision = scene.needs.consents.saved.at(-1);
      if (decision === undefined) {
        throw new Error('nothing was kept');
      }
      const record = readRecord(decision);
      expect(record).toMatchObject({
        purpose: { version: 1, text: { en: 'A permit' } },
        notice: { version: 3, language: 'en', rendered_sha256: decision.notice?.digest },
        request: {
          purpose: { version: 3, text: later.text },
          claims: later.attributes.map(({ name, necessity }) => ({ name, necessity })),
        },
        terms: { data_life: step.purpose.retention },
      });
      expect(record.claims.map(({ name }) => name)).toContain('email');
    },
  );

  test('is refused where the terms of what stands are not at hand, and nothing is kept', async () => {
    const scene = createConsentScene();
    await decideAll(scene, [step]);
    const later = laterPurpose;
    const outcome = await refuseConsent(scene.needs, scene.under(later), {
      request: { attributes: later.attributes, overAsked: [] },
      language: 'ar',
    });
    expect(outcome).toMatchObject({ ok: false, code: 'store/conflict' });
    expect(scene.needs.consents.saved).toHaveLength(1);
  });
});
