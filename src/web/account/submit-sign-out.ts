// Signing out on the own page ends the session for every service, in one press.

import type { Context } from 'koa';
import { renderSignedOutPage } from '../../../views/signed-out.ts';
import { findField, readForm } from '../body.ts';
import { createFrame, redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { clearSiteData } from '../security-headers.ts';
import { leaveNothing } from '../shared-computer.ts';
import { getAccountForPost } from './open-account.ts';

export async function submitSignOut(needs: PageNeeds, ctx: Context): Promise<void> {
  const { session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  if (session.isShared) {
    await leaveNothing(needs, ctx);
    return;
  }
  await needs.engine.sessions.endSession(ctx);
  redirectTo(ctx, '/signed-out');
}

export async function showSignedOut(needs: PageNeeds, ctx: Context): Promise<void> {
  const asked: unknown = ctx.query['ui_locales'];
  const { frame } = createFrame(needs, ctx, { uiLocales: typeof asked === 'string' ? asked : undefined });
  clearSiteData(ctx);
  sendPage(ctx, renderSignedOutPage(frame, { reach: 'everywhere', serviceName: null, homeUrl: '/' }));
}
