// Days of the country, whole. Its clock has no summer time.

import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';

export const countryOffsetMs: Millis = 3 * 3_600_000;

/** Days since 1970-01-01 in the country. */
export function toCountryDay(at: Millis): number {
  return Math.floor((at + countryOffsetMs) / dayMs);
}

/** `YYYY-MM-DD` of such a day. */
export function toDayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The first moment of such a day. */
export const toDayBegin = (day: number): Millis => day * dayMs - countryOffsetMs;

/** The first moment of the day in the country. */
export const toDayStart = (at: Millis): Millis => toDayBegin(toCountryDay(at));
