// Days and instants of a filter. A day is a day of the country, whole; an instant carries its zone, so that nobody has to guess it.

import { toCountryDay, toDayText } from '../../domain/audit/country-day.ts';
import { dayMs, isDay, toTimestamp } from '../../domain/kernel/clock.ts';

/** The country's clock has no summer time. */
const countryOffset = '+03:00';
const dayPattern = /^\d{4}-\d\d-\d\d$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

function findDayStart(text: string): number | undefined {
  return isDay(text) ? Date.parse(`${text}T00:00:00${countryOffset}`) : undefined;
}

function findInstant(text: string): number | undefined {
  const at = instantPattern.test(text) && findDayStart(text.slice(0, 10)) !== undefined ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** The first moment of a day, or the instant. */
export function findFrom(text: string): number | undefined {
  return dayPattern.test(text) ? findDayStart(text) : findInstant(text);
}

/** The first moment that is no longer meant: the end of a day, or the instant. */
export function findTo(text: string): number | undefined {
  const start = dayPattern.test(text) ? findDayStart(text) : undefined;
  return start === undefined ? findInstant(text) : start + dayMs;
}

/** The country's day of a moment, as `YYYY-MM-DD`. */
export function toDay(at: number): string {
  return toDayText(toCountryDay(at));
}

/** The inverse of `findFrom`: the day where one begins then, else the instant. */
export function toFromText(at: number): string {
  const day = toDay(at);
  return findFrom(day) === at ? day : toTimestamp(at);
}

/** The inverse of `findTo`: the day where one ends then, else the instant. */
export function toToText(at: number): string {
  const day = toDay(at - 1);
  return findTo(day) === at ? day : toTimestamp(at);
}
