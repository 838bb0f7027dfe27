// The answer to a page of an interaction: continue, change person, allow, refuse, decide later, leave. The decision and its evidence are committed before the browser is sent on.

import type { Context } from 'koa';
import { deferConsent } from '../../domain/consent/defer-consent.ts';
import { grantConsent } from '../../domain/consent/grant-consent.ts';
import { refuseConsent } from '../../domain/consent/refuse-consent.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { levelWords } from '../../oidc/level-ask.ts';
import type { LevelAsk } from '../../oidc/level-ask.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { saveDraft } from './confirmation-draft.ts';
import { findWayOn, requirePerson, toChoice, toDecisionContext } from './decision-context.ts';
import { assertOwnForm, getStep, hasRestedTooLong } from './page-context.ts';
import type { Step } from './page-context.ts';
import { toShownDecision } from './show-decision.ts';
import type { PersonStep } from './show-continue.ts';
import { passRecovery, stopRecovery } from './show-recovery-look.ts';

type PersonAnswer = { readonly step: PersonStep; readonly form: URLSearchParams };

async function allow(needs: PageNeeds, ctx: Context, { step, form }: PersonAnswer): Promise<void> {
  const shown = await toShownDecision(needs, step);
  if (findField(form, 'version') !== shown.version) {
    redirectTo(ctx, await findWayOn(needs, ctx, step));
    return;
  }
  const chosen = form.getAll('attribute');
  const outcome = await grantConsent(needs, await toDecisionContext(needs, step, shown), toChoice(step, shown, chosen));
  if (outcome.ok) {
    redirectTo(ctx, await needs.engine.interactions.answerDecision(ctx));
  } else if (outcome.code === 'consent/unconfirmed') {
    await saveDraft(needs, step, { version: shown.version, chosen, fixed: null });
    redirectTo(ctx, `/interaction/${step.pending.uid}/confirm`);
  } else if (outcome.code === 'consent/attribute-not-offered') {
    throw new Fault(outcome.code, outcome.detail);
  } else {
    redirectTo(ctx, await findWayOn(needs, ctx, step));
  }
}

type TurnedDown = { readonly decide: typeof refuseConsent; readonly told: 'consent_refused' | 'consent_deferred' };

const refusal: TurnedDown = { decide: refuseConsent, told: 'consent_refused' };
/** "Later" and turning back from a notice decide nothing; where the law decides there was nothing to refuse. */
const deferral: TurnedDown = { decide: deferConsent, told: 'consent_deferred' };

async function turnDown(needs: PageNeeds, ctx: Context, { step, form, how }: PersonAnswer & { readonly how: TurnedDown }): Promise<void> {
  const { decision, notice, version } = await toShownDecision(needs, step);
  // Whoever turns away from another page than this one was shown something that is not known any more.
  const isShown = findField(form, 'version') === version;
  const context = await toDecisionContext(needs, step, { decision, notice: isShown ? notice : null });
  const outcome = await how.decide(needs, context, { request: decision.request.asked, language: step.language, agreed: decision.agreed });
  if (!outcome.ok) {
    redirectTo(ctx, await findWayOn(needs, ctx, step));
    return;
  }
  redirectTo(ctx, await needs.engine.interactions.answerRefusal(ctx, how.told));
}

type Submitted = { readonly step: Step; readonly form: URLSearchParams };
type Answer = (needs: PageNeeds, ctx: Context, submitted: Submitted) => Promise<void>;

function getLevel({ pending }: Step): LevelAsk {
  if (pending.level === undefined) {
    throw new Fault('request/invalid', 'the form does not belong to this step');
  }
  return pending.level;
}

const leave: Answer = async (needs, ctx) => redirectTo(ctx, await needs.engine.interactions.answerRefusal(ctx, 'sign_in_left'));
/** From a page that explains what is missing of the level: the service hears the one word for it, and nothing of what the person has. */
const turnBack: Answer = async (needs, ctx, { step }) =>
  redirectTo(ctx, await needs.engine.interactions.answerRefusal(ctx, levelWords[getLevel(step)]));
const goOnBelow: Answer = async (needs, ctx, { step }) => {
  if (getLevel(step) !== 'wished') {
    throw new Fault('request/invalid', 'the level is no wish');
  }
  redirectTo(ctx, await needs.engine.interactions.answerBelow(ctx));
};
const goOn: Answer = async (needs, ctx) => redirectTo(ctx, await needs.engine.interactions.answerContinue(ctx));
const toPressed = ({ step, form }: Submitted) => ({ step: requirePerson(step), recoveryId: findField(form, 'recovery') ?? '' });
const stop: Answer = async (needs, ctx, submitted) => stopRecovery(needs, ctx, toPressed(submitted));
const pass: Answer = async (needs, ctx, submitted) => passRecovery(needs, ctx, toPressed(submitted));
const agree: Answer = async (needs, ctx, { step, form }) => allow(needs, ctx, { step: requirePerson(step), form });
const putOff: Answer = async (needs, ctx, { step, form }) => turnDown(needs, ctx, { step: requirePerson(step), form, how: deferral });
const decline: Answer = async (needs, ctx, { step, form }) => turnDown(needs, ctx, { step: requirePerson(step), form, how: refusal });

/** What each button of each step means; anything else is no answer to that page. */
const answers: Readonly<Record<Step['pending']['step'], ReadonlyMap<string, Answer>>> = {
  'sign-in': new Map([
    ['leave', leave],
    ['back', turnBack],
    ['below', goOnBelow],
  ]),
  recovery: new Map([
    ['stop', stop],
    ['continue', pass],
    // From the ceremony that the stop asked for.
    ['leave', leave],
  ]),
  continue: new Map([
    ['continue', goOn],
    ['leave', leave],
  ]),
  decide: new Map([
    ['allow', agree],
    ['continue', agree],
    ['refuse', decline],
    ['later', putOff],
    ['leave', putOff],
  ]),
};

export async function submitDecision(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getStep(needs, ctx, uid);
  const form = await readForm(ctx);
  assertOwnForm(needs, ctx, { uid, token: findField(form, 'token') });
  if (findField(form, 'switch') === 'yes') {
    redirectTo(ctx, `/interaction/${uid}?switch=yes`);
    return;
  }
  const decision = findField(form, 'decision') ?? '';
  const isYes = decision === 'allow' || decision === 'continue';
  if (isYes && hasRestedTooLong(needs, step)) {
    redirectTo(ctx, await needs.engine.interactions.answerNothing(ctx));
    return;
  }
  const answer = answers[step.pending.step].get(decision);
  if (answer === undefined) {
    throw new Fault('request/invalid', 'the form does not belong to this step');
  }
  await answer(needs, ctx, { step, form });
}
