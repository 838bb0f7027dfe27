// One person, one service and the needs of a decision, in memory: for rules that no database takes part in.

import { generateKeyPairSync } from 'node:crypto';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { confirmConsent } from '../../src/domain/consent/confirm-consent.ts';
import type { ConsentNeeds, DecisionContext } from '../../src/domain/consent/decide.ts';
import { draftConsent } from '../../src/domain/consent/draft-consent.ts';
import { grantConsent } from '../../src/domain/consent/grant-consent.ts';
import type { Choice } from '../../src/domain/consent/grant-consent.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createMemoryConsents } from './memory-consents.ts';
import type { MemoryConsents } from './memory-consents.ts';
import { createAgency, createPerson, createPurpose, createService, now, sampleAuthority } from './store-samples.ts';

const why = { ar: 'لإتمام الطلب', en: 'To complete the request' };
const { privateKey } = generateKeyPairSync('ed25519');

export const samplePurpose: Purpose = createPurpose('sample-service', {
  attributes: [
    { name: 'given_name', necessity: 'required', why },
    { name: 'birthdate', necessity: 'required', why },
    { name: 'email', necessity: 'optional', why },
    { name: 'phone_number', necessity: 'optional', why },
  ],
});

export type ConsentScene = {
  readonly needs: ConsentNeeds & { readonly consents: MemoryConsents };
  readonly context: DecisionContext;
  readonly clock: { now: () => number; advance: (milliseconds: number) => void };
  /** The same person on the terms of another version. */
  readonly under: (purpose: Purpose) => DecisionContext;
};

export function createConsentScene(purpose: Purpose = samplePurpose, pause?: () => Promise<void>): ConsentScene {
  let at = now;
  const clock = {
    now: () => at,
    advance: (milliseconds: number) => {
      at += milliseconds;
    },
  };
  const agency = createAgency({ id: 'sample-agency' });
  const service = createService(agency.id, { clientId: purpose.clientId });
  const context: DecisionContext = {
    person: createPerson(),
    registered: { agency, service, version: 1, purposes: [purpose] },
    purpose,
    subject: 'pairwise',
    notice: null,
    expression: { method: 'button', acr: 'urn:huwiya:loa:substantial', amr: ['hwk'], authTime: 1 },
  };
  const signer = { issuer: 'https://huwiya.example', authority: sampleAuthority, key: privateKey, kid: 'receipts' };
  return {
    needs: { clock, random: systemRandom, consents: createMemoryConsents(pause), signer },
    context,
    clock,
    under: (other) => ({ ...context, purpose: other, registered: { ...context.registered, purposes: [other] } }),
  };
}

/** In the place of a passkey’s word where no rule of the test is about it. */
export const sampleAssertion = { key: { kty: 'EC' }, authenticatorData: 'AA', clientDataJson: 'AA', signature: 'AA' };

/** The person agrees, and confirms it where a button is not enough. */
export async function agreeTo(
  needs: ConsentNeeds,
  context: DecisionContext,
  choice: Choice,
): Promise<Awaited<ReturnType<typeof grantConsent>>> {
  const pressed = await grantConsent(needs, context, choice);
  if (pressed.ok || pressed.code !== 'consent/unconfirmed') {
    return pressed;
  }
  const draft = await draftConsent(needs, context, choice);
  return draft.ok
    ? confirmConsent(needs, context, { choice, fixed: draft.value.fixed, challenge: draft.value.digest, assertion: sampleAssertion })
    : draft;
}
