// What the signed record says of the check of identity, through the life of a consent.

import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { Purpose, Verification } from '../../../src/domain/agencies/agency.ts';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { Decided } from '../../../src/domain/consent/decide.ts';
import { narrowConsent } from '../../../src/domain/consent/narrow-consent.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { withdrawConsent } from '../../../src/domain/consent/withdraw-consent.ts';
import { agreeTo, createConsentScene, samplePurpose } from '../../support/consent-samples.ts';

const why = { ar: 'لازم', en: 'Needed' };
const verification: Verification = { attributes: ['given_name', 'nationalities'], parts: ['time'], evidence: 'types', why };
const purpose: Purpose = {
  ...samplePurpose,
  verification,
  attributes: [...samplePurpose.attributes, { name: 'nationalities', necessity: 'optional', why }],
};

function toTold({ receipt }: Decided): unknown {
  const record: unknown = decodeJwt(receipt.jws)['record'];
  return typeof record === 'object' && record !== null && 'verification' in record ? record.verification : undefined;
}

async function agree(asked: Purpose, chosen: readonly string[]) {
  const { needs, context } = createConsentScene(asked);
  const choice = { asked: toAsked(asked, { scopes: [], claims: [] }), chosen, language: 'ar', shownVersion: null } as const;
  return { needs, context, decided: getValue(await agreeTo(needs, context, choice)) };
}

test('the record names beside which details that were agreed to the check is told, with which parts and why', async () => {
  const told = { attributes: ['given_name', 'nationalities'], evidence: 'types', parts: ['trust_framework', 'time'], why_needed: why };
  expect(toTold((await agree(purpose, ['nationalities'])).decided)).toEqual(told);
  expect(toTold((await agree(purpose, [])).decided)).toEqual({ ...told, attributes: ['given_name'] });
  expect(toTold((await agree(samplePurpose, [])).decided)).toBeUndefined();
  const choiceAlone = { ...purpose, verification: { ...verification, attributes: ['nationalities'] } };
  expect(toTold((await agree(choiceAlone, [])).decided)).toBeUndefined();
});

test('a detail that is taken out later takes its verified form along', async () => {
  const { needs, context, decided } = await agree(purpose, ['nationalities']);
  const narrowed = getValue(await narrowConsent(needs, context, { current: decided.consent, removed: ['nationalities'] }));
  expect(toTold(narrowed)).toMatchObject({ attributes: ['given_name'] });
  const withdrawn = getValue(await withdrawConsent(needs, context, narrowed.consent));
  expect(toTold(withdrawn)).toMatchObject({ attributes: ['given_name'] });
});
