// The consent page as prepared values, printed from the purpose and the attribute catalogue; the person's own values are only masked here, never stored.

import { attributeCatalogue, getAttribute } from '../../domain/attributes/catalogue.ts';
import { toDisplay } from '../../domain/attributes/display.ts';
import type { AskedAttribute, Purpose } from '../../domain/agencies/agency.ts';
import { isValid } from '../../domain/consent/consent.ts';
import { isCovered, isSuperseded } from '../../domain/consent/superseded.ts';
import type { Asked } from '../../domain/consent/asked.ts';
import { addDuration } from '../../domain/kernel/clock.ts';
import type { Language, PersonalData, PersonKind, StoredPerson } from '../../domain/people/person.ts';
import type { Request } from '../../oidc/requested.ts';
import type { AskedAttribute as ShownAttribute, ChosenAttribute, OwnValue } from '../../../views/models.ts';
import type { Terms } from '../../../views/terms-model.ts';
import { toFixedTerms, toRetention } from './purpose-terms.ts';
import type { DecisionAsked } from './decision-asked.ts';

export type ValueReader = {
  readonly person: Pick<StoredPerson, 'kind'>;
  readonly data: PersonalData;
  readonly language: Language;
  readonly now: number;
};

const kindsByFormat: Readonly<Record<string, 'code' | 'phone' | 'email' | 'date' | 'plain'>> = {
  identifier: 'code',
  phone: 'phone',
  email: 'email',
  date: 'date',
  // A language is seen by everybody who sees the page.
  locale: 'plain',
};
const nameAttributes = /name$/;

/** The person's own value of one attribute, as their own pages show it under a mask. */
export function toOwnValue(name: string, reader: ValueReader): OwnValue {
  const attribute = getAttribute(name);
  const text = toDisplay(name, { kind: reader.person.kind, data: reader.data }, { language: reader.language, now: reader.now });
  if (text === undefined) {
    return { kind: 'missing' };
  }
  const raw = reader.data[name];
  if (attribute.format === 'date' && typeof raw === 'string') {
    return { kind: 'date', text: raw };
  }
  return { kind: kindsByFormat[attribute.format] ?? (nameAttributes.test(name) ? 'name' : 'text'), text };
}

function toShown(asked: AskedAttribute, purpose: Purpose, reader: ValueReader): ShownAttribute {
  const attribute = getAttribute(asked.name);
  return {
    name: asked.name,
    label: attribute.labels[reader.language],
    answerOnly: attribute.forms.every((form) => form === 'yes_no'),
    value: toOwnValue(asked.name, reader),
    why: asked.why[reader.language],
    source: attribute.source.id === 'self' ? null : attribute.source.labels[reader.language],
    retention: toRetention(purpose),
  };
}

export function toNeeded(request: Request, reader: ValueReader): readonly ShownAttribute[] {
  return request.asked.attributes.filter((asked) => asked.necessity === 'required').map((asked) => toShown(asked, request.purpose, reader));
}

/** Off unless the person granted it before, on terms that cover these, and that consent still stands. */
export function toChoices({ agreed, current, request }: DecisionAsked, reader: ValueReader): readonly ChosenAttribute[] {
  const asked = { purpose: request.purpose, agreed, kind: reader.person.kind, service: request.registered.service };
  const standing = current !== undefined && isValid(current, reader.now) && !isSuperseded(current, asked) ? current : undefined;
  const granted = standing?.attributes.filter(({ decision }) => decision === 'granted').map(({ name }) => name) ?? [];
  const isChecked = (attribute: AskedAttribute): boolean =>
    standing !== undefined && granted.includes(attribute.name) && isCovered(standing, attribute, asked);
  return request.asked.attributes
    .filter(({ necessity }) => necessity === 'optional')
    .map((attribute) => ({ ...toShown(attribute, request.purpose, reader), checked: isChecked(attribute) }));
}

const oftenFeared = ['birthdate', 'address', 'phone_number', 'email', 'picture', 'marital_status'];
/** The number that people of each kind are known by, which is the one they wonder about. */
const numbers: Readonly<Record<PersonKind, string>> = {
  citizen: 'national_id',
  resident: 'residency_number',
  visitor: 'passport_number',
  gcc: 'passport_number',
};

/** What this agency cannot see, as far as people commonly wonder. */
export function toNotAsked(asked: Asked, { language, person }: ValueReader): readonly string[] {
  const names = new Set(asked.attributes.map((attribute) => attribute.name));
  const feared = [numbers[person.kind], ...oftenFeared];
  return attributeCatalogue
    .filter((attribute) => feared.includes(attribute.name) && !names.has(attribute.name))
    .map((attribute) => attribute.labels[language]);
}

export function toTerms({ registered, purpose, isOffline }: Request, { language, now }: Pick<ValueReader, 'language' | 'now'>): Terms {
  return { ...toFixedTerms(registered, purpose, language), endsAt: addDuration(now, purpose.expiresAfter), isOffline };
}
