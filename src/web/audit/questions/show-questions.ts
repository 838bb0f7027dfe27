// The list of saved questions. It hands out nothing of the log, so it leaves no entry.

import type { Context } from 'koa';
import { questionCatalogue } from '../../../domain/audit/questions/catalogue.ts';
import { renderQuestionsPage } from '../../../../views/questions.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { openQuestions } from './question-frame.ts';

export async function showQuestions(needs: PageNeeds, ctx: Context): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open === undefined) {
    return;
  }
  const links = questionCatalogue.map(({ name, group, needsCase }) => ({
    name,
    group,
    needsCase,
    url: needsCase && open.inCase === null ? null : `${open.questionsUrl}/${name}`,
  }));
  const { entriesUrl, inCase, savedUrl } = open;
  sendPage(ctx, renderQuestionsPage(open.audit.frame, { inCase, links, entriesUrl, savedUrl }));
}
