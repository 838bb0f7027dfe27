// Time as a need. The domain never reads the wall clock by itself, so that a test (or a replayed history) decides what "now" is.

/** Milliseconds since the Unix epoch, UTC. */
export type Millis = number;

export type Clock = {
  readonly now: () => Millis;
};

export const systemClock: Clock = { now: () => Date.now() };

/** Milliseconds since some moment, for how long something takes: never goes back, whatever is done to the wall clock. */
export const steadyClock: Clock = { now: () => performance.now() };

export const secondMs: Millis = 1000;
export const dayMs: Millis = 86_400_000;

/** RFC 3339 in UTC with milliseconds. */
export function toTimestamp(at: Millis): string {
  return new Date(at).toISOString();
}

/** For what may not have happened. */
export function toTimestampOrNull(at: Millis | null): string | null {
  return at === null ? null : toTimestamp(at);
}

/** A day of the calendar as `YYYY-MM-DD`. `Date.parse` takes the 31st of a month of 30 days for the next month's first, so it has to come back as it was. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && toTimestamp(at).startsWith(text);
}

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** True for an ISO 8601 duration of at least one second, such as `P1Y`, `P6M` or `PT20M`. */
export function isDuration(text: string): boolean {
  return durationPattern.test(text) && addDuration(0, text) > 0;
}

// Weeks, days, hours, minutes, seconds.
const unitMillis = [7 * dayMs, dayMs, 3_600_000, 60_000, 1000] as const;

/** `from` plus an ISO 8601 duration, years and months by the UTC calendar. A text that is not a duration adds nothing. */
export function addDuration(from: Millis, duration: string): Millis {
  const parts = durationPattern.exec(duration);
  if (parts === null) {
    return from;
  }
  const numbers = parts.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const [years, months, ...rest] = numbers;
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + (years ?? 0));
  date.setUTCMonth(date.getUTCMonth() + (months ?? 0));
  return rest.reduce((at, count, index) => at + count * (unitMillis[index] ?? 0), date.getTime());
}
