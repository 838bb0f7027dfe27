// What a service owes people, and its answers.

import type { Context } from 'koa';
import type { z } from 'zod';
import { answerDuty } from '../../domain/duties/answer-duty.ts';
import type { Answer } from '../../domain/duties/answer-duty.ts';
import { isOverdue } from '../../domain/duties/duty.ts';
import type { Duty } from '../../domain/duties/duty.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import { getValue } from '../../domain/kernel/errors.ts';
import { readJson } from '../body.ts';
import type { PageNeeds } from '../needs.ts';
import { getService, parseSent } from './access.ts';
import { dutyAnswerBody, dutyQuery, mostListed } from './schemas.ts';
import type { duty as dutySchema, dutyList } from './schemas.ts';

function toDutyJson(duty: Duty, now: Millis): z.infer<typeof dutySchema> {
  const { id, kind, subject, purposeId, recordId, version, attributes, createdAt, dueAt, state, answeredAt } = duty;
  return {
    id,
    kind,
    sub: subject,
    purpose: purposeId,
    record: recordId,
    version,
    attributes: [...attributes],
    opened_at: toTimestamp(createdAt),
    answer_by: toTimestamp(dueAt),
    state: state === 'kept' ? 'kept_by_law' : state,
    overdue: isOverdue(duty, now),
    answered_at: answeredAt === null ? null : toTimestamp(answeredAt),
  };
}

/** A name that came twice is refused with the rest of what is wrong, never first-wins. */
function toQuery(ctx: Context): Readonly<Record<string, string | readonly string[] | undefined>> {
  return { ...ctx.query };
}

export async function listDuties(needs: PageNeeds, ctx: Context): Promise<void> {
  const { clientId } = await getService(needs, ctx);
  const query = parseSent(needs, ctx, { schema: dutyQuery, value: toQuery(ctx) });
  if (query === undefined) {
    return;
  }
  const now = needs.clock.now();
  const asked = { now, limit: mostListed, after: query.cursor ?? null, isUnanswered: query.state === 'unanswered' };
  const duties = await needs.duties.listOfService(clientId, asked);
  const next = duties.length < mostListed ? null : (duties.at(-1)?.id ?? null);
  const answer: z.infer<typeof dutyList> = { items: duties.map((duty) => toDutyJson(duty, now)), next };
  ctx.body = answer;
}

function toAnswer(sent: z.infer<typeof dutyAnswerBody>): Answer {
  if (sent.answer !== 'kept_by_law') {
    return { state: sent.answer };
  }
  const { article } = sent;
  return { state: 'kept', article: typeof article === 'string' ? { ar: article, en: article } : article };
}

export async function submitAnswer(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { clientId } = await getService(needs, ctx);
  const sent = parseSent(needs, ctx, { schema: dutyAnswerBody, value: await readJson(ctx) });
  if (sent === undefined) {
    return;
  }
  const duty = getValue(await answerDuty(needs, { clientId }, { id, answer: toAnswer(sent) }));
  ctx.body = toDutyJson(duty, needs.clock.now());
}
