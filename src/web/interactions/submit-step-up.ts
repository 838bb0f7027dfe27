// The ceremony of a step-up, as JSON for the one script: the person is known, and only what reaches the level counts. A sign-in that does not is left as it is.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { beginStepUp, finishStepUp } from '../../domain/passkeys/step-up.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { countFailureOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { requirePerson } from './decision-context.ts';
import { assertOwnForm, getStep } from './page-context.ts';
import type { PersonStep } from './show-continue.ts';
import { recordStart } from './submit-sign-in.ts';

const bindingOf = ({ pending, session }: PersonStep): string => toDigest(`step-up:${pending.uid}:${session.uid}`);

async function getLevelStep(needs: PageNeeds, ctx: Context, uid: string): Promise<PersonStep> {
  const step = requirePerson(await getStep(needs, ctx, uid));
  assertOwnForm(needs, ctx, { uid, token: ctx.get('x-huwiya-token') });
  if (step.pending.level === undefined) {
    throw new Fault('interaction/stale', 'no higher level is asked for here');
  }
  return step;
}

export async function beginStepUpStep(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getLevelStep(needs, ctx, uid);
  ctx.body = getValue(await beginStepUp(needs, { personId: step.person.id, binding: bindingOf(step) }));
}

export async function finishStepUpStep(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getLevelStep(needs, ctx, uid);
  const { pending, person, session } = step;
  const answeredAt = needs.clock.now();
  const finished = await finishStepUp(needs, { personId: person.id, binding: bindingOf(step) }, await readCeremonyAnswer(ctx));
  if (!finished.ok) {
    await countFailureOf(needs, ctx, { rule: 'sign-in' });
    throw new Fault(finished.code, finished.detail);
  }
  const signedIn = finished.value;
  const { isShared } = session;
  await recordStart(needs, signedIn, { clientId: pending.clientId, isShared, userAgent: ctx.get('user-agent') });
  ctx.body = { next: await needs.engine.interactions.answerSignIn(ctx, { ...signedIn, answeredAt, isShared }) };
}
