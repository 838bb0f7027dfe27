// When a button is not enough, and what a passkey then signs: the very record that is written, or nothing is.

import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Purpose } from '../../../src/domain/agencies/agency.ts';
import { confirmConsent } from '../../../src/domain/consent/confirm-consent.ts';
import type { DecisionContext } from '../../../src/domain/consent/decide.ts';
import { draftConsent } from '../../../src/domain/consent/draft-consent.ts';
import { grantConsent } from '../../../src/domain/consent/grant-consent.ts';
import type { Choice } from '../../../src/domain/consent/grant-consent.ts';
import { findConfirmationReasons } from '../../../src/domain/consent/needs-confirmation.ts';
import { createConsentScene, sampleAssertion as assertion, samplePurpose } from '../../support/consent-samples.ts';
import type { ConsentScene } from '../../support/consent-samples.ts';
import { now } from '../../support/store-samples.ts';

const why = { ar: 'لإتمام الطلب', en: 'To complete the request' };
const sensitive: Purpose = {
  ...samplePurpose,
  attributes: [...samplePurpose.attributes, { name: 'national_id', necessity: 'optional', why }],
};
const choose = (chosen: readonly string[], isOffline = false, purpose = sensitive): Choice => ({
  asked: { attributes: purpose.attributes, overAsked: [] },
  chosen,
  language: 'ar',
  shownVersion: null,
  isOffline,
});
const recordSchema = z.object({
  record: z.object({
    expression: z.object({ method: z.string(), nonce: z.string() }),
    integrity: z.object({ content_sha256: z.string(), assertion: z.object({ signature: z.string() }) }),
    record_id: z.string(),
    receipt_id: z.string(),
  }),
});

describe('a passkey is asked for', () => {
  const terms = {
    attributes: [{ name: 'given_name', necessity: 'required', decision: 'granted' }],
    basis: 'consent',
    expiresAt: Date.UTC(2027, 5, 1),
  } as const;
  const at = { now: Date.UTC(2026, 5, 1), isOffline: false };

  it('not for what is usual, up to a year to the millisecond', () => {
    expect(findConfirmationReasons(terms, at)).toEqual([]);
  });

  it('for a millisecond more than a year', () => {
    expect(findConfirmationReasons({ ...terms, expiresAt: terms.expiresAt + 1 }, at)).toEqual(['long']);
  });

  it.each(['national_id', 'marital_status', 'picture'])(
    'for the sensitive detail %s once it is granted, not when it is left out',
    (name) => {
      const asked = { name, necessity: 'optional' } as const;
      expect(findConfirmationReasons({ ...terms, attributes: [{ ...asked, decision: 'granted' }] }, at)).toEqual(['sensitive']);
      expect(findConfirmationReasons({ ...terms, attributes: [{ ...asked, decision: 'declined' }] }, at)).toEqual([]);
    },
  );

  it('for what goes on while the person is away', () => {
    expect(findConfirmationReasons(terms, { ...at, isOffline: true })).toEqual(['offline']);
  });

  it('not where the law decides: there is nothing to agree to', () => {
    const attributes = [{ name: 'national_id', necessity: 'required', decision: 'notified' }] as const;
    expect(findConfirmationReasons({ attributes, basis: 'legal_obligation', expiresAt: terms.expiresAt * 2 }, at)).toEqual([]);
  });
});

describe('a decision that a button is not enough for', () => {
  const draft = async (scene: ConsentScene, context: DecisionContext, choice: Choice) => {
    const drafted = await draftConsent(scene.needs, context, choice);
    if (!drafted.ok) {
      throw new TypeError(drafted.code);
    }
    return drafted.value;
  };

  it('is not kept without a passkey, and nothing of its draft is', async () => {
    const scene = createConsentScene(sensitive);
    expect(await grantConsent(scene.needs, scene.context, choose(['national_id']))).toMatchObject({
      ok: false,
      code: 'consent/unconfirmed',
    });
    expect(await grantConsent(scene.needs, scene.context, choose([], true))).toMatchObject({ ok: false, code: 'consent/unconfirmed' });
    await draft(scene, scene.context, choose(['national_id']));
    expect(scene.needs.consents.saved).toEqual([]);
    expect(await grantConsent(scene.needs, scene.context, choose([]))).toMatchObject({ ok: true });
  });

  it('is kept as the record that was signed, to the letter, with the word of the passkey beside it', async () => {
    const scene = createConsentScene(sensitive);
    const choice = choose(['national_id']);
    const { digest, fixed } = await draft(scene, scene.context, choice);
    scene.clock.advance(120_000);
    const kept = await confirmConsent(scene.needs, scene.context, { choice, fixed, challenge: digest, assertion });
    expect(kept.ok).toBe(true);
    const [saved] = scene.needs.consents.saved;
    const { record } = recordSchema.parse(decodeJwt(saved?.receipt.jws ?? ''));
    expect(record).toMatchObject({ record_id: fixed.recordId, receipt_id: fixed.receiptId });
    expect(record.expression).toMatchObject({ method: 'button_passkey', nonce: fixed.nonce });
    expect(record.integrity).toMatchObject({ content_sha256: digest, assertion: { signature: 'AA' } });
    expect(saved?.consent).toMatchObject({ id: fixed.recordId, decidedAt: now });
    expect(JSON.parse(saved?.events[0]?.body ?? '{}')).toMatchObject({ payload: { method: 'button_passkey' } });
  });

  it('is asked anew for each draft: no two have the same challenge', async () => {
    const scene = createConsentScene(sensitive);
    const [one, other] = [await draft(scene, scene.context, choose([], true)), await draft(scene, scene.context, choose([], true))];
    expect(one.digest).not.toBe(other.digest);
  });

  const changes: readonly (readonly [string, (scene: ConsentScene, choice: Choice) => readonly [DecisionContext, Choice]])[] = [
    ['other details', ({ context }) => [context, choose(['national_id', 'email'])]],
    ['another language', ({ context }, choice) => [context, { ...choice, language: 'en' }]],
    ['another version of the purpose', (scene, choice) => [scene.under({ ...sensitive, version: 2 }), choice]],
    ['a longer time of keeping', (scene, choice) => [scene.under({ ...sensitive, retention: 'P9Y' }), choice]],
    ['another subject', ({ context }, choice) => [{ ...context, subject: 'another' }, choice]],
    [
      'another session',
      ({ context }, choice) => [{ ...context, expression: { method: 'button', acr: 'x', amr: [], authTime: 2 } }, choice],
    ],
  ];

  it.each(changes)('is not kept when the record would be about %s by then', async (_, change) => {
    const scene = createConsentScene(sensitive);
    const signed = choose(['national_id']);
    const { digest, fixed } = await draft(scene, scene.context, signed);
    const [context, choice] = change(scene, signed);
    const kept = await confirmConsent(scene.needs, context, { choice, fixed, challenge: digest, assertion });
    expect(kept).toMatchObject({ ok: false, code: 'consent/unconfirmed' });
    expect(scene.needs.consents.saved).toEqual([]);
  });

  it('is kept once: the second answer and whoever came in between meet a record that has moved on', async () => {
    const scene = createConsentScene(sensitive);
    const choice = choose(['national_id']);
    const { digest, fixed } = await draft(scene, scene.context, choice);
    const again = { choice, fixed, challenge: digest, assertion };
    const outcomes = await Promise.all([1, 2].map(async () => confirmConsent(scene.needs, scene.context, again)));
    expect(outcomes.map((outcome) => (outcome.ok ? 'kept' : outcome.code)).toSorted()).toEqual(['kept', 'store/conflict']);
    expect(await confirmConsent(scene.needs, scene.context, again)).toMatchObject({ ok: false, code: 'store/conflict' });
    expect(scene.needs.consents.saved).toHaveLength(1);
  });
});
