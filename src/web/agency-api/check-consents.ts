// "Is my permission still valid?", for one person or a thousand.

import type { Context } from 'koa';
import type { z } from 'zod';
import { checkStatus } from '../../domain/consent/check-status.ts';
import type { ConsentStatus } from '../../domain/consent/check-status.ts';
import { toTimestamp, toTimestampOrNull } from '../../domain/kernel/clock.ts';
import { largestBodyBytes, readJson } from '../body.ts';
import type { PageNeeds } from '../needs.ts';
import { getService, parseSent } from './access.ts';
import { statusQuestion } from './schemas.ts';
import type { statusAnswer } from './schemas.ts';

function toItem(status: ConsentStatus): z.infer<typeof statusAnswer>['items'][number] {
  const { subject, purposeId, isValid, state, reason, attributes, expiresAt, changedAt, nextUseAt } = status;
  const times = {
    expires_at: toTimestampOrNull(expiresAt),
    changed_at: toTimestampOrNull(changedAt),
    next_use_at: toTimestampOrNull(nextUseAt),
  };
  return { sub: subject, purpose: purposeId, valid: isValid, state, reason, attributes: [...attributes], ...times };
}

export async function checkConsents(needs: PageNeeds, ctx: Context): Promise<void> {
  const { registered } = await getService(needs, ctx);
  const sent = parseSent(needs, ctx, { schema: statusQuestion, value: await readJson(ctx, largestBodyBytes) });
  if (sent === undefined) {
    return;
  }
  const questions = 'items' in sent ? sent.items : [sent];
  const statuses = await checkStatus(
    needs,
    registered,
    questions.map(({ sub, purpose }) => ({ subject: sub, purposeId: purpose })),
  );
  const answer: z.infer<typeof statusAnswer> = { at: toTimestamp(needs.clock.now()), items: statuses.map(toItem) };
  ctx.body = answer;
}
