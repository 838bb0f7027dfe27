// What every answer to a decision page is held against: who decides, about what, on what text; and where the person goes when another decision came first.

import type { Context } from 'koa';
import type { DecisionContext } from '../../domain/consent/decide.ts';
import type { Choice } from '../../domain/consent/grant-consent.ts';
import type { Notice } from '../../domain/consent/notice.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { findAskReason } from '../../oidc/ask-reason.ts';
import { toExpression } from '../expression.ts';
import type { PageNeeds } from '../needs.ts';
import { getRequest } from './decision-asked.ts';
import type { DecisionAsked } from './decision-asked.ts';
import type { Step } from './page-context.ts';
import type { PersonStep } from './show-continue.ts';
import type { ShownDecision } from './show-decision.ts';

type Told = { readonly decision: DecisionAsked; readonly notice: Notice | null };

export async function toDecisionContext(needs: PageNeeds, step: PersonStep, { decision, notice }: Told): Promise<DecisionContext> {
  const { registered, purpose } = decision.request;
  return {
    person: step.person,
    registered,
    purpose,
    subject: await needs.getSubject(step.person, registered.service.sector),
    notice,
    expression: toExpression(needs, step.session),
  };
}

export function toChoice(
  { language }: Pick<Step, 'language'>,
  { decision }: Pick<ShownDecision, 'decision'>,
  chosen: readonly string[],
): Choice {
  const { agreed, current, request } = decision;
  return { asked: request.asked, chosen, language, shownVersion: current?.version ?? null, agreed, isOffline: request.isOffline };
}

/** Another decision came first: when it settled the matter the person goes on, otherwise the page is shown anew. */
export async function findWayOn(needs: PageNeeds, ctx: Context, step: PersonStep): Promise<string> {
  const reason = await findAskReason({ registry: needs.engine.registry, clock: needs.clock }, step.person, getRequest(step));
  return reason === undefined ? needs.engine.interactions.answerDecision(ctx) : `/interaction/${step.pending.uid}`;
}

export function requirePerson(step: Step): PersonStep {
  if (step.person === undefined || step.session === undefined) {
    throw new Fault('session/ended', 'nobody is signed in any more');
  }
  return { ...step, person: step.person, session: step.session };
}
