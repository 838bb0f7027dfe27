// The fields of the filters, with words to choose from where the register, the catalogue or the events have them.

import { sensitivities } from '../../../domain/attributes/attribute.ts';
import { flaws } from '../../../domain/audit/facts.ts';
import { actedBys, eventCatalogue } from '../../../domain/ledger/event.ts';
import type { FilterGroup } from '../../../../views/audit-model.ts';
import { families, toEventName, toFamily } from '../../../../views/event-look.ts';
import type { Texts } from '../../../../views/messages/messages.ts';
import type { AskedName, QuestionField } from '../../../../views/question-model.ts';
import { toDetailOptions, toServiceGroups } from '../register.ts';
import type { Register } from '../register.ts';
import { findClosedTerms } from './closed-terms.ts';
import { toTerm } from './shown-cells.ts';

const types = Object.keys(eventCatalogue);

/** Several types at once, as a figure asks for them, stay one choice. */
function toTypeGroups(texts: Texts, typed: string): readonly FilterGroup[] {
  const several = typed.split(',');
  const own = several.length > 1 ? [{ value: typed, label: texts.t('entries-several-types', { count: several.length }) }] : [];
  const groups = families.map((family) => ({
    label: texts.t(`family-${family}`),
    options: types.filter((type) => toFamily(type) === family).map((type) => ({ value: type, label: toEventName(texts, type) })),
  }));
  return [{ label: '', options: own }, ...groups];
}

const bases = ['consent', 'contract', 'legal_obligation', 'public_task', 'vital', 'legitimate'];

export function toAgencyGroups({ services, language }: Register): readonly FilterGroup[] {
  const agencies = new Map(services.map(({ agency }) => [agency.id, agency.name[language]]));
  return [{ label: '', options: [...agencies].map(([value, label]) => ({ value, label })) }];
}

function toPurposeGroups({ purposes, language }: Register): readonly FilterGroup[] {
  const named = new Map(purposes.map(({ id, text }) => [id, text[language]]));
  return [{ label: '', options: [...named].map(([value, label]) => ({ value, label })) }];
}

type Words = { readonly texts: Texts; readonly register: Register };

const toTerms = (texts: Texts, terms: readonly string[]): readonly FilterGroup[] => [
  { label: '', options: terms.map((value) => ({ value, label: toTerm(texts, value) })) },
];

const groupers: { readonly [Name in AskedName]?: (words: Words, typed: string) => readonly FilterGroup[] } = {
  type: ({ texts }, typed) => toTypeGroups(texts, typed),
  agency: ({ register }) => toAgencyGroups(register),
  service: ({ register }) => toServiceGroups(register),
  purpose: ({ register }) => toPurposeGroups(register),
  attribute: ({ register }) => [{ label: '', options: toDetailOptions(register.language) }],
  declined: ({ register }) => [{ label: '', options: toDetailOptions(register.language) }],
  flaw: ({ texts }) => toTerms(texts, flaws),
  basis: ({ texts }) => toTerms(texts, bases),
  sensitivity: ({ texts }) => toTerms(texts, sensitivities),
  'acted-by': ({ texts }) => toTerms(texts, actedBys),
};

export function toFactField(words: Words, name: AskedName, given: URLSearchParams): QuestionField {
  const typed = given.get(name) ?? '';
  const groups = groupers[name]?.(words, typed) ?? findClosedTerms(words.texts, name);
  return { name, isRequired: false, typed, ...(groups === undefined ? {} : { groups }) };
}

export const mainFields: readonly AskedName[] = ['type', 'agency', 'service', 'purpose', 'attribute', 'from', 'to'];
export const moreFields: readonly AskedName[] = [
  'flaw',
  'basis',
  'sensitivity',
  'declined',
  'form',
  'level',
  'method',
  'language',
  'notice',
  'person-kind',
  'device',
  'browser',
  'document',
  'field',
  'status',
  'endpoint',
  'case',
  'category',
  'change',
  'officer',
  'query',
  'role',
  'shared',
  'way',
  'withheld',
  'version',
  'reason',
  'record',
  'actor',
  'actor-kind',
  'acted-by',
  'slower',
  'faster',
  'as_of',
];
