// What a value of each format must look like. Answers are phrases to follow the attribute's name; they never repeat the value.

import type { Json } from '../kernel/canonical.ts';
import type { Attribute, Format } from './attribute.ts';
import { isObject, isText } from './tagged-value.ts';

const maxTextLength = 300;
// Controls (U+0000 among them), and the embeddings, overrides and isolates that could make a page read differently from what is stored.
const forbidden = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u;

type Check = (value: Json) => string | undefined;

const checks: Readonly<Record<Exclude<Format, 'choice'>, Check>> = {
  text: (value) => (isPlainText(value) ? undefined : `must be a text of 1 to ${maxTextLength} characters without control characters`),
  identifier: createPattern(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/, 'must be 1 to 64 letters and digits of ASCII'),
  identifiers: (value) => (isIdentifiers(value) ? undefined : 'must be a list of 1 to 50 numbers of people'),
  date: (value) => (isRealDate(value) ? undefined : 'must be a real date, written YYYY-MM-DD'),
  hijri_date: createPattern(/^1[2-6]\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|30)$/, 'must be a Hijri date, written YYYY-MM-DD'),
  yes_no: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  count: (value) => (isCount(value) && value <= 1000 ? undefined : 'must be a whole number from 0 to 1000'),
  email: (value) => (isEmail(value) ? undefined : 'must be an email address'),
  phone: createPattern(/^\+[1-9]\d{6,14}$/, 'must be a telephone number in the form of E.164, such as +966500000000'),
  url: (value) => (isWebUrl(value) ? undefined : 'must be an https URL'),
  address: createMembers(['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country']),
  place: createMembers(['locality', 'region', 'country']),
  countries: (value) => (isCountries(value) ? undefined : 'must be a list of country codes of ISO 3166-1, such as ["SA"]'),
  locale: (value) => (isLocale(value) ? undefined : 'must be a language tag of BCP 47, such as ar'),
  zoneinfo: (value) => (isZone(value) ? undefined : 'must be a time zone, such as Asia/Riyadh'),
  moment: (value) => (isCount(value) && value < 2 ** 40 ? undefined : 'must be a number of seconds since 1970'),
};

export function findFormatProblem(attribute: Attribute, value: Json): string | undefined {
  if (attribute.format !== 'choice') {
    return checks[attribute.format](value);
  }
  const allowed = Object.keys(attribute.choices);
  return isText(value) && allowed.includes(value) ? undefined : `must be one of ${allowed.join(', ')}`;
}

/** Unicode normal form C in every text, at any depth. */
export function toNormalForm(value: Json): Json {
  if (isText(value)) {
    return value.normalize('NFC');
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toNormalForm(member)]));
  }
  return isList(value) ? value.map(toNormalForm) : value;
}

function createPattern(pattern: RegExp, problem: string): Check {
  return (value) => (isText(value) && pattern.test(value) ? undefined : problem);
}

function createMembers(allowed: readonly string[]): Check {
  const problem = `must be an object of texts under ${allowed.join(', ')}`;
  return (value) => {
    const entries = isObject(value) ? Object.entries(value) : [];
    const isRight = entries.length > 0 && entries.every(([name, member]) => allowed.includes(name) && isMemberText(name, member));
    return isRight ? undefined : problem;
  };
}

/** Only the whole address may run over several lines (OIDC Core 1.0 §5.1.1). */
function isMemberText(name: string, value: Json): boolean {
  return name === 'formatted' || name === 'street_address'
    ? isText(value) && isPlainText(value.replaceAll(/\r?\n/g, ' '))
    : isPlainText(value);
}

function isPlainText(value: Json): boolean {
  return isText(value) && value.trim() !== '' && value.length <= maxTextLength && value.isWellFormed() && !forbidden.test(value);
}

function isRealDate(value: Json): boolean {
  if (!isText(value) || !/^(?:1[89]|2\d)\d\d-\d\d-\d\d$/.test(value)) {
    return false;
  }
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

function isCount(value: Json): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isEmail(value: Json): boolean {
  return (
    isText(value) &&
    value.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/.test(value)
  );
}

function isWebUrl(value: Json): boolean {
  return isText(value) && value.length <= 2000 && !forbidden.test(value) && URL.canParse(value) && new URL(value).protocol === 'https:';
}

function isCountries(value: Json): boolean {
  return isList(value) && value.length > 0 && value.length <= 5 && value.every((code) => isText(code) && /^[A-Z]{2}$/.test(code));
}

function isIdentifiers(value: Json): boolean {
  return isList(value) && value.length > 0 && value.length <= 50 && value.every((id) => isText(id) && /^[A-Za-z0-9._-]{1,64}$/.test(id));
}

function isLocale(value: Json): boolean {
  return isText(value) && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(value) && canUse(() => Intl.getCanonicalLocales(value));
}

function isZone(value: Json): boolean {
  return isText(value) && value.length <= 64 && canUse(() => new Intl.DateTimeFormat('en', { timeZone: value }));
}

/** These two parsers of the runtime answer by throwing. */
function canUse(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
