// Closing the account: what goes, what stays and why; a passkey not older than five minutes, and one press.

import type { Context } from 'koa';
import { closeAccount } from '../../domain/home/close-account.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { renderClosePage, renderClosedPage } from '../../../views/close.ts';
import { findField, readForm } from '../body.ts';
import { createFrame, redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getAccountForPost, isStale, openAccount } from './open-account.ts';
import { toDecisionContext } from './own-consent.ts';

export async function showClose(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account === undefined) {
    return;
  }
  const form = { action: '/account/close', token: account.token };
  sendPage(ctx, renderClosePage(account.frame, { form, takeUrl: '/account/take', accountUrl: '/account' }));
}

export async function submitClose(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  if (isStale(needs, account.session)) {
    throw new Fault('session/ended', 'the last ceremony is older than five minutes');
  }
  await closeAccount(needs, account.person, async (consent) => toDecisionContext(needs, account, consent));
  redirectTo(ctx, '/account/closed');
}

export async function showClosed(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = createFrame(needs, ctx);
  sendPage(ctx, renderClosedPage(frame, { homeUrl: '/', verifyUrl: '/verify' }));
}
