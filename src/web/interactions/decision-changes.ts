// What changed since the person last agreed, in the words of the page that asks them again.

import { getAttribute } from '../../domain/attributes/catalogue.ts';
import { findWhatChanged } from '../../domain/consent/what-changed.ts';
import type { ChoiceChange, Difference, NeededChange } from '../../domain/consent/what-changed.ts';
import type { AskedAttribute, ConsentChange, ConsentChanges } from '../../../views/models.ts';
import type { DecisionAsked } from './decision-asked.ts';
import type { ValueReader } from './decision-model.ts';
import { toShownVerification } from '../shown-verification.ts';
import { toCountryName, toPlace, toRetention, toUse } from './purpose-terms.ts';

type Page = Pick<ValueReader, 'language'> & { readonly needed: readonly AskedAttribute[] };

function toAttributeItem({ kind, name }: ChoiceChange | NeededChange, { language, needed }: Page): readonly ConsentChange[] {
  if (kind === 'new-choice' || kind === 'other-choice') {
    return [{ kind, label: getAttribute(name).labels[language] }];
  }
  return needed.filter((attribute) => attribute.name === name).map((attribute) => ({ kind, attribute }));
}

type FromTo = Extract<Difference, { readonly before: unknown }>;

function toFromTo(given: FromTo, { language }: Page): ConsentChange {
  switch (given.kind) {
    case 'purpose-words':
      return { kind: given.kind, before: given.before[language], after: given.after[language] };
    case 'kept-longer':
      return { kind: given.kind, before: toRetention(given.before), after: toRetention(given.after) };
    case 'use':
      return { kind: given.kind, before: toUse(given.before), after: toUse(given.after) };
    case 'place':
      return { kind: given.kind, before: toPlace(given.before, language), after: toPlace(given.after, language) };
    case 'lasts-longer':
      return given;
  }
}

function toTermItem(given: Exclude<Difference, ChoiceChange | NeededChange>, page: Page): ConsentChange {
  const { language } = page;
  if ('before' in given) {
    return toFromTo(given, page);
  }
  if (given.kind === 'recipient') {
    return { kind: given.kind, recipient: { name: given.recipient.name[language], role: given.recipient.role } };
  }
  if (given.kind === 'verification') {
    return { kind: given.kind, verification: toShownVerification(given.verification, language) };
  }
  if (given.kind === 'act') {
    return { kind: given.kind, what: given.act.scope.text[language], at: given.act.name[language] };
  }
  return given.kind === 'transfer'
    ? { kind: given.kind, country: toCountryName(given.transfer.country, language), why: given.transfer.why[language] }
    : given;
}

function isAttributeChange(given: Difference): given is ChoiceChange | NeededChange {
  return 'name' in given;
}

/** Null where the person is asked as for the first time. */
export function toChanges(
  { agreed, agreedAt, current, request }: DecisionAsked,
  reader: ValueReader,
  needed: readonly AskedAttribute[],
): ConsentChanges | null {
  const { asked, purpose, registered } = request;
  const now = { purpose, agreed, kind: reader.person.kind, service: registered.service, request: asked };
  const changed = findWhatChanged(current, now, reader.now);
  if (current === undefined || changed === undefined) {
    return null;
  }
  const page = { language: reader.language, needed };
  return {
    acceptedAt: agreedAt ?? current.decidedAt,
    wasTold: current.basis !== 'consent',
    items: changed.differences.flatMap((given) => (isAttributeChange(given) ? toAttributeItem(given, page) : [toTermItem(given, page)])),
    isWhole: changed.isWhole,
    unchangedLabels: changed.unchanged.map((name) => getAttribute(name).labels[reader.language]),
  };
}
