// ISO 8601 durations in words: "2 years", "سنتان", "1 year and 6 months".

import type { Texts } from './messages/messages.ts';

const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;
const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/;

/** Whole hours, a delay for example: in days as far as they go. */
export function toDaysText(texts: Texts, hours: number): string {
  return toDurationText(texts, `P${Math.floor(hours / 24)}DT${hours % 24}H`);
}

/** Anything shorter than a minute, and anything that is no duration, reads "less than a minute": never longer than what was agreed. */
export function toDurationText(texts: Texts, duration: string): string {
  const counts = pattern.exec(duration)?.slice(1) ?? [];
  const phrases = units.flatMap((unit, index) => {
    const count = Number(counts[index] ?? 0);
    return count > 0 ? [texts.t(unit, { count })] : [];
  });
  if (phrases.length === 0) {
    return texts.t('less-than-a-minute');
  }
  return new Intl.ListFormat(texts.language === 'ar' ? 'ar' : 'en-GB', { type: 'conjunction' }).format(phrases);
}
