// Terms of which there are only so many, in words: what the log can say of a level, a role or a kind of person is chosen, not typed.

import { forms } from '../../../domain/attributes/attribute.ts';
import { languageTags } from '../../../domain/attributes/tagged-value.ts';
import { reportCategories } from '../../../domain/home/report.ts';
import { levels } from '../../../domain/kernel/levels.ts';
import { actorKinds } from '../../../domain/ledger/event.ts';
import { personKinds } from '../../../domain/people/person.ts';
import { documentTypes } from '../../../domain/proofing/evidence.ts';
import { roles } from '../../../domain/staff/officer.ts';
import type { FilterGroup, FilterOption } from '../../../../views/audit-model.ts';
import type { Texts } from '../../../../views/messages/messages.ts';
import { shownDocuments } from '../../../../views/office-model.ts';
import type { AskedName } from '../../../../views/question-model.ts';

/** Each language by its own name, for whoever reads neither of the page. */
const languageNames = { ar: 'العربية', en: 'English' } as const;

const toOptions = <T extends string>(terms: readonly T[], toLabel: (term: T) => string): readonly FilterOption[] =>
  terms.map((value) => ({ value, label: toLabel(value) }));

const closed: { readonly [Name in AskedName]?: (texts: Texts) => readonly FilterOption[] } = {
  form: ({ t }) => toOptions(forms, (form) => t(`form-${form}`)),
  level: ({ t }) => toOptions(levels, (level) => t(`step-up-${level}`)),
  language: () => toOptions(languageTags, (tag) => languageNames[tag]),
  'person-kind': ({ t }) => toOptions(personKinds, (kind) => t(`kind-${kind}`)),
  category: ({ t }) => toOptions(reportCategories, (category) => t(`report-category-${category}`)),
  role: ({ t }) => toOptions(roles, (role) => t(`role-${role}`)),
  document: ({ t }) => toOptions([...new Set([...shownDocuments, ...documentTypes])], (document) => t(`document-${document}`)),
  'actor-kind': ({ t }) => toOptions(actorKinds, (kind) => t(`actor-${kind}`)),
  shared: ({ t }) => [{ value: 'yes', label: t('asked-shared-yes') }],
};

/** `undefined` where a term is typed, because services, offices and later versions bring their own. */
export function findClosedTerms(texts: Texts, name: AskedName): readonly FilterGroup[] | undefined {
  const options = closed[name]?.(texts);
  return options && [{ label: '', options }];
}
