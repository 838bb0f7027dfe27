import type { Context } from 'koa';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { AttributeDecision } from '../../domain/consent/consent.ts';
import { planGrant } from '../../domain/consent/grant-consent.ts';
import { findConfirmationReasons } from '../../domain/consent/needs-confirmation.ts';
import type { Terms } from '../../domain/consent/decide.ts';
import type { Language } from '../../domain/people/person.ts';
import { renderConfirmPage } from '../../../views/confirm.ts';
import type { ConfirmedAttribute, ConfirmPage } from '../../../views/confirm-model.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { findWayOn } from './decision-context.ts';
import { findDraftedDecision, getDecisionStep } from './drafted-decision.ts';
import type { DraftedDecision } from './drafted-decision.ts';
import { toRetention } from './purpose-terms.ts';
import type { PersonStep } from './show-continue.ts';

function toAttribute({ name }: AttributeDecision, language: Language): ConfirmedAttribute {
  const { forms, labels } = getAttribute(name);
  return { label: labels[language], answerOnly: forms.every((form) => form === 'yes_no') };
}

type Planned = { readonly drafted: DraftedDecision; readonly terms: Terms; readonly now: number };

function toPage(step: PersonStep, { drafted, now, terms }: Planned): ConfirmPage {
  const { language, pending, token } = step;
  const { request } = drafted.shown.decision;
  const base = `/interaction/${pending.uid}`;
  const list = (isDeclined: boolean): readonly ConfirmedAttribute[] =>
    terms.attributes
      .filter(({ decision }) => (decision === 'declined') === isDeclined)
      .map((attribute) => toAttribute(attribute, language));
  return {
    asker: step.asker ?? { serviceName: '', agencyName: '', domain: '' },
    purpose: request.purpose.text[language],
    reasons: findConfirmationReasons(terms, { now, isOffline: request.isOffline }),
    shared: list(false),
    leftOut: list(true),
    retention: toRetention(request.purpose),
    endsAt: terms.expiresAt,
    ceremony: { optionsUrl: `${base}/confirm/options`, verifyUrl: `${base}/confirm/verify`, token },
    form: { action: `${base}/decision`, token },
    version: drafted.shown.version,
    changeUrl: base,
  };
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
