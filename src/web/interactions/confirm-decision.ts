// The passkey ceremony over a decision, as JSON for the one script. The challenge is the digest of the record; nothing is kept of the record before the answer holds.

import type { Context } from 'koa';
import { confirmConsent } from '../../domain/consent/confirm-consent.ts';
import { draftConsent } from '../../domain/consent/draft-consent.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import type { Level } from '../../domain/kernel/levels.ts';
import { beginConfirmation } from '../../domain/passkeys/begin-confirmation.ts';
import { finishConfirmation } from '../../domain/passkeys/finish-confirmation.ts';
import type { Confirmed } from '../../domain/passkeys/finish-confirmation.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import type { PageNeeds } from '../needs.ts';
import { saveDraft } from './confirmation-draft.ts';
import { findWayOn } from './decision-context.ts';
import { findDraftedDecision, getDecisionStep } from './drafted-decision.ts';
import { assertOwnForm } from './page-context.ts';
import type { PersonStep } from './show-continue.ts';

const bindingOf = ({ pending, session }: PersonStep): string => toDigest(`confirm:${pending.uid}:${session.uid}`);

type Confirmer = { readonly personId: string; readonly binding: string; readonly level: Level };

function toConfirmer(step: PersonStep): Confirmer {
  return {
    personId: step.person.id,
    binding: bindingOf(step),
    level: step.pending.request?.registered.service.minimumLevel ?? 'substantial',
  };
}

async function getOwnStep(needs: PageNeeds, ctx: Context, uid: string): Promise<PersonStep> {
  const step = await getDecisionStep(needs, ctx, uid);
  assertOwnForm(needs, ctx, { uid, token: ctx.get('x-huwiya-token') });
  return step;
}

export async function beginConfirmationStep(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getOwnStep(needs, ctx, uid);
  const drafted = await findDraftedDecision(needs, step);
  const draft = drafted && (await draftConsent(needs, drafted.context, drafted.choice));
  if (drafted === undefined || draft?.ok !== true) {
    throw new Fault('consent/unconfirmed', drafted === undefined ? 'no draft of the page as it is now' : 'the draft cannot be made');
  }
  const { digest, fixed } = draft.value;
  await saveDraft(needs, step, { ...drafted.draft, fixed });
  ctx.body = await beginConfirmation(needs, { ...toConfirmer(step), challenge: digest });
}

/** The URL that the browser goes to next. A record that is not the signed one any more brings the page of the decision anew, or the way on. */
async function decide(needs: PageNeeds, ctx: Context, { step, confirmed }: Confirming): Promise<string> {
  const drafted = await findDraftedDecision(needs, step);
  const fixed = drafted?.draft.fixed ?? null;
  if (drafted === undefined || fixed === null) {
    return findWayOn(needs, ctx, step);
  }
  const outcome = await confirmConsent(needs, drafted.context, { ...confirmed, choice: drafted.choice, fixed });
  return outcome.ok ? needs.engine.interactions.answerDecision(ctx) : findWayOn(needs, ctx, step);
}

type Confirming = { readonly step: PersonStep; readonly confirmed: Confirmed };

export async function finishConfirmationStep(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getOwnStep(needs, ctx, uid);
  const answer = await readCeremonyAnswer(ctx);
  const confirmed = await finishConfirmation(needs, toConfirmer(step), answer);
  if (!confirmed.ok) {
    throw new Fault(confirmed.code, confirmed.detail);
  }
  ctx.body = { next: await decide(needs, ctx, { step, confirmed: confirmed.value }) };
}
