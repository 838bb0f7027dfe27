// Moments and durations in words, as the pages of the server print them: Gregorian, then Hijri (Umm al-Qura), at the clock of the state.

/** @typedef {'ar' | 'en'} Language */

const timeZone = 'Asia/Riyadh';
const gregorian = { ar: 'ar-u-ca-gregory-nu-latn', en: 'en-GB-u-ca-gregory-nu-latn' };
const hijri = { ar: 'ar-u-ca-islamic-umalqura-nu-latn', en: 'en-GB-u-ca-islamic-umalqura-nu-latn' };
const periods = { ar: ['صباحًا', 'ظهرًا', 'مساءً'], en: ['am', 'pm', 'pm'] };
const noBreak = '\u00a0';

/**
 * @param {string} locale
 * @param {number} at
 */
function formatDay(locale, at) {
  const text = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  return text
    .normalize('NFD')
    .replaceAll(/[\u02bb-\u02bf\u2018\u2019\u200e\u200f]|[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(' ', noBreak)
    .replaceAll('-', '\u2011');
}

/**
 * "21 November 2026 (11 Jumada II 1448 AH)".
 * @param {Language} language
 * @param {number} at milliseconds
 */
export function toDayText(language, at) {
  return `${formatDay(gregorian[language], at)} (${formatDay(hijri[language], at)})`;
}

/**
 * "9:14 am".
 * @param {Language} language
 * @param {number} at milliseconds
 */
export function toTimeText(language, at) {
  const format = new Intl.DateTimeFormat('en-GB-u-nu-latn', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [hours, minutes] = format.format(at).split(':');
  const hour = Number(hours);
  const [morning, noon, evening] = periods[language];
  const afterMorning = hour === 12 ? noon : evening;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minutes}${noBreak}${hour < 12 ? morning : afterMorning}`;
}

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;
const units = ['year', 'month', 'week', 'day', 'hour', 'minute'];

/**
 * "2 years", from an ISO 8601 duration of a minute or longer; any other text as it is.
 * @param {Language} language
 * @param {string} duration
 */
export function toDurationText(language, duration) {
  const counts = durationPattern.exec(duration)?.slice(1) ?? [];
  const parts = units.flatMap((unit, at) => {
    const count = Number(counts[at] ?? 0);
    const format = new Intl.NumberFormat(`${gregorian[language].slice(0, 2)}-u-nu-latn`, { style: 'unit', unit, unitDisplay: 'long' });
    return count > 0 ? [format.format(count)] : [];
  });
  return parts.length === 0 ? duration : new Intl.ListFormat(language === 'ar' ? 'ar' : 'en-GB', { type: 'conjunction' }).format(parts);
}
