// The cases of an auditor. Of others not even the number is shown.

import type { Context } from 'koa';
import { z } from 'zod';
import { renderAuditCasesPage } from '../../../../views/audit-cases.ts';
import { createCursor, parsePlace, toListUrl } from '../../account/cursor.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { openAudit } from '../open-audit.ts';
import { toCaseRow } from './case-row.ts';
import { casesUrl } from './open-case.ts';

const pageSize = 20;
const placeSchema = z.object({ openedAt: z.int(), id: z.string() });

export async function showAuditCases(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const list = { personId: audit.officer.id, name: 'audit-cases' };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const { cases, next } = await needs.cases.readCasesOf(audit.officer.id, { after, limit: pageSize });
  const reading = { agencies: await needs.agencies.listAgencies(), language: audit.language, now: needs.clock.now() };
  const page = renderAuditCasesPage(audit.frame, {
    cases: cases.map((found) => toCaseRow(found, reading)),
    newUrl: `${casesUrl}/new`,
    moreUrl: next === null ? null : toListUrl(casesUrl, {}, createCursor(needs, list, next)),
    firstUrl: after === null ? null : casesUrl,
  });
  sendPage(ctx, page);
}
