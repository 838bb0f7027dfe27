// Parameters as programs send them, and how wrong ones are refused: by the name under which they came.

import type { Context } from 'koa';
import type { Standing } from '../../domain/audit/questions/sight.ts';
import type { FieldProblem } from '../audit/questions/question-query.ts';
import { sendParameterProblem } from '../error-page.ts';
import type { PageNeeds } from '../needs.ts';
import { findProgramLanguage } from '../problem.ts';

/** Names of the desk's forms that do not exist here. */
const deskNames: ReadonlySet<string> = new Set(['after', 'ask', 'name', 'token']);

/** The desk's name for a cursor is `after`; under that name it does not exist here. A person can be asked about inside a case only. */
export function toDeskQuery(ctx: Context, { inside }: Standing): URLSearchParams {
  const query = new URLSearchParams();
  new URLSearchParams(ctx.querystring).forEach((value, name) => {
    const isStrange = deskNames.has(name) || (name === 'person' && inside === null);
    const known = name === 'cursor' ? 'after' : name;
    query.append(isStrange ? `${name} ` : known, value);
  });
  return query;
}

export function refuseParameters(needs: PageNeeds, ctx: Context, problems: readonly FieldProblem[]): void {
  const { t } = needs.texts[findProgramLanguage(needs, ctx)];
  const errors = problems.map(({ field, problem }) => {
    return { parameter: field === 'after' ? 'cursor' : field.trim(), problem, detail: t(`parameter-${problem}`) };
  });
  sendParameterProblem(needs, ctx, errors);
}
