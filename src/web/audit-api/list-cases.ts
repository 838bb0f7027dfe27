// The cases of the auditor who is signed in. Nobody stands in them.

import type { Context } from 'koa';
import { z } from 'zod';
import { isCaseOver } from '../../domain/audit/case.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
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
