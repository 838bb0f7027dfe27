// Who was found within a case. Opening the page is a look, and an entry before anything is shown.

import type { Context } from 'koa';
import { recordLook } from '../../../domain/audit/look.ts';
import { renderCasePeoplePage } from '../../../../views/audit-case-people.ts';
import type { CasePeoplePage } from '../../../../views/audit-case-model.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { getOpenCase, toCaseUrl } from './open-case.ts';

export async function showCasePeople(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const opened = await getOpenCase(needs, audit.officer.id, caseId);
  const found = await needs.cases.listFound(opened.id);
  await recordLook(toLookNeeds(needs), audit.by, { type: 'record.searched', payload: { case: opened.number, people: found.length } });
  const people = found.flatMap(({ pseudonym, found: how }): CasePeoplePage['people'] =>
    how === null ? [] : [{ pseudonym, way: how.way, at: how.at }],
  );
  sendPage(ctx, renderCasePeoplePage(audit.frame, { number: opened.number, people, caseUrl: toCaseUrl(opened.id) }));
}
