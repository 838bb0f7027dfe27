// The rhythm of the country: a working week from Sunday to Thursday, Ramadan, salary days, the start of school, and nights in which nearly nobody is awake.

import { dayMs } from '../../src/domain/kernel/clock.ts';

/** Three hours ahead of UTC, all year. */
const offsetMs = 3 * 3_600_000;

export const minuteMs = 60_000;
export const hourMs = 3_600_000;

export type Day = {
  /** Of the run, from 0. */
  readonly number: number;
  /** Midnight in the country. */
  readonly startsAt: number;
  readonly isWorking: boolean;
  readonly isRamadan: boolean;
  /** How much more happens than on a quiet working day. */
  readonly weight: number;
};

const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', { month: 'numeric', timeZone: 'UTC' });

/** Hour by hour: a normal day, a day off, a day of Ramadan. */
const normalHours = [3, 1, 1, 1, 2, 4, 9, 22, 45, 62, 66, 60, 52, 50, 44, 42, 46, 48, 52, 56, 60, 50, 30, 12];
const offHours = [8, 4, 2, 1, 1, 2, 3, 6, 10, 16, 22, 20, 10, 16, 26, 32, 40, 46, 50, 56, 60, 54, 40, 20];
const ramadanHours = [34, 28, 22, 14, 6, 2, 2, 4, 14, 36, 48, 50, 46, 36, 22, 14, 8, 4, 10, 26, 44, 56, 58, 48];

export function toHours(day: Day): readonly number[] {
  if (day.isRamadan) {
    return ramadanHours;
  }
  return day.isWorking ? normalHours : offHours;
}

/** Salaries come on the 27th; people settle their affairs then and the day after. */
function toSalaryWeight(dayOfMonth: number): number {
  return dayOfMonth === 27 || dayOfMonth === 28 ? 1.5 : 1;
}

function toSchoolWeight(month: number, dayOfMonth: number): number {
  const isBefore = month === 8 && dayOfMonth >= 17;
  return isBefore || (month === 9 && dayOfMonth <= 5) ? 1.35 : 1;
}

function toDay(number: number, startsAt: number): Day {
  const local = new Date(startsAt + offsetMs);
  const weekday = local.getUTCDay();
  const isWorking = weekday !== 5 && weekday !== 6;
  const isRamadan = hijri.format(local) === '9';
  const [month, dayOfMonth] = [local.getUTCMonth() + 1, local.getUTCDate()];
  const quiet = isWorking ? 1 : 0.42;
  const fasting = isRamadan ? 0.78 : 1;
  return {
    number,
    startsAt,
    isWorking,
    isRamadan,
    weight: quiet * fasting * toSalaryWeight(dayOfMonth) * toSchoolWeight(month, dayOfMonth),
  };
}

/** Every day of so many years up to, and without, the first of January that ends them. */
export function createDays(years: number, endYear: number): readonly Day[] {
  const startsAt = Date.UTC(endYear - years, 0, 1) - offsetMs;
  const count = Math.round((Date.UTC(endYear, 0, 1) - offsetMs - startsAt) / dayMs);
  return Array.from({ length: count }, (_, number) => toDay(number, startsAt + number * dayMs));
}

/** The next moment at which an office is open. */
export function toOfficeHour(day: Day, part: number): number {
  const [opens, closes] = day.isRamadan ? [10, 15] : [8, 15];
  return day.startsAt + (opens + part * (closes - opens)) * hourMs;
}
