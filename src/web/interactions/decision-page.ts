// The page on which a person decides, whole: a notice where the law decides, a choice where the person does (decision 12). Pure, so that a preview shows
// exactly what a person would see.

import { toBasis, toLawText } from '../../domain/agencies/agency.ts';
import { renderConsentPage } from '../../../views/consent.ts';
import type { Asker, ContinueAs, FormTarget, Frame } from '../../../views/models.ts';
import { renderNoticePage } from '../../../views/notice.ts';
import type { DecisionAsked } from './decision-asked.ts';
import { toChanges } from './decision-changes.ts';
import { toChoices, toNeeded, toNotAsked, toTerms } from './decision-model.ts';
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
  const needed = toNeeded(request, reader);
  return renderConsentPage(frame, {
    ...shared,
    needed,
    choices: toChoices(decision, reader),
    changes: toChanges(decision, reader, needed),
  });
}
