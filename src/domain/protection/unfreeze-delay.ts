import { dayMs } from '../kernel/clock.ts';

/** A day, in which somebody looks at their mail. No setting goes below it. */
export const shortestUnfreezeMs = dayMs;

const hourMs = 3_600_000;

/** As pages and letters say it: never less than what is waited. */
export function toDelayHours({ unfreezeDelayMs }: { readonly unfreezeDelayMs: number }): number {
  return Math.ceil(Math.max(unfreezeDelayMs, shortestUnfreezeMs) / hourMs);
}
