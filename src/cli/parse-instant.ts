// Moments as an operator types them.

import { isDay } from '../domain/kernel/clock.ts';
import type { ParsedWord } from './verb.ts';

/** A day or an instant; without a zone it is UTC, so that a query means the same on every machine. */
export function parseInstant(text: string): ParsedWord {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?$/.test(text);
  const at = Date.parse(isInstant && !/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text);
  return (isDay(text) || (isInstant && isDay(text.slice(0, 10)))) && !Number.isNaN(at)
    ? { ok: true, value: at }
    : { ok: false, problem: 'Write a day like 2026-01-31, or an instant like 2026-01-31T09:00:00Z.' };
}
