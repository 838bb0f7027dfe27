// The one place that decides the next page of a pending interaction. Steps return to the engine, which comes back here; they never link to each other.

import type { Context } from 'koa';
import type { PageNeeds } from '../needs.ts';
import { getStep } from './page-context.ts';
import { showContinue } from './show-continue.ts';
import { showDecision } from './show-decision.ts';
import { showSignIn } from './show-sign-in.ts';
import { showStepUp } from './show-step-up.ts';

export async function dispatch(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getStep(needs, ctx, uid);
  const isSwitching = ctx.query['switch'] === 'yes';
  if (step.pending.level !== undefined && !isSwitching && step.person !== undefined && step.session !== undefined) {
    await showStepUp(needs, ctx, { ...step, level: step.pending.level, person: step.person, session: step.session });
  } else if (step.pending.step === 'sign-in' || isSwitching || step.person === undefined || step.session === undefined) {
    await showSignIn(needs, ctx, step);
  } else if (step.pending.step === 'continue') {
    await showContinue(needs, ctx, { ...step, person: step.person, session: step.session });
  } else {
    await showDecision(needs, ctx, { ...step, person: step.person });
  }
}
