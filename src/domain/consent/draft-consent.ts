import { succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken, createUuid } from '../kernel/ids.ts';
import { digestDecision } from './decide.ts';
import type { ConsentNeeds, DecisionContext, Fixed, RecordedDecision } from './decide.ts';
import { planGrant } from './grant-consent.ts';
import type { Choice, GrantRefusal } from './grant-consent.ts';

export type DraftedConsent = {
  /** What has to be given back, letter by letter, to have the same record again. */
  readonly fixed: Fixed;
  /** base64url SHA-256 of the record without `integrity`: the challenge that the passkey signs. */
  readonly digest: string;
  readonly context: DecisionContext;
  readonly decision: RecordedDecision & { readonly fixed: Fixed };
};

function toConfirmed(context: DecisionContext, { nonce }: Fixed): DecisionContext {
  const { expression } = context;
  return { ...context, expression: expression && { ...expression, method: 'button_passkey', nonce } };
}

/** The draft that these fixed parts make with all that is true now. */
export async function redraftConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  { choice, fixed }: { readonly choice: Choice; readonly fixed: Fixed },
): Promise<Outcome<DraftedConsent, GrantRefusal>> {
  const planned = await planGrant({ ...needs, clock: { now: () => fixed.at } }, context, choice);
  if (!planned.ok) {
    return planned;
  }
  const confirmed = toConfirmed(context, fixed);
  const decision = { ...planned.value, fixed };
  const digest = digestDecision(needs, confirmed, decision);
  return digest.ok ? succeed({ fixed, digest: digest.value, context: confirmed, decision }) : digest;
}

/** The record as it would be if the person agreed now, drawn up to be signed with a passkey. Nothing is kept. */
export async function draftConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  choice: Choice,
): Promise<Outcome<DraftedConsent, GrantRefusal>> {
  const at = needs.clock.now();
  const fixed = {
    at,
    recordId: createUuid(needs.random, at),
    receiptId: createUuid(needs.random, at),
    nonce: createToken(needs.random),
  };
  return redraftConsent(needs, context, { choice, fixed });
}
