// What a saved question may be asked with: one schema for each parameter, for the desk, the API, its description and the command. Each value is one of a
// register, a number or an identifier of fixed form; nothing typed freely gets further, and nothing of it is ever a part of a query's text.

import { z } from 'zod';
import { attributeCatalogue } from '../../../domain/attributes/catalogue.ts';
import { searchLimit } from '../../../domain/audit/search-entries.ts';
import type { ParameterName } from '../../../domain/audit/questions/question.ts';
import { findFrom, findTo } from '../parse-instant.ts';

export const valueProblems = [
  'type-unknown',
  'term-invalid',
  'agency-unknown',
  'service-unknown',
  'attribute-unknown',
  'person-invalid',
  'record-invalid',
  'notice-invalid',
  'officer-invalid',
  'time-invalid',
  'time-order',
  'number-invalid',
  'place-invalid',
  'beyond-log',
  'limit-invalid',
  'value-missing',
  'repeated',
  'field-unknown',
] as const;
export type ValueProblem = (typeof valueProblems)[number];

const problem = (code: ValueProblem) => ({ error: code });

const id = (code: ValueProblem, about: string) =>
  z
    .string()
    .regex(/^[\w.-]{1,64}$/, problem(code))
    .describe(about);

type Bounds = { readonly least: number; readonly most: number; readonly about: string };

const whole = ({ least, most, about }: Bounds) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,14})$/, problem('number-invalid'))
    .refine((text) => Number(text) >= least && Number(text) <= most, problem('number-invalid'))
    .transform(Number)
    .describe(`${about}; a whole number from ${least} to ${most}`);

function moment(find: (text: string) => number | undefined, about: string) {
  return z
    .string()
    .transform((text, context) => {
      const at = find(text);
      if (at === undefined) {
        context.addIssue({ code: 'custom', message: 'time-invalid' });
        return z.NEVER;
      }
      return at;
    })
    .describe(about);
}

const largest = 999_999_999_999_999;

export const valueSchemas = {
  agency: id('agency-unknown', 'id of a registered agency'),
  service: id('service-unknown', 'client_id of a registered service'),
  attribute: z
    .enum(
      attributeCatalogue.map(({ name }) => name),
      problem('attribute-unknown'),
    )
    .describe('name of an attribute'),
  person: z
    .string()
    .regex(/^P-[0-9A-HJKMNP-TV-Z]{12}$/, problem('person-invalid'))
    .describe('pseudonym of the case'),
  record: z.uuid(problem('record-invalid')).describe('id of a consent record'),
  notice: z
    .string()
    .regex(/^[\w-]{43}$/, problem('notice-invalid'))
    .describe('SHA-256 of a notice, base64url, as the entry of a decision names it'),
  officer: z.uuid(problem('officer-invalid')).describe('id of an officer, as entries name it'),
  from: moment(findFrom, 'a day of the country (YYYY-MM-DD) from its beginning, or an instant with its zone (RFC 3339), inclusive'),
  to: moment(findTo, 'a day of the country to its end, or an instant with its zone, exclusive'),
  days: whole({ least: 1, most: 3650, about: 'days before the checkpoint' }),
  seconds: whole({ least: 1, most: 3600, about: 'a decision that took less' }),
  threshold: whole({ least: 2, most: 1000, about: 'at least so many' }),
  seed: whole({ least: 1, most: 999_999_999, about: 'of the sample; the same draws the same' }),
  count: whole({ least: 1, most: searchLimit, about: 'entries of the sample' }),
  entry: whole({ least: 0, most: largest, about: 'index of the entry of an export' }),
  size: whole({ least: 0, most: largest, about: 'entries of an earlier checkpoint' }),
} as const satisfies Record<ParameterName, z.ZodType>;

/** What every question takes besides. */
export const placeSchemas = {
  as_of: z
    .string()
    .regex(/^(?:0|[1-9]\d{0,14})$/, problem('place-invalid'))
    .transform(Number)
    .describe('the log as it stood at the checkpoint of this size; the newest where it is left out'),
  after: z
    .string()
    .regex(/^(?:0|[1-9]\d{0,14})$/, problem('place-invalid'))
    .transform(Number)
    .describe('the page behind the entry of this index'),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, problem('limit-invalid'))
    .refine((text) => Number(text) <= searchLimit, problem('limit-invalid'))
    .transform(Number)
    .describe(`entries of one page, 1 to ${searchLimit}`),
} as const;
