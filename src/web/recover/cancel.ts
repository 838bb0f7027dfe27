// The link in the letter. Opening it shows what it would do; only the press does it, so that no scanner of mail decides anything (EN-12).

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { cancelByLink, cancelWithPasskey, findByLink } from '../../domain/recovery/cancel.ts';
import { renderRecoveryCancelledPage, renderRecoveryCancelPage } from '../../../views/recovery-steps.ts';
import { getAccountForPost } from '../account/open-account.ts';
import { findField, readForm } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

const formOf = (token: string): string => `recover-cancel:${token}`;
const cancelledUrl = '/recover/cancelled';

export async function showCancelRecovery(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const recovery = await findByLink(needs, token);
  if (recovery === undefined) {
    throw new Fault('recovery/over', 'the link stands for nothing open');
  }
  const { frame } = await createPublicFrame(needs, ctx);
  const form = { action: `/recover/cancel/${token}`, token: createFormToken(needs.formKey, formOf(token)) };
  sendPage(ctx, renderRecoveryCancelPage(frame, { way: recovery.way, begunAt: recovery.begunAt, form }));
}

export async function submitCancelRecovery(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  if (!isFormToken(needs.formKey, formOf(token), findField(await readForm(ctx), 'token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this link');
  }
  getValue(await cancelByLink(needs, token));
  redirectTo(ctx, cancelledUrl);
}

/** One press on any page of an open session. */
export async function submitOwnCancel(needs: PageNeeds, ctx: Context, recoveryId: string): Promise<void> {
  const { person, session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  getValue(await cancelWithPasskey(needs, { personId: person.id, passkeyId: session.passkeyId, recoveryId }));
  redirectTo(ctx, cancelledUrl);
}

export async function showRecoveryCancelled(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  sendPage(ctx, renderRecoveryCancelledPage(frame, { securityUrl: '/account/security' }));
}
