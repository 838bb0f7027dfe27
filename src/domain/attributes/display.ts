// A person's own value in words, for the page on which they decide. Never used for what is released. Masking is the page's business.

import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Attribute, Format, Wording } from './attribute.ts';
import { findAttribute } from './catalogue.ts';
import { isObject, isText } from './tagged-value.ts';
import type { LanguageTag } from './tagged-value.ts';
import { findValue, pickVariant } from './values.ts';
import type { Holder } from './values.ts';

export type Reader = { readonly language: LanguageTag; readonly now: Millis };

/** `undefined` when the person has no value. */
export function toDisplay(name: string, holder: Holder, reader: Reader): string | undefined {
  const attribute = findAttribute(name);
  const value = attribute === undefined ? undefined : findValue(attribute, holder, reader.now);
  const variant = value === undefined ? undefined : pickVariant(value, [reader.language]);
  return attribute === undefined || variant === undefined ? undefined : toWords(attribute, variant, reader.language);
}

const yes: Wording = { ar: 'نعم', en: 'Yes' };
const no: Wording = { ar: 'لا', en: 'No' };

const addressOrder = ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'] as const;
const placeOrder = ['locality', 'region', 'country'] as const;

type Writer = (value: Json, language: LanguageTag) => string;

const writers: Partial<Readonly<Record<Format, Writer>>> = {
  date: (value, language) => (isText(value) ? toBothCalendars(Date.parse(value), language) : ''),
  hijri_date: (value, language) => (isText(value) ? toHijriDay(value, language) : ''),
  yes_no: (value, language) => (value === true ? yes : no)[language],
  address: (value, language) => toAddressLine(value, language),
  place: (value, language) => toLine(pickMembers(value, placeOrder), language),
  identifiers: (value, language) => (Array.isArray(value) ? value.filter(isText).join(separators[language]) : ''),
  countries: (value, language) => (Array.isArray(value) ? toLine(value.filter(isText), language) : ''),
  moment: (value, language) => (typeof value === 'number' ? toBothCalendars(value * 1000, language) : ''),
  locale: (value, language) => (isText(value) ? toName('language', value, language) : ''),
};

function toWords(attribute: Attribute, value: Json, language: LanguageTag): string {
  if (attribute.format === 'choice') {
    const choice = attribute.choices[toPlainText(value)];
    return choice === undefined ? toPlainText(value) : choice[language];
  }
  const write = writers[attribute.format];
  return write === undefined ? toPlainText(value) : write(value, language);
}

function toPlainText(value: Json): string {
  return isText(value) ? value : JSON.stringify(value);
}

function toOneLine(text: string, language: LanguageTag): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(separators[language]);
}

/** A text that says it all goes alone; the rest would only repeat it. */
function toAddressLine(value: Json, language: LanguageTag): string {
  const formatted = isObject(value) ? value['formatted'] : undefined;
  return isText(formatted) ? toOneLine(formatted, language) : toLine(pickMembers(value, addressOrder), language);
}

const noBreak = '\u00A0';
const separators = { ar: '، ', en: ', ' } as const;

function pickMembers(value: Json, order: readonly string[]): readonly string[] {
  return isObject(value) ? order.map((member) => value[member]).filter(isText) : [];
}

/** Countries are held as ISO 3166-1 codes and read as names. */
function toLine(parts: readonly string[], language: LanguageTag): string {
  return parts.map((part) => (/^[A-Z]{2}$/.test(part) ? toName('region', part, language) : part)).join(separators[language]);
}

function toName(type: 'region' | 'language', code: string, language: LanguageTag): string {
  return new Intl.DisplayNames([language], { type }).of(code) ?? code;
}

const hijriMonths = {
  ar: 'محرم,صفر,ربيع الأول,ربيع الآخر,جمادى الأولى,جمادى الآخرة,رجب,شعبان,رمضان,شوال,ذو القعدة,ذو الحجة'.split(','),
  en: 'Muharram,Safar,Rabi I,Rabi II,Jumada I,Jumada II,Rajab,Shaban,Ramadan,Shawwal,Dhul-Qidah,Dhul-Hijjah'.split(','),
} as const;

/** The runtime names Hijri months only for moments it can place; this date is the register's own. */
function toHijriDay(date: string, language: LanguageTag): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = hijriMonths[language][Number(month) - 1] ?? month;
  return [Number(day), name, year, language === 'ar' ? 'هـ' : 'AH'].join(' ').replaceAll(' ', noBreak);
}

const calendars = {
  ar: ['ar-u-ca-gregory-nu-latn', 'ar-u-ca-islamic-umalqura-nu-latn'],
  en: ['en-GB-u-ca-gregory-nu-latn', 'en-GB-u-ca-islamic-umalqura-nu-latn'],
} as const;

function toBothCalendars(at: Millis, language: LanguageTag): string {
  const [gregorian, hijri] = calendars[language].map((locale) => toDate(at, locale));
  return `${gregorian} (${hijri})`;
}

const options = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' } as const;
/** Made once: each takes far longer to make than to use. */
const formats = new Map([...calendars.ar, ...calendars.en].map((locale) => [locale, new Intl.DateTimeFormat(locale, options)] as const));

/** English names of Hijri months go without diacritics and half rings; a date never breaks over two lines. */
function toDate(at: Millis, locale: (typeof calendars)[LanguageTag][number]): string {
  return (formats.get(locale)?.format(at) ?? '')
    .normalize('NFD')
    .replaceAll(/[\u02BB-\u02BF\u2018\u2019\u200E\u200F]|[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .replaceAll(' ', noBreak);
}
