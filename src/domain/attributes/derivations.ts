// Minimum answers: what can be computed so that the value behind it need not leave (domain model 2.10). Pure.
// Days are counted in UTC. East of Greenwich that is never too early: nobody is of age, and no permit outlives itself, before the local day says so.

import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { isObject, isText, toTagged } from './tagged-value.ts';
import type { AttributeValues, LanguageTag, TaggedValue } from './tagged-value.ts';

export type Derivation = (data: AttributeValues, now: Millis) => TaggedValue;

const nameParts = ['given_name', 'father_name', 'grandfather_name', 'family_name'] as const;

export const derivations: Readonly<Record<string, Derivation>> = {
  name: (data) => toTagged({ plain: composeName(data, ''), ar: composeName(data, '#ar'), en: composeName(data, '#en') }),
  birthdate_hijri: (data) => toTagged({ plain: toHijri(data['birthdate']) }),
  birth_year: (data) => toTagged({ plain: toYear(data['birthdate']) }),
  age_over_15: createAgeDerivation(15),
  age_over_18: createAgeDerivation(18),
  age_over_21: createAgeDerivation(21),
  age_over_60: createAgeDerivation(60),
  id_type: (data) => toTagged({ plain: data['id_type'] }),
  is_citizen: (data) => toTagged({ plain: isKind(data, ['citizen']) }),
  is_gcc: (data) => toTagged({ plain: isKind(data, ['citizen', 'gcc']) }),
  has_dependants: (data) => toTagged({ plain: typeof data['dependants_count'] === 'number' ? data['dependants_count'] > 0 : undefined }),
  is_employed: (data) => toTagged({ plain: toEmployed(data['employment_status']) }),
  national_id_last4: (data) => toTagged({ plain: isText(data['national_id']) ? data['national_id'].slice(-4) : undefined }),
  residency_valid: createValidity('residency_expiry'),
  visa_valid: createValidity('visa_expiry'),
  document_valid: createValidity('document_expiry'),
  region: createAddressPart('region'),
  city: createAddressPart('locality'),
};

function composeName(data: AttributeValues, tag: '' | `#${LanguageTag}`): string | undefined {
  const parts = nameParts.map((part) => data[`${part}${tag}`]).filter(isText);
  const hasEnds = isText(data[`given_name${tag}`]) && isText(data[`family_name${tag}`]);
  return hasEnds ? parts.join(' ') : undefined;
}

function toYear(birthdate: Json | undefined): number | undefined {
  return isText(birthdate) ? Number(birthdate.slice(0, 4)) : undefined;
}

/** The calendar of public documents in the Gulf, Umm al-Qura, as `YYYY-MM-DD`. */
function toHijri(birthdate: Json | undefined): string | undefined {
  if (!isText(birthdate)) {
    return undefined;
  }
  const format = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = new Map(format.formatToParts(Date.parse(birthdate)).map((part) => [part.type, part.value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

function createAgeDerivation(years: number): Derivation {
  return (data, now) => {
    const birthdate = data['birthdate'];
    if (!isText(birthdate)) {
      return {};
    }
    // Text order is date order; who was born on 29 February comes of age on 1 March in other years.
    const birthday = `${String(Number(birthdate.slice(0, 4)) + years).padStart(4, '0')}${birthdate.slice(4)}`;
    return { plain: birthday <= toDay(now) };
  };
}

function createValidity(expiryName: string): Derivation {
  return (data, now) => {
    const expiry = data[expiryName];
    return isText(expiry) ? { plain: toDay(now) <= expiry } : {};
  };
}

function createAddressPart(member: string): Derivation {
  const read = (address: Json | undefined): Json | undefined => (isObject(address) ? address[member] : undefined);
  return (data) => toTagged({ plain: read(data['address']), ar: read(data['address#ar']), en: read(data['address#en']) });
}

function toEmployed(status: Json | undefined): boolean | undefined {
  return isText(status) ? status === 'employed' || status === 'self_employed' : undefined;
}

function isKind(data: AttributeValues, kinds: readonly string[]): boolean | undefined {
  const kind = data['id_type'];
  return isText(kind) ? kinds.includes(kind) : undefined;
}

function toDay(now: Millis): string {
  return new Date(now).toISOString().slice(0, 10);
}
