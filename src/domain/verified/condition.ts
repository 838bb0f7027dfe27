// What a request demands of one value: `value`, `values` and `max_age` (OIDC Core 1.0 §5.5.1; OpenID Connect for Identity Assurance 1.0 §5.5). `essential` changes
// nothing here (§5.7.1), and neither do words about the purpose: those are registered.

import { z } from 'zod';
import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';

const anyJson = z.json();

/** What else somebody writes beside these is passed over (OIDC Core 1.0 §5.5.1). */
export const conditionSchema = z
  .object({
    essential: z.boolean().exactOptional(),
    purpose: z.string().max(300).exactOptional(),
    value: anyJson.exactOptional(),
    values: z.array(anyJson).min(1).max(50).readonly().exactOptional(),
    max_age: z.number().min(0).exactOptional(),
  })
  .readonly();

export const conditionNames: ReadonlySet<string> = new Set(['essential', 'purpose', 'value', 'values', 'max_age']);

export type Condition = Readonly<z.infer<typeof conditionSchema>>;

export function isDemanding({ value, values, max_age: maxAge }: Condition): boolean {
  return value !== undefined || values !== undefined || maxAge !== undefined;
}

export function isMet(condition: Condition, given: Json, now: Millis): boolean {
  const { value, values, max_age: maxAge } = condition;
  const text = toCanonicalJson(given);
  const isOne = (wanted: Json): boolean => toCanonicalJson(wanted) === text;
  return (value === undefined || isOne(value)) && (values?.some(isOne) ?? true) && (maxAge === undefined || isYoung(given, maxAge, now));
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** From the last second that the value may stand for: of a day its end (§5.5.2). What is no date is never young enough. */
function isYoung(given: Json, maxAgeSeconds: number, now: Millis): boolean {
  const text = typeof given === 'string' ? given : '';
  const at = Date.parse(day.test(text) ? `${text}T23:59:59Z` : text);
  return now - at <= maxAgeSeconds * 1000;
}
