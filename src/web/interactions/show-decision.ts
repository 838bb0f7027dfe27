import type { Context } from 'koa';
import { toBasis, toLawText } from '../../domain/agencies/agency.ts';
import { findWhatChanged } from '../../domain/consent/what-changed.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { renderConsentPage } from '../../../views/consent.ts';
import { renderNoticePage } from '../../../views/notice.ts';
import type { ConsentPage } from '../../../views/models.ts';
import { sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { findDecisionAsked } from './decision-asked.ts';
import type { DecisionAsked } from './decision-asked.ts';
import { toChanges, toChoices, toNeeded, toNotAsked, toTerms } from './decision-model.ts';
import type { DecisionReader } from './decision-model.ts';
import type { Step } from './page-context.ts';

export type DecisionStep = Step & { readonly person: StoredPerson };

/** Names what the page was printed from: the record's version and the purpose's. */
export function toShownVersion(recordVersion: number | null, purposeVersion: number): string {
  return `${recordVersion ?? 0}.${purposeVersion}`;
}

/** Asked again, only what changed is shown; the version that was agreed to says what did. */
function findChanges({ agreed, current, request }: DecisionAsked, reader: DecisionReader): ConsentPage['changes'] {
  const { purpose, asked } = request;
  const changed = findWhatChanged(current, { before: agreed, purpose, request: asked }, reader.now);
  return changed === undefined ? null : toChanges(request, reader, changed);
}

/** A notice where the law decides, a choice where the person does (decision 12). */
export async function showDecision(needs: PageNeeds, ctx: Context, step: DecisionStep): Promise<void> {
  const decision = await findDecisionAsked(needs, step);
  const { current, request, whole } = decision;
  const reader = {
    person: step.person,
    data: { ...needs.openData(step.person), ...request.wanted },
    language: step.language,
    now: needs.clock.now(),
  };
  const shared: Omit<ConsentPage, 'needed' | 'choices' | 'changes'> = {
    asker: step.asker ?? { serviceName: '', agencyName: '', domain: '' },
    purpose: request.purpose.text[step.language],
    form: { action: `/interaction/${step.pending.uid}/decision`, token: step.token },
    version: toShownVersion(current?.version ?? null, request.purpose.version),
    notAsked: toNotAsked({ ...request, asked: whole }, step.language),
    terms: toTerms(request, reader),
    continueAs: step.pending.isSignInFresh ? null : { fullName: toFullName(reader.data, step.language) },
  };
  const { type: basis, lawRef } = toBasis(request.purpose, step.person.kind);
  if (basis !== 'consent') {
    const attributes = toNeeded(request, reader);
    const lawReference = toLawText(lawRef, step.language);
    sendPage(ctx, renderNoticePage(step.frame, { ...shared, basis, lawReference, attributes }));
    return;
  }
  sendPage(
    ctx,
    renderConsentPage(step.frame, {
      ...shared,
      needed: toNeeded(request, reader),
      choices: toChoices(decision, reader),
      changes: findChanges(decision, reader),
    }),
  );
}
