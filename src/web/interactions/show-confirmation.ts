import type { Context } from 'koa';
import { planGrant } from '../../domain/consent/grant-consent.ts';
import type { Terms } from '../../domain/consent/decide.ts';
import { renderConfirmPage } from '../../../views/confirm.ts';
import type { ConfirmPage } from '../../../views/confirm-model.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toConfirmPage } from './confirm-page.ts';
import { findWayOn } from './decision-context.ts';
import { findDraftedDecision, getDecisionStep } from './drafted-decision.ts';
import type { DraftedDecision } from './drafted-decision.ts';
import type { PersonStep } from './show-continue.ts';

type Planned = { readonly drafted: DraftedDecision; readonly terms: Terms; readonly now: number };

function toPage(step: PersonStep, { drafted, now, terms }: Planned): ConfirmPage {
  const { language, pending, token } = step;
  const base = `/interaction/${pending.uid}`;
  return toConfirmPage({
    request: drafted.shown.decision.request,
    terms,
    language,
    now,
    asker: step.asker ?? { serviceName: '', agencyName: '', domain: '' },
    ceremony: { optionsUrl: `${base}/confirm/options`, verifyUrl: `${base}/confirm/verify`, token },
    form: { action: `${base}/decision`, token },
    version: drafted.shown.version,
    changeUrl: base,
  });
}

export async function showConfirmation(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getDecisionStep(needs, ctx, uid);
  const drafted = await findDraftedDecision(needs, step);
  const planned = drafted && (await planGrant(needs, drafted.context, drafted.choice));
  if (drafted === undefined || planned?.ok !== true) {
    redirectTo(ctx, await findWayOn(needs, ctx, step));
    return;
  }
  sendPage(ctx, renderConfirmPage(step.frame, toPage(step, { drafted, terms: planned.value.terms, now: needs.clock.now() })));
}
