// When a receiver wants to be asked again (RFC 9110 §10.2.3), in milliseconds. Seconds only: dates are not worth believing.

import type { GuardedAnswer } from './guarded-fetch.ts';

export function toRetryAfter({ retryAfter }: Pick<GuardedAnswer, 'retryAfter'>): number {
  return /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) * 1000 : 0;
}
