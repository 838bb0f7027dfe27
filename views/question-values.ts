// Durations and shares in words and numbers.

import { toDurationText } from './durations.ts';
import type { Texts } from './messages/messages.ts';

/** Seconds below a minute; above it days, hours and minutes. */
export function toDuration(texts: Texts, millis: number): string {
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) {
    return texts.t('question-seconds', { count: seconds });
  }
  const minutes = Math.round(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return toDurationText(texts, `P${days}DT${hours}H${days > 0 ? 0 : minutes % 60}M`);
}

/** "12.5 %" in both languages. */
export function toShare(share: number): string {
  return `${(share * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
}
