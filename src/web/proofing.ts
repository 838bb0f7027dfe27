// Where registered issuers hand in their signed statements. No cookie counts here and no page leads here; the signature says who speaks.

import type { Context } from 'koa';
import { toTimestamp } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { toShownCode } from '../domain/kernel/one-time-code.ts';
import { takeStatement } from '../domain/proofing/take-statement.ts';
import { readJwt } from './body.ts';
import type { PageNeeds } from './needs.ts';

export async function submitStatement(needs: PageNeeds, ctx: Context): Promise<void> {
  const jwt = await readJwt(ctx);
  const taken = await takeStatement({ ...needs, invitationLifeSeconds: needs.enrolmentCodeSeconds }, jwt);
  if (!taken.ok) {
    throw new Fault(taken.code, taken.detail);
  }
  const { token, expiresAt } = taken.value;
  const code = toShownCode(token);
  ctx.status = 201;
  ctx.body = { link: `${needs.issuer}/enrol/${code}`, enrolment_code: code, expires_at: toTimestamp(expiresAt) };
}
