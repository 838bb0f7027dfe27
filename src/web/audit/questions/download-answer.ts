// The answer as a file: every table of it, of the first page as it stands. One look.

import type { Context } from 'koa';
import { askQuestion } from '../../../domain/audit/questions/ask-question.ts';
import { searchLimit } from '../../../domain/audit/search-entries.ts';
import { getValue } from '../../../domain/kernel/errors.ts';
import { redirectTo } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { answerLines, toAnswerSheet } from './answer-lines.ts';
import { toAskNeeds } from './ask-needs.ts';
import { openQuestions } from './question-frame.ts';
import { parseQuestion } from './question-query.ts';
import { getQuestion, readAsked } from './show-question.ts';

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson' } as const;

type Download = { readonly name: string; readonly form: 'csv' | 'jsonl' };

async function download(needs: PageNeeds, ctx: Context, { name, form }: Download): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open === undefined) {
    return;
  }
  const question = getQuestion(name);
  const given = readAsked(ctx);
  const parsed = await parseQuestion(needs, question, given);
  if (!parsed.ok) {
    redirectTo(ctx, `${open.questionsUrl}/${name}?${given.toString()}`);
    return;
  }
  const page = { after: parsed.value.page.after, limit: searchLimit };
  const asked = { question, ...parsed.value, page, standing: open.standing, form };
  const reply = getValue(await askQuestion(toAskNeeds(needs), open.audit.by, asked));
  ctx.set('Content-Disposition', `attachment; filename="huwiya-${name}-${reply.checkpoint?.size ?? 0}.${form}"`);
  ctx.type = types[form];
  ctx.body = form === 'csv' ? toAnswerSheet(needs.texts[open.audit.language], reply) : answerLines.jsonl(reply);
}

export async function downloadAnswerCsv(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  await download(needs, ctx, { name, form: 'csv' });
}

export async function downloadAnswerLines(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  await download(needs, ctx, { name, form: 'jsonl' });
}
