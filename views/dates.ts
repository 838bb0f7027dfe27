// Moments and durations in words. Both calendars wherever a date decides something: Gregorian first, Umm al-Qura after it in brackets (DESIGN 6.6).
// Digits are 0–9 in both languages, set explicitly; nothing inside a date breaks. It must never use the machine's own time zone.

import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Language } from './messages/messages.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';

export type Dates = {
  /** "21 November 2026 (11 Jumada II 1448 AH)": where a date decides something. */
  readonly day: (at: Millis) => Html;
  /** "21 November 2026": in dense lists. */
  readonly shortDay: (at: Millis) => Html;
  /** "21 November 2026, 9:14 am". */
  readonly moment: (at: Millis) => Html;
  /** "21 November 2026, 9:14 am (11 Jumada II 1448 AH)": where a moment decides something. */
  readonly deadline: (at: Millis) => Html;
  /** "9:14 am". */
  readonly time: (at: Millis) => Html;
  /** "21:03:55", for staff. */
  readonly clock: (at: Millis) => Html;
  /** "Saturday, 21 November 2026 (11 Jumada II 1448 AH)": above what happened on that day. */
  readonly dayHeading: (at: Millis) => Html;
  /** The calendar day in the state's own time zone, `YYYY-MM-DD`. */
  readonly dayKey: (at: Millis) => string;
  /** Calendar days from one moment to another in that time zone: 0 on the same day, 1 from late tonight to early tomorrow. */
  readonly countDays: (from: Millis, to: Millis) => number;
  /** A calendar date without a time zone, `YYYY-MM-DD`, in both calendars; anything else is given back as text. */
  readonly calendarDay: (date: string) => Html;
};

const gregorianLocale = { ar: 'ar-u-ca-gregory-nu-latn', en: 'en-GB-u-ca-gregory-nu-latn' } as const;
const hijriLocale = { ar: 'ar-u-ca-islamic-umalqura-nu-latn', en: 'en-GB-u-ca-islamic-umalqura-nu-latn' } as const;
const dayPeriods = {
  ar: { morning: 'صباحًا', noon: 'ظهرًا', evening: 'مساءً', comma: '،' },
  en: { morning: 'am', noon: 'pm', evening: 'pm', comma: ',' },
} as const;
const dayMs = 86_400_000;
const noBreak = '\u00a0';
const noBreakHyphen = '\u2011';

function createDayFormat(locale: string, timeZone: string): (at: Millis) => string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
  // English names of Hijri months go without diacritics and half rings; the direction marks some locales add are not wanted inside <time>.
  return (at) =>
    format
      .format(at)
      .normalize('NFD')
      .replace(/[\u02bb-\u02bf\u2018\u2019\u200e\u200f]|[\u0300-\u036f]/g, '')
      .normalize('NFC')
      .replace(/ /g, noBreak)
      .replace(/-/g, noBreakHyphen);
}

function createTimeFormat(language: Language, timeZone: string): (at: Millis) => string {
  const format = new Intl.DateTimeFormat('en-GB-u-nu-latn', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const periods = dayPeriods[language];
  return (at) => {
    const [hours = '0', minutes = '00'] = format.format(at).split(':');
    const hour = Number(hours);
    const afterMorning = hour === 12 ? periods.noon : periods.evening;
    return `${hour % 12 === 0 ? 12 : hour % 12}:${minutes}${noBreak}${hour < 12 ? periods.morning : afterMorning}`;
  };
}

function createBothCalendars(language: Language, timeZone: string): (at: Millis, machine: string) => Html {
  const gregorian = createDayFormat(gregorianLocale[language], timeZone);
  const hijri = createDayFormat(hijriLocale[language], timeZone);
  return (at, machine) => html`<time datetime="${machine}">${gregorian(at)} <span class="hijri">(${hijri(at)})</span></time>`;
}

/** `timeZone` is the state's own, such as `Asia/Riyadh`: a deadline is the same day for everybody. */
export function createDates(language: Language, timeZone: string): Dates {
  const shortDay = createDayFormat(gregorianLocale[language], timeZone);
  const time = createTimeFormat(language, timeZone);
  const bothCalendars = createBothCalendars(language, timeZone);
  const bothCalendarsUtc = createBothCalendars(language, 'UTC');
  const hijri = createDayFormat(hijriLocale[language], timeZone);
  const machine = (at: Millis): string => new Date(at).toISOString();
  const toMoment = (at: Millis): string => `${shortDay(at)}${dayPeriods[language].comma} ${time(at)}`;
  // The Swedish form of a date is the machine's own (ISO 8601).
  const iso = new Intl.DateTimeFormat('sv-SE-u-ca-gregory-nu-latn', { timeZone, dateStyle: 'short' });
  const clock = new Intl.DateTimeFormat('en-GB-u-nu-latn', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const weekday = new Intl.DateTimeFormat(gregorianLocale[language], { timeZone, weekday: 'long' });
  const dayKey = (at: Millis): string => iso.format(at);
  return {
    day: (at) => bothCalendars(at, machine(at)),
    shortDay: (at) => html`<time datetime="${machine(at)}">${shortDay(at)}</time>`,
    moment: (at) => html`<time datetime="${machine(at)}">${toMoment(at)}</time>`,
    deadline: (at) => html`<time datetime="${machine(at)}">${toMoment(at)} <span class="hijri">(${hijri(at)})</span></time>`,
    time: (at) => html`<time datetime="${machine(at)}">${time(at)}</time>`,
    clock: (at) => html`<time datetime="${machine(at)}" dir="ltr">${clock.format(at)}</time>`,
    dayHeading: (at) => html`${weekday.format(at)}${dayPeriods[language].comma} ${bothCalendars(at, dayKey(at))}`,
    dayKey,
    countDays: (from, to) => (Date.parse(dayKey(to)) - Date.parse(dayKey(from))) / dayMs,
    calendarDay: (date) => {
      const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T12:00:00Z`) : Number.NaN;
      return Number.isNaN(at) ? html`${date}` : bothCalendarsUtc(at, date);
    },
  };
}
