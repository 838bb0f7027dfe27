// The one place that decides the next page of a pending interaction. Steps return to the engine, which comes back here; they never link to each other.

import type { Context } from 'koa';
import type { PageNeeds } from '../needs.ts';
import { getStep } from './page-context.ts';
import { showContinue } from './show-continue.ts';
import { showDecision } from './show-decision.ts';
import { showRecoveryLook } from './show-recovery-look.ts';
import { showSignIn } from './show-sign-in.ts';
import { showStepUp } from './show-step-up.ts';

const shows = { 'sign-in': showSignIn, recovery: showRecoveryLook, continue: showContinue, decide: showDecision } as const;

export async function dispatch(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getStep(needs, ctx, uid);
  const { pending, person, session } = step;
  const isSwitching = ctx.query['switch'] === 'yes';
  if (isSwitching || person === undefined || session === undefined) {
    await showSignIn(needs, ctx, step);
  } else if (pending.level !== undefined) {
    await showStepUp(needs, ctx, { ...step, level: pending.level, person, session });
  } else {
    await shows[pending.step](needs, ctx, { ...step, person, session });
  }
}
