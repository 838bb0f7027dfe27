// The decision that waits for its passkey, held against what is true now: whoever comes with an old draft is shown the page of the decision anew.

import type { Context } from 'koa';
import type { DecisionContext } from '../../domain/consent/decide.ts';
import type { Choice } from '../../domain/consent/grant-consent.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import type { PageNeeds } from '../needs.ts';
import { findDraft } from './confirmation-draft.ts';
import type { Draft } from './confirmation-draft.ts';
import { requirePerson, toChoice, toDecisionContext } from './decision-context.ts';
import { getStep } from './page-context.ts';
import { toShownDecision } from './show-decision.ts';
import type { ShownDecision } from './show-decision.ts';
import type { PersonStep } from './show-continue.ts';

export type DraftedDecision = {
  readonly draft: Draft;
  readonly shown: ShownDecision;
  readonly choice: Choice;
  readonly context: DecisionContext;
};

/** An interaction that waits for a decision of the person who is signed in. */
export async function getDecisionStep(needs: PageNeeds, ctx: Context, uid: string): Promise<PersonStep> {
  const step = requirePerson(await getStep(needs, ctx, uid));
  if (step.pending.step !== 'decide') {
    throw new Fault('interaction/stale', 'this step has nothing to confirm');
  }
  return step;
}

/** Undefined when nothing waits, or the page that was answered is not the page as it would be shown now. */
export async function findDraftedDecision(needs: PageNeeds, step: PersonStep): Promise<DraftedDecision | undefined> {
  const draft = await findDraft(needs, step);
  const shown = draft === undefined ? undefined : await toShownDecision(needs, step);
  if (draft === undefined || shown?.version !== draft.version) {
    return undefined;
  }
  return { draft, shown, choice: toChoice(step, shown, draft.chosen), context: await toDecisionContext(needs, step, shown) };
}
