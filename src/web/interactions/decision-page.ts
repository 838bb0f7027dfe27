// The page on which a person decides, whole: a notice where the law decides, a choice where the person does (decision 12). Pure, so that a preview shows
// exactly what a person would see.

import { toBasis, toLawText } from '../../domain/agencies/agency.ts';
import { findWhatChanged } from '../../domain/consent/what-changed.ts';
import { renderConsentPage } from '../../../views/consent.ts';
import type { Asker, ConsentPage, ContinueAs, FormTarget, Frame } from '../../../views/models.ts';
import { renderNoticePage } from '../../../views/notice.ts';
import type { DecisionAsked } from './decision-asked.ts';
import { toChanges, toChoices, toNeeded, toNotAsked, toTerms } from './decision-model.ts';
import type { ValueReader } from './decision-model.ts';

export type DecisionFacts = {
  readonly decision: DecisionAsked;
  readonly reader: ValueReader;
  readonly asker: Asker;
  readonly form: FormTarget;
  /** Posted back unchanged: what the page was printed from. */
  readonly version: string;
  readonly continueAs: ContinueAs | null;
};

/** Asked again, only what changed is shown; the version that was agreed to says what did. */
function findChanges({ agreed, current, request }: DecisionAsked, reader: ValueReader): ConsentPage['changes'] {
  const { purpose, asked } = request;
  const changed = findWhatChanged(current, { before: agreed, purpose, request: asked }, reader.now);
  return changed === undefined ? null : toChanges(request, reader, changed);
}

export function renderDecisionPage(frame: Frame, { decision, reader, ...given }: DecisionFacts): string {
  const { request, whole } = decision;
  const shared = {
    ...given,
    purpose: request.purpose.text[reader.language],
    notAsked: toNotAsked(whole, reader),
    terms: toTerms(request, reader),
  };
  const { type: basis, lawRef } = toBasis(request.purpose, reader.person.kind);
  if (basis !== 'consent') {
    const attributes = toNeeded(request, reader);
    return renderNoticePage(frame, { ...shared, basis, lawReference: toLawText(lawRef, reader.language), attributes });
  }
  return renderConsentPage(frame, {
    ...shared,
    needed: toNeeded(request, reader),
    choices: toChoices(decision, reader),
    changes: findChanges(decision, reader),
  });
}
