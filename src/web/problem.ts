// An error as a program reads it (RFC 9457): our code, and the words of the error page in the language asked for.

import type { Context } from 'koa';
import { toErrorWords } from '../../views/error.ts';
import { errorCatalogue } from '../domain/kernel/errors.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import { findLanguageOf } from './language.ts';
import type { WebNeeds } from './needs.ts';
import { getReference } from './reference.ts';

/** One parameter that is wrong, by its name. */
export type ParameterError = { readonly parameter: string; readonly problem: string; readonly detail: string };

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly reference: string;
  readonly errors?: readonly ParameterError[];
};

export function findProgramLanguage(needs: Pick<WebNeeds, 'clock'>, ctx: Context): 'ar' | 'en' {
  return findLanguageOf(ctx, { nowSeconds: Math.floor(needs.clock.now() / 1000) });
}

export function sendProblem(
  needs: WebNeeds,
  ctx: Context,
  shown: { readonly code: ErrorCode; readonly errors?: readonly ParameterError[] },
): void {
  const language = findProgramLanguage(needs, ctx);
  const row = errorCatalogue[shown.code];
  const words = toErrorWords(needs.texts[language], row.text);
  const reference = getReference(ctx, needs.random);
  const problem: Problem = {
    type: `urn:huwiya:error:${shown.code}`,
    title: words.title,
    status: row.status,
    detail: `${words.meaning} ${words.next}`,
    instance: `urn:huwiya:reference:${reference}`,
    code: shown.code,
    reference,
    ...(shown.errors === undefined ? {} : { errors: shown.errors }),
  };
  ctx.status = row.status;
  ctx.set('Content-Language', language);
  ctx.vary('Accept-Language');
  ctx.body = JSON.stringify(problem);
  ctx.type = 'application/problem+json';
}
