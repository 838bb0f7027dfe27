// The page of the passkey as prepared values. Pure, so that a preview shows exactly what a person would see.

import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { AttributeDecision } from '../../domain/consent/consent.ts';
import type { Terms } from '../../domain/consent/decide.ts';
import { findConfirmationReasons } from '../../domain/consent/needs-confirmation.ts';
import type { Language } from '../../domain/people/person.ts';
import type { Request } from '../../oidc/requested.ts';
import type { ConfirmedAttribute, ConfirmPage } from '../../../views/confirm-model.ts';
import type { ShownVerification } from '../../../views/terms-model.ts';
import { toShownVerification } from '../shown-verification.ts';
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

/** As the record says it: beside those details that are granted, and not at all where none of them is. */
function findVerification({ request: { purpose }, terms, language }: ConfirmFacts): ShownVerification | null {
  const { verification } = purpose;
  const granted = new Set(terms.attributes.filter(({ decision }) => decision === 'granted').map(({ name }) => name));
  const attributes = verification?.attributes.filter((name) => granted.has(name)) ?? [];
  return verification === null || attributes.length === 0 ? null : toShownVerification({ ...verification, attributes }, language);
}

export function toConfirmPage(facts: ConfirmFacts): ConfirmPage {
  const { request, terms, language, now, ...given } = facts;
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
    verification: findVerification(facts),
    retention: toRetention(request.purpose),
    endsAt: terms.expiresAt,
  };
}
