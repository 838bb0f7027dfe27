// Freezing by a printed code, from any device and without a name. Every code that does not work has one answer.

import type { Context } from 'koa';
import { errorCatalogue, Fault } from '../../domain/kernel/errors.ts';
import { freezeByCode } from '../../domain/protection/freeze-by-code.ts';
import { toDelayHours } from '../../domain/protection/unfreeze-delay.ts';
import { renderClosedOffPage } from '../../../views/closed-off.ts';
import { renderFreezeByCodePage } from '../../../views/freeze.ts';
import { findField, readForm, toTyped } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { takeTryOf } from '../limits.ts';
import { findNamedLocales } from '../language.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame, findBehind, leaveBehind } from '../shared-computer.ts';

const url = '/freeze';
const counted = { rule: 'freeze-code' } as const;

async function sendForm(needs: PageNeeds, ctx: Context, typed: string | null): Promise<void> {
  const isWrong = typed !== null;
  const { frame } = await createPublicFrame(needs, ctx);
  const form = { action: url, token: createFormToken(needs.formKey, url) };
  sendPage(
    ctx,
    renderFreezeByCodePage(frame, { form, isWrong, typed: typed ?? '', delayHours: toDelayHours(needs) }),
    isWrong ? errorCatalogue['freeze/code-unknown'].status : 200,
  );
}

export async function showFreezeByCode(needs: PageNeeds, ctx: Context): Promise<void> {
  await sendForm(needs, ctx, null);
}

export async function submitFreezeByCode(needs: PageNeeds, ctx: Context): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const form = await readForm(ctx);
  if (!isFormToken(needs.formKey, url, findField(form, 'token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this page');
  }
  const taken = await takeTryOf(needs, ctx, counted);
  const typed = findField(form, 'code') ?? '';
  const behind = await findBehind(needs, ctx);
  const frozen = await freezeByCode({ ...needs, lookupKey: needs.declaring.lookupKey }, typed);
  if (frozen === 'unknown') {
    taken.assertRoom();
    await sendForm(needs, ctx, toTyped(typed));
    return;
  }
  await taken.giveBack();
  const next = frozen === 'frozen' ? '/frozen' : `/frozen?was=${frozen}`;
  redirectTo(ctx, await leaveBehind(needs, ctx, { behind, next }));
}

/** Says nothing of anybody: whoever opens it by itself reads what a freeze is. */
export async function showFrozen(needs: PageNeeds, ctx: Context): Promise<void> {
  const { was } = ctx.query;
  const { frame } = await createPublicFrame(needs, ctx, { uiLocales: findNamedLocales(ctx) });
  const came = was === 'already' || was === 'beneath' ? was : 'open';
  sendPage(ctx, renderClosedOffPage(frame, { caseNumber: null, was: came, delayHours: toDelayHours(needs) }));
}
