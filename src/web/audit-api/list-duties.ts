// Answers that services owe and whose day has passed: facts about services, of which no person is a part. Reading them is a look like every other.

import type { Context } from 'koa';
import { z } from 'zod';
import { lookAtOverdueDuties } from '../../domain/audit/overdue-duties.ts';
import { dutyKinds } from '../../domain/duties/duty.ts';
import { toDutyJson } from '../audit/duty-lines.ts';
import { toLookNeeds } from '../audit/look-needs.ts';
import { sendParameterProblem } from '../error-page.ts';
import type { PageNeeds } from '../needs.ts';
import { findProgramLanguage } from '../problem.ts';
import { getCaller } from './access.ts';

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .describe('RFC 3339, UTC, milliseconds');

export const dutiesAnswer = z
  .strictObject({
    duties: z.array(
      z.strictObject({
        id: z.uuid(),
        agency: z.string().describe('id of the agency'),
        service: z.string().describe('client_id'),
        purpose: z.string(),
        kind: z.enum(dutyKinds).describe('what it came from'),
        state: z.enum(['open', 'acknowledged']),
        attributes: z.array(z.string()).describe('names of the attributes it is about'),
        opened_at: time,
        answer_by: time,
        days_over: z.int().min(0),
        told_at: time.nullable().describe('when its receiver took the message; null where it has none or did not take it'),
      }),
    ),
    next: z.string().nullable().describe('the cursor of the page behind this one; null on the last'),
  })
  .describe('Answers that are overdue. They name services and nobody else.');

export const dutiesQuery = z.strictObject({
  state: z.literal('overdue').default('overdue').describe('the only one that is listed'),
  cursor: z.uuid().optional().describe('the `next` of the page before'),
});

const limit = 500;

export async function listOverdue(needs: PageNeeds, ctx: Context): Promise<void> {
  const caller = await getCaller(needs, ctx);
  const parsed = dutiesQuery.safeParse({ ...ctx.query });
  if (!parsed.success) {
    const detail = needs.texts[findProgramLanguage(needs, ctx)].t('part-refused');
    const named = parsed.error.issues.map(({ path, code }) => ({ parameter: path.map(String).join('.'), problem: code, detail }));
    sendParameterProblem(needs, ctx, named);
    return;
  }
  const asked = { after: parsed.data.cursor ?? null, limit, form: 'json' };
  const { duties, next } = await lookAtOverdueDuties({ ...toLookNeeds(needs), duties: needs.duties }, caller, asked);
  const answer: z.infer<typeof dutiesAnswer> = {
    duties: duties.map(toDutyJson),
    next,
  };
  ctx.body = answer;
}
