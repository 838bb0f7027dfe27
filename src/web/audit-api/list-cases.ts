// The cases of the auditor who is signed in, and what was taken out of one. Nobody stands in either.

import type { Context } from 'koa';
import { z } from 'zod';
import { isCaseOver } from '../../domain/audit/case.ts';
import { exportForms, exportStates, isFetchable } from '../../domain/audit/exports/export.ts';
import { recordLook } from '../../domain/audit/look.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { getOpenCase } from '../audit/cases/open-case.ts';
import { toLookNeeds } from '../audit/look-needs.ts';
import type { PageNeeds } from '../needs.ts';
import { getCaller } from './access.ts';
import { getMemberId } from './standing.ts';

/** The newest of them. */
const mostCases = 100;

const time = z.string().describe('RFC 3339, UTC, milliseconds');

export const casesAnswer = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        id: z.uuid(),
        number: z.string().describe('as on the paper'),
        opened_at: time,
        ends_at: time,
        is_over: z.boolean().describe('nothing is shown in it any more'),
      }),
    ),
  })
  .describe(`The newest ${mostCases} cases of the auditor; none for a program.`);

export const exportsAnswer = z
  .strictObject({
    exports: z.array(
      z.strictObject({
        id: z.uuid(),
        form: z.enum(exportForms),
        state: z.enum(exportStates),
        entries: z.int().min(0).describe('that met the query when it was asked for'),
        as_of: z.int().min(0).describe('entries of the ledger then; the export holds nothing later'),
        asked_at: time,
        ends_at: time.describe('until then it waits, or can be fetched at the desk'),
        is_fetchable: z.boolean(),
      }),
    ),
  })
  .describe('What was asked for within the case, the newest first.');

export async function listCases(needs: PageNeeds, ctx: Context): Promise<void> {
  const by = await getCaller(needs, ctx);
  const isMember = by.kind === 'officer' && by.ref !== null;
  const found = isMember ? await needs.cases.readCasesOf(getMemberId(by), { after: null, limit: mostCases }) : { cases: [] };
  const now = needs.clock.now();
  const answer: z.infer<typeof casesAnswer> = {
    cases: found.cases.map((each) => ({
      id: each.id,
      number: each.number,
      opened_at: toTimestamp(each.openedAt),
      ends_at: toTimestamp(each.endsAt),
      is_over: isCaseOver(each, now),
    })),
  };
  ctx.body = answer;
}

export async function listCaseExports(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const caller = await getCaller(needs, ctx);
  const opened = await getOpenCase(needs, getMemberId(caller), caseId);
  const now = needs.clock.now();
  const found = await needs.exports.listExports(opened.id);
  await recordLook(toLookNeeds(needs), caller, { type: 'record.searched', payload: { case: opened.number, exports: found.length } });
  const answer: z.infer<typeof exportsAnswer> = {
    exports: found.map((each) => ({
      id: each.id,
      form: each.form,
      state: each.state,
      entries: each.rows,
      as_of: each.size,
      asked_at: toTimestamp(each.askedAt),
      ends_at: toTimestamp(each.endsAt),
      is_fetchable: isFetchable(each, now),
    })),
  };
  ctx.body = answer;
}
