// Time as a need. The domain never reads the wall clock by itself, so that a test (or a replayed history) decides what "now" is.

/** Milliseconds since the Unix epoch, UTC. */
export type Millis = number;

export type Clock = {
  readonly now: () => Millis;
};

export const systemClock: Clock = { now: () => Date.now() };

/** RFC 3339 in UTC with milliseconds. */
export function toTimestamp(at: Millis): string {
  return new Date(at).toISOString();
}

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** True for an ISO 8601 duration of at least one second, such as `P1Y`, `P6M` or `PT20M`. */
export function isDuration(text: string): boolean {
  return durationPattern.test(text) && addDuration(0, text) > 0;
}

/** `from` plus an ISO 8601 duration, years and months by the UTC calendar. A text that is not a duration adds nothing. */
export function addDuration(from: Millis, duration: string): Millis {
  const parts = durationPattern.exec(duration);
  if (parts === null) {
    return from;
  }
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? 0 : Number(part)));
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime() + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
