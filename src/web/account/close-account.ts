// Closing the account: what goes, what stays and why; a passkey not older than five minutes, and one press.

import type { Context } from 'koa';
import { closeAccount } from '../../domain/home/close-account.ts';
import { renderClosePage, renderClosedPage } from '../../../views/close.ts';
import { findField, readForm } from '../body.ts';
import { createFrame, redirectTo, sendPage } from '../frame.ts';
import { readLeft } from '../left-services.ts';
import { findNamedLocales } from '../language.ts';
import type { PageNeeds } from '../needs.ts';
import { leaveSession } from '../shared-computer.ts';
import { getAccountForPost, isStale, openAccount } from './open-account.ts';
import { toDecisionContext } from './own-consent.ts';
import { assertSettled } from './own-passkeys.ts';

export async function showClose(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account === undefined) {
    return;
  }
  await assertSettled(needs, account);
  const form = { action: '/account/close', token: account.token };
  sendPage(ctx, renderClosePage(account.frame, { form, takeUrl: '/account/take', accountUrl: '/account' }));
}

export async function submitClose(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  if (isStale(needs, account.session)) {
    // The page itself asks for the passkey.
    redirectTo(ctx, '/account/close');
    return;
  }
  await assertSettled(needs, account);
  const sessions = await needs.engine.sessions.listSessions(account.person.id);
  await closeAccount(needs, account.person, async (consent) => toDecisionContext(needs, account, consent));
  await leaveSession(needs, ctx, { session: account.session, next: '/account/closed', ended: sessions.map(({ uid }) => uid) });
}

export async function showClosed(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame, language } = createFrame(needs, ctx, { uiLocales: findNamedLocales(ctx) });
  const left = await readLeft(needs, ctx, language);
  sendPage(ctx, renderClosedPage(frame, { left, againUrl: '/account/closed', homeUrl: '/', verifyUrl: '/verify' }));
}
