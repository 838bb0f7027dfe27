// The parameters of the list of entries: those of the desk's search, with a cursor where the desk has pages forward and back. What is wrong is named, and
// nothing is searched.

import type { Context } from 'koa';
import { z } from 'zod';
import type { Texts } from '../../../views/messages/messages.ts';
import { entryQuerySchema, parseEntryQuery } from '../audit/entry-query.ts';
import type { ParseNeeds } from '../audit/entry-query.ts';
import type { EntryQuery, QueryProblemCode } from '../audit/entry-query.ts';
import type { ParameterError } from '../problem.ts';

export type ListForm = 'page' | 'lines';

export const listQuerySchema = entryQuerySchema.omit({ after: true, before: true }).extend({
  cursor: z
    .string()
    .describe(
      'the `next` of the page before, or the index of the last entry you have; not with application/x-ndjson, which is always the whole result',
    )
    .optional(),
  lang: z.enum(['ar', 'en']).describe('language of a problem, before Accept-Language').optional(),
});

export type ListQuery = EntryQuery & {
  /** Whether the number of entries was asked for, and not left to us. */
  readonly isLimited: boolean;
};

export type ParsedList =
  | { readonly ok: true; readonly value: ListQuery }
  | { readonly ok: false; readonly errors: readonly ParameterError[] };

type ParameterProblem = QueryProblemCode | 'cursor-with-lines';

const isOurs = (name: string): boolean => Object.hasOwn(listQuerySchema.shape, name);

function toError({ t }: Texts, parameter: string, problem: ParameterProblem): ParameterError {
  return { parameter, problem, detail: t(`parameter-${problem}`) };
}

/** The desk's name for a cursor is `after`; under that name it does not exist here. */
function toDeskQuery(given: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  given.forEach((value, name) => query.append(name === 'cursor' ? 'after' : name, value));
  return query;
}

function findOwnProblems(texts: Texts, given: URLSearchParams, form: ListForm): readonly ParameterError[] {
  const unknown = [...new Set(given.keys())].filter((name) => !isOurs(name));
  return [
    ...unknown.map((name) => toError(texts, name, 'field-unknown')),
    ...(form === 'lines' && given.has('cursor') ? [toError(texts, 'cursor', 'cursor-with-lines')] : []),
  ];
}

export async function parseListQuery(needs: ParseNeeds & { readonly texts: Texts }, ctx: Context, form: ListForm): Promise<ParsedList> {
  const given = new URLSearchParams(ctx.querystring);
  const own = findOwnProblems(needs.texts, given, form);
  const known = new URLSearchParams([...given].filter(([name]) => isOurs(name)));
  const parsed = await parseEntryQuery(needs, toDeskQuery(known));
  const desk = parsed.ok
    ? []
    : parsed.problems.map(({ field, problem }) => toError(needs.texts, field === 'after' ? 'cursor' : field, problem));
  if (!parsed.ok || own.length > 0) {
    return { ok: false, errors: [...own, ...desk] };
  }
  return { ok: true, value: { ...parsed.value, isLimited: (given.get('limit') ?? '') !== '' } };
}
