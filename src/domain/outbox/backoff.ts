// When a message that failed is tried again: soon at first, then ever later, never in step with others that failed at the same moment.

import type { Random } from '../kernel/ids.ts';

const shortestMs = 2000;
const longestMs = 3_600_000;

/** Between half and the whole of 2 s, 4 s, 8 s … one hour; never before what the other side asked for, as far as that is within the hour. */
export function toPause(random: Random, attempts: number, askedMs = 0): number {
  const whole = Math.min(shortestMs * 2 ** Math.min(attempts - 1, 20), longestMs);
  const [byte = 0] = random.bytes(1);
  const pause = Math.round(whole * (0.5 + byte / 510));
  return Math.max(pause, Math.min(askedMs, longestMs));
}
