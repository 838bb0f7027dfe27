// The page of the passkey as prepared values. Pure, so that a preview shows exactly what a person would see.

import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { AttributeDecision } from '../../domain/consent/consent.ts';
import type { Terms } from '../../domain/consent/decide.ts';
import { findConfirmationReasons } from '../../domain/consent/needs-confirmation.ts';
import type { Language } from '../../domain/people/person.ts';
import type { Request } from '../../oidc/requested.ts';
import type { ConfirmedAttribute, ConfirmPage } from '../../../views/confirm-model.ts';
import { toRetention } from './purpose-terms.ts';

export type ConfirmFacts = Pick<ConfirmPage, 'asker' | 'ceremony' | 'form' | 'version' | 'changeUrl'> & {
  readonly request: Pick<Request, 'purpose' | 'isOffline'>;
  /** What agreeing comes to. */
  readonly terms: Pick<Terms, 'attributes' | 'basis' | 'expiresAt'>;
  readonly language: Language;
  readonly now: number;
};

function toAttribute({ name }: AttributeDecision, language: Language): ConfirmedAttribute {
  const { forms, labels } = getAttribute(name);
  return { label: labels[language], answerOnly: forms.every((form) => form === 'yes_no') };
}

export function toConfirmPage({ request, terms, language, now, ...given }: ConfirmFacts): ConfirmPage {
  const list = (isDeclined: boolean): readonly ConfirmedAttribute[] =>
    terms.attributes
      .filter(({ decision }) => (decision === 'declined') === isDeclined)
      .map((attribute) => toAttribute(attribute, language));
  return {
    ...given,
    purpose: request.purpose.text[language],
    reasons: findConfirmationReasons(terms, { now, isOffline: request.isOffline }),
    shared: list(false),
    leftOut: list(true),
    retention: toRetention(request.purpose),
    endsAt: terms.expiresAt,
  };
}
