// Minimum answers: what can be computed so that the value behind it need not leave (domain model 2.10). Pure.
// Days are counted in UTC. East of Greenwich that is never too early: nobody is of age, and no permit outlives itself, before the local day says so.

import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { isOwnName } from './match-name.ts';
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
  age_over_15_hijri: createHijriAgeDerivation(15),
  age_over_18_hijri: createHijriAgeDerivation(18),
  age_over_21_hijri: createHijriAgeDerivation(21),
  age_over_60_hijri: createHijriAgeDerivation(60),
  name_match: (data) => toTagged({ plain: isOwnName(data, data['name_match']) }),
  may_sign_for: (data) => toTagged({ plain: maySignFor(data) }),
  is_guardian_of: (data) => toTagged({ plain: isGuardianOf(data) }),
  representation: () => ({ plain: 'self' }),
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

/** The calendar of public documents in the Gulf, Umm al-Qura. */
const ummAlQura = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export function toHijriDay(at: Millis): string {
  const parts = new Map(ummAlQura.formatToParts(at).map((part) => [part.type, part.value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

function toHijri(birthdate: Json | undefined): string | undefined {
  return isText(birthdate) ? toHijriDay(Date.parse(birthdate)) : undefined;
}

function createAgeDerivation(years: number): Derivation {
  return (data, now) => {
    const birthdate = data['birthdate'];
    if (!isText(birthdate)) {
      return {};
    }
    return { plain: addYears(birthdate, years) <= toDay(now) };
  };
}

/** By the register's own Hijri date of birth where it holds one: it may be the only one that is certain. */
function createHijriAgeDerivation(years: number): Derivation {
  return (data, now) => {
    const own = data['birthdate_hijri'];
    const birthdate = isText(own) ? own : toHijri(data['birthdate']);
    return birthdate === undefined ? {} : { plain: addYears(birthdate, years) <= toHijriDay(now) };
  };
}

/** Text order is date order: who was born on a day that a later year lacks, such as 29 February, comes of age on the day after. */
function addYears(date: string, years: number): string {
  return `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;
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

/** Without an organisation to compare with, for the one that the register holds. */
function maySignFor(data: AttributeValues): boolean | undefined {
  const power = data['signing_power'];
  const wanted = data['may_sign_for'];
  if (!isText(power)) {
    return undefined;
  }
  return power !== 'none' && (wanted === undefined || wanted === data['org_number']);
}

function isGuardianOf(data: AttributeValues): boolean | undefined {
  const wards = data['guardian_of'];
  const wanted = data['is_guardian_of'];
  return Array.isArray(wards) && isText(wanted) ? wards.includes(wanted) : undefined;
}
