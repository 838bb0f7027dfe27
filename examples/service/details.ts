// Attributes as people read them: what they are called, and what arrived.

import type { Claims } from './provider.ts';
import type { Asked, Purpose } from './settings.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  name: { ar: 'الاسم الكامل', en: 'Full name' },
  given_name: { ar: 'الاسم الأول', en: 'First name' },
  family_name: { ar: 'اسم العائلة', en: 'Family name' },
  email: { ar: 'البريد الإلكتروني', en: 'Email' },
  phone_number: { ar: 'رقم الجوال', en: 'Mobile number' },
  gender: { ar: 'الجنس', en: 'Gender' },
  city: { ar: 'المدينة', en: 'Town' },
  birth_year: { ar: 'سنة الميلاد', en: 'Year of birth' },
  disability_support: { ar: 'الحاجة إلى مساعدة', en: 'Needs support' },
  age_over_18: { ar: 'بلوغ 18 سنة', en: 'Aged 18 or over' },
  document_valid: { ar: 'سريان الوثيقة', en: 'Identity document is valid' },
  is_employed: { ar: 'على رأس عمل', en: 'Is employed' },
};

const values: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  female: { ar: 'أنثى', en: 'Female' },
  male: { ar: 'ذكر', en: 'Male' },
};

export function toName(attribute: string, language: Language): string {
  return names[attribute]?.[language] ?? attribute;
}

function toText(value: unknown, language: Language): string {
  if (typeof value === 'boolean') {
    return value ? words[language].yes : words[language].no;
  }
  return typeof value === 'string' ? (values[value]?.[language] ?? value) : JSON.stringify(value);
}

/** OpenID Connect Core 1.0 §5.2: a name with a language tag is preferred to the same name without one. */
export function findDetail(claims: Claims, attribute: string, language: Language): string | undefined {
  const value = claims[`${attribute}#${language}`] ?? claims[attribute];
  return value === undefined || value === null ? undefined : toText(value, language);
}

/** Whether everything arrived without which the errand cannot be done. */
export function isComplete({ attributes }: Purpose, claims: Claims): boolean {
  return attributes.every(({ name, isOptional }) => isOptional || findDetail(claims, name, 'ar') !== undefined);
}

/** Optional attributes that people may keep, and did. A service works without them. */
export function listMissing({ attributes }: Purpose, claims: Claims): readonly Asked[] {
  return attributes.filter(({ name, isOptional }) => isOptional && findDetail(claims, name, 'ar') === undefined);
}
