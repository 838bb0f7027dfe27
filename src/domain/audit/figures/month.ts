// Months of the state's own calendar day, as they are published: `2026-10`.

import type { Millis } from '../../kernel/clock.ts';

/** Asia/Riyadh has kept UTC+3 the whole year round since it has a time zone. */
const offsetMs = 10_800_000;

const pattern = /^(20\d\d)-(0[1-9]|1[0-2])$/;

export type Period = { readonly from: Millis; /** Exclusive. */ readonly to: Millis };

export function isMonth(text: string): boolean {
  return pattern.test(text);
}

/** Undefined where the text is no month. */
export function toPeriod(month: string): Period | undefined {
  const [, year, ordinal] = pattern.exec(month) ?? [];
  if (year === undefined || ordinal === undefined) {
    return undefined;
  }
  const toStart = (place: number): Millis => Date.UTC(Number(year), place, 1) - offsetMs;
  return { from: toStart(Number(ordinal) - 1), to: toStart(Number(ordinal)) };
}

export function toMonth(at: Millis): string {
  return new Date(at + offsetMs).toISOString().slice(0, 7);
}

/** Months from the one that holds `first` to the last that had ended at `now`, the oldest first. */
export function listEndedMonths(first: Millis, now: Millis): readonly string[] {
  const months: string[] = [];
  for (let month = toMonth(first), period = toPeriod(month); period !== undefined && period.to <= now; period = toPeriod(month)) {
    months.push(month);
    month = toMonth(period.to);
  }
  return months;
}

const editionPattern = /^(20\d\d-(?:0[1-9]|1[0-2]))(?:\.([1-9]\d{0,3}))?$/;

/** `2026-10` is the newest edition of that month, `2026-10.2` the second. */
export function parseEdition(text: string): { readonly month: string; readonly edition: number | undefined } | undefined {
  const [, month, edition] = editionPattern.exec(text) ?? [];
  return month === undefined ? undefined : { month, edition: edition === undefined ? undefined : Number(edition) };
}
