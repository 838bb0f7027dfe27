// Ground, recipients, place and terms of access of a purpose in words, as an approver and the public register read them.

import { toBasis } from '../../domain/agencies/agency.ts';
import type { AccessTerms, DataStorage, LegalBasis, Localized, Purpose, Verification } from '../../domain/agencies/agency.ts';
import { personKinds } from '../../domain/people/person.ts';
import { toDurationText } from '../../../views/durations.ts';
import type { Texts } from '../../../views/messages/messages.ts';
import type { ValueLine } from '../../../views/submission-model.ts';
import { toShownVerification } from '../shown-verification.ts';

export type ToLines<T> = (value: T, texts: Texts) => readonly ValueLine[];

export const plain = (text: string): ValueLine => ({ text, language: null, isCode: false });
export const code = (text: string): ValueLine => ({ text, language: null, isCode: true });
export const both = ({ ar, en }: Localized): readonly ValueLine[] => [
  { text: ar, language: 'ar', isCode: false },
  { text: en, language: 'en', isCode: false },
];

type DetailName = 'legalBasis' | 'basisByKind' | 'code' | 'recipients' | 'storage' | 'terms' | 'resources' | 'verification' | 'dpiaRef';

export const detailFields: Readonly<Record<DetailName, ToLines<Purpose>>> = {
  legalBasis: ({ legalBasis }, texts) => toBasisLines(legalBasis, texts),
  basisByKind: (purpose, texts) => toKindLines(purpose, texts),
  code: ({ code: iri }) => (iri === null ? [] : [code(iri)]),
  recipients: ({ recipients }, { t }) => recipients.flatMap(({ name, role }) => [plain(t(`recipient-${role}`)), ...both(name)]),
  storage: ({ storage }, texts) => (storage === null ? [] : toStorageLines(storage, texts)),
  terms: ({ terms }, texts) => toTermLines(terms, texts),
  resources: ({ resources }) =>
    resources.flatMap(({ name, scopes }) => [...both(name), ...scopes.flatMap((scope) => [code(scope.name), ...both(scope.text)])]),
  verification: ({ verification }, texts) => (verification === null ? [] : toVerificationLines(verification, texts)),
  dpiaRef: ({ dpiaRef }) => (dpiaRef === null ? [] : [code(dpiaRef)]),
};

function toVerificationLines(verification: Verification, texts: Texts): readonly ValueLine[] {
  const { t, language } = texts;
  const { attributes, parts } = toShownVerification(verification, language);
  const beside = plain(t('term-verification-with', { attributes: attributes.join(t('list-comma')) }));
  return [beside, ...parts.map((part) => plain(t(`verification-${part}`))), ...both(verification.why)];
}

function toBasisLines({ type, lawRef }: LegalBasis, { t }: Texts): readonly ValueLine[] {
  const ground = plain(t(`basis-${type}`));
  if (lawRef === null) {
    return [ground];
  }
  return [ground, ...(typeof lawRef === 'string' ? [plain(lawRef)] : both(lawRef))];
}

function toKindLines(purpose: Purpose, texts: Texts): readonly ValueLine[] {
  return personKinds
    .filter((kind) => purpose.basisByKind[kind] !== undefined)
    .flatMap((kind) => [plain(texts.t(`kind-${kind}`)), ...toBasisLines(toBasis(purpose, kind), texts)]);
}

function toCountry(country: string, { language }: Texts): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}

function toStorageLines({ location, jurisdiction, transfers }: DataStorage, texts: Texts): readonly ValueLine[] {
  const { t } = texts;
  return [
    ...both(location),
    plain(t('storage-jurisdiction', { country: toCountry(jurisdiction, texts) })),
    ...transfers.flatMap(({ country, why }) => [plain(t('storage-transfer', { country: toCountry(country, texts) })), ...both(why)]),
  ];
}

function toTermLines({ mode, fetch, maxUses, frequency, dataRange }: AccessTerms, texts: Texts): readonly ValueLine[] {
  const { t } = texts;
  return [
    plain(t(`terms-mode-${mode}`)),
    plain(t(`terms-fetch-${fetch}`)),
    ...(maxUses === null ? [] : [plain(t('terms-max-uses', { count: maxUses }))]),
    ...(frequency === null
      ? []
      : [plain(t('terms-frequency', { count: frequency.times, duration: toDurationText(texts, frequency.per) }))]),
    ...toRangeLines(dataRange, texts),
  ];
}

function toRangeLines(range: AccessTerms['dataRange'], { t }: Texts): readonly ValueLine[] {
  const from = range?.from ?? null;
  const to = range?.to ?? null;
  return [
    ...(from === null ? [] : [plain(t('terms-data-from', { date: from }))]),
    ...(to === null ? [] : [plain(t('terms-data-to', { date: to }))]),
  ];
}
