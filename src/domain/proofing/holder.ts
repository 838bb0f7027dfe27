// Whether a document that an officer holds in their hands can be this person's, as far as the registry knows. The officer writes down what stands on the
// document and is shown nothing before: what both say independently is worth something (ADR-0085).

import type { KeyObject } from 'node:crypto';
import { dayMs } from '../kernel/clock.ts';
import { toHijriDay } from '../attributes/derivations.ts';
import { getRegisteredData } from '../people/get-personal-data.ts';
import type { PersonalData, StoredPerson } from '../people/person.ts';
import type { DocumentType, Evidence } from './evidence.ts';

export type SeenDocument = {
  readonly evidence: Evidence;
  /** The day of birth on the document, `YYYY-MM-DD` in the Gregorian calendar; empty where none was written down. */
  readonly birth: string;
};

type Needs = { readonly dataKey: KeyObject };

/** Documents that bear a number which the registry gives for life. A passport is not among them: each new one has another. */
const numbers: Readonly<Partial<Record<DocumentType, string>>> = { idcard: 'national_id', residence_permit: 'residency_number' };

const findText = (data: PersonalData, name: string): string | undefined => {
  const value = data[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** Whether the day of birth has to be written down: the registry knows it, in either calendar. */
export function isBirthKnown(needs: Needs, person: StoredPerson): boolean {
  const data = getRegisteredData(needs, person);
  return findText(data, 'birthdate') !== undefined || findText(data, 'birthdate_hijri') !== undefined;
}

/** Where only a Hijri day is known, the day beside it is good too: that day begins at sunset, and older registers counted from another moon. */
function isBirth(data: PersonalData, birth: string): boolean {
  const [own, hijri] = [findText(data, 'birthdate'), findText(data, 'birthdate_hijri')];
  if (own !== undefined || hijri === undefined) {
    return own === undefined || own === birth;
  }
  const at = Date.parse(birth);
  return !Number.isNaN(at) && [at - dayMs, at, at + dayMs].map(toHijriDay).includes(hijri);
}

function isNumber(data: PersonalData, { document_details: { type, document_number: end } }: Evidence): boolean {
  const name = numbers[type];
  const known = name === undefined ? undefined : findText(data, name);
  return known === undefined || known.toUpperCase().endsWith(end);
}

const nameParts = ['given_name', 'father_name', 'grandfather_name', 'family_name'] as const;

export type RegisteredName = { readonly language: 'ar' | 'en' | null; readonly text: string };

function findName(data: PersonalData, tag: string): string | undefined {
  const parts = nameParts.map((part) => findText(data, `${part}${tag}`)).filter((part) => part !== undefined);
  return findText(data, `name${tag}`) ?? (parts.length === 0 ? undefined : parts.join(' '));
}

/** The whole name, in each script in which the registry holds it. */
export function listNames(needs: Needs, person: StoredPerson): readonly RegisteredName[] {
  const data = getRegisteredData(needs, person);
  const named = ([tag, language]: readonly [string, RegisteredName['language']]): readonly RegisteredName[] => {
    const text = findName(data, tag);
    return text === undefined ? [] : [{ language, text }];
  };
  const tagged = (
    [
      ['#ar', 'ar'],
      ['#en', 'en'],
    ] as const
  ).flatMap(named);
  return tagged.length > 0 ? tagged : named(['', null]);
}

/** Somebody without a name in the registry is nobody's document: there would be nothing for the officer to compare. */
export function isHolder(needs: Needs, person: StoredPerson, { evidence, birth }: SeenDocument): boolean {
  const data = getRegisteredData(needs, person);
  return listNames(needs, person).length > 0 && isBirth(data, birth) && isNumber(data, evidence);
}
